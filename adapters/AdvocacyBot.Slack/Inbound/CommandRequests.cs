using System.Runtime.CompilerServices;
using System.Text.Json;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.People;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>Slash commands.</summary>
internal sealed class CommandRequests(InstallationBook installations, PeopleBook people, RouteTable routes, ReplyWriter replies, InFlight inFlight, TimeProvider clock)
{
    private const string Ephemeral = "ephemeral";

    // Cards without buttons can be the same for many, such as help; what was made of them goes when they do.
    private readonly ConditionalWeakTable<AdaptiveCard, StrongBox<Answer>> drawn = [];

    public static bool IsWellFormed(SlashCommand command) =>
        SlackIds.IsId(command.UserId) && SlackIds.IsIdOrNone(command.ChannelId) && SlackIds.IsIdOrNone(command.TeamId) && SlackIds.IsIdOrNone(command.EnterpriseId);

    public async ValueTask<Prepared> PrepareAsync(SlashCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await installations.FindAsync(command.Origin, cancellationToken) is not { } at)
        {
            return new Prepared.Answered(NotInstalled());
        }

        var userId = command.UserId!;
        var profile = await people.FindAsync(at, userId, cancellationToken);
        var place = new Place
        {
            At = at,
            Conversation = SlackIds.Conversation(command.ChannelId, command.ChannelName, userId),
            UserId = userId,
            Language = Language.First(profile?.Locale),
            PostTo = command.ChannelId,
            Response = command.ResponseUrl is { } url ? new ResponseUrl(url, now + ResponseUrl.Lifetime) : null,
            Trigger = command.TriggerId is { } trigger ? new Trigger(trigger, now + Trigger.Lifetime) : null,
        };
        var (name, arguments) = Words.Split(IncomingText.Plain(command.Text).Trim());
        var invoked = new CommandInvoked
        {
            Name = name.ToLowerInvariant(),
            Arguments = arguments,
            Workspace = at.Workspace,
            Conversation = place.Conversation,
            Person = profile.Reference(userId),
            Locale = profile?.Locale,
            DedupKey = $"command:{command.TriggerId ?? Guid.NewGuid().ToString("N")}",
            At = now,
        };
        if (invoked.Name.Length == 0)
        {
            invoked = invoked with { Name = "help" };
        }

        return new Prepared.Turn(invoked, place)
        {
            MayOpenForm = routes.Command(invoked.Name) is { Writes: true },
            Inline = (reply, stopping) => InlineAsync(reply, place, stopping),
        };
    }

    /// <summary>A message is the acknowledgement itself.</summary>
    private ValueTask<Answer?> InlineAsync(Reply reply, Place place, CancellationToken stopping)
    {
        var (type, card) = reply switch
        {
            PrivateReply answer => (Ephemeral, answer.Card),
            ReplaceCardReply answer => (Ephemeral, answer.Card),
            PublicReply answer => ("in_channel", answer.Card),
            _ => default,
        };
        if (card is null)
        {
            return default;
        }

        if (type == Ephemeral && drawn.TryGetValue(card, out var before))
        {
            return new(before.Value);
        }

        var message = Drawing.Message(card);
        var made = Json(new ResponseMessage { ResponseType = type, Text = message.Text, Blocks = Drawing.Blocks(message) });
        if (message.More.Count > 0)
        {
            inFlight.Track(replies.MoreAsync(message, place, stopping));
        }
        else if (type == Ephemeral && card.Actions is null)
        {
            drawn.AddOrUpdate(card, new StrongBox<Answer>(made));
        }

        return new(made);
    }

    private static Answer NotInstalled() => Json(new ResponseMessage { ResponseType = Ephemeral, Text = Texts.In(Language.English)["Slack.NotInstalled"] });

    private static Answer Json(ResponseMessage message) => new(JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Readable.ResponseMessage));
}
