using AdvocacyBot.Core.Chat;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>Entries of Slack's own menus; the manifest names them.</summary>
internal static class Shortcuts
{
    /// <summary>Callback id of the message shortcut.</summary>
    public const string Suggest = "suggest_for_sharing";

    /// <summary>Callback id of the global shortcut.</summary>
    public const string NewCampaign = "new_campaign";

    public static Prepared Prepare(InteractionPayload payload, Actor actor)
    {
        var (name, arguments) = payload switch
        {
            { Type: "shortcut", CallbackId: NewCampaign } => ("campaign", ""),
            { Type: "message_action", CallbackId: Suggest } => ("suggest", Words(payload.Message)),
            _ => default,
        };
        if (name is null)
        {
            return Prepared.Answered.Nothing;
        }

        var channel = payload.Channel?.Id;
        var place = actor.Place(SlackIds.Conversation(channel, payload.Channel?.Name, actor.UserId), channel) with
        {
            Response = actor.Response(payload.ResponseUrl),
            Trigger = actor.Trigger(payload.TriggerId),
            Source = channel is null ? Source.Home : Source.Nothing,
        };
        var command = new CommandInvoked
        {
            Name = name,
            Arguments = arguments,
            Workspace = actor.At.Workspace,
            Conversation = place.Conversation,
            Person = actor.Person,
            Locale = actor.Profile?.Locale,
            DedupKey = $"shortcut:{payload.TriggerId ?? payload.ActionTs ?? Guid.NewGuid().ToString("N")}",
            At = actor.Now,
        };
        return new Prepared.Turn(command, place) { MayOpenForm = true };
    }

    /// <summary>The first link of a message, in its text or in what it shows below, or what it says. A message of pictures or files alone says nothing: the form asks.</summary>
    private static string Words(MessagePayload? message)
    {
        var said = IncomingText.Plain(message?.Text).Trim();
        if (Link(said) is { } link)
        {
            return link;
        }

        foreach (var attachment in message?.Attachments ?? [])
        {
            if (attachment is not null && (Link(attachment.TitleLink) ?? Link(attachment.FromUrl)) is { } shown)
            {
                return shown;
            }
        }

        return said.Length > 0 ? said : IncomingText.Plain(message?.Attachments?.Select(attachment => attachment?.Text ?? attachment?.Fallback).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))).Trim();
    }

    private static string? Link(string? text) => IncomingText.Clean(text ?? "").Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word =>
        word.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || word.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
}
