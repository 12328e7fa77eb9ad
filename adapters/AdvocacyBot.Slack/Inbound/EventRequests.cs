using System.Text.Json;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Home;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.People;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>The Events API: routes by type; a type we do not know is acknowledged.</summary>
internal sealed class EventRequests(
    InstallationBook installations, PeopleBook people, LostAccess lost, HomePublisher home, ChannelEvents channels, Mentions mentions, TimeProvider clock)
{
    public static bool IsWellFormed(EventEnvelope envelope) =>
        SlackIds.IsIdOrNone(envelope.TeamId)
        && SlackIds.IsIdOrNone(envelope.EnterpriseId)
        && SlackIds.IsIdOrNone(envelope.EventId)
        && (envelope.Event is not { } payload || (SlackIds.IsIdOrNone(payload.UserId) && SlackIds.IsIdOrNone(payload.ChannelId)));

    public async ValueTask<Prepared> PrepareAsync(EventEnvelope envelope, CancellationToken cancellationToken)
    {
        if (envelope is not { Type: "event_callback", Event: { Type: { } type } payload } || await installations.FindAsync(envelope.Origin, cancellationToken) is not { } at)
        {
            return Prepared.Answered.Nothing;
        }

        var happened = new Happened(at, payload, envelope.EventId ?? Guid.NewGuid().ToString("N"), SlackTime.Read(payload.EventTs) ?? clock.GetUtcNow());
        switch (type)
        {
            case "app_uninstalled":
            case "tokens_revoked" when payload.Tokens is { Bot.Count: > 0 }:
                return new Prepared.Work(type, stopping => lost.NoteAsync(at.Id, type, stopping));
            case "app_home_opened" when payload is { UserId: { } user, Tab: null or "home" }:
                return new Prepared.Work(type, _ =>
                {
                    home.Ask(at, user);
                    return Task.CompletedTask;
                });
            case "user_change" or "team_join" when payload.User is { ValueKind: JsonValueKind.Object } user:
                return new Prepared.Work(type, stopping => TakeAsync(at, user, stopping));
            case "app_mention" or "message":
                return await mentions.PrepareAsync(happened, cancellationToken);
            case "reaction_added" or "reaction_removed":
                return await ReactionAsync(happened, type == "reaction_added", cancellationToken);
            default:
                return await channels.PrepareAsync(happened, cancellationToken);
        }
    }

    private Task TakeAsync(Installation at, JsonElement user, CancellationToken cancellationToken) =>
        user.Deserialize(InboundJson.Default.UserObject) is { Id: { } id } known && SlackIds.IsId(id) ? people.TakeAsync(at, known, cancellationToken) : Task.CompletedTask;

    private async ValueTask<Prepared> ReactionAsync(Happened happened, bool added, CancellationToken cancellationToken)
    {
        var payload = happened.Payload;
        if (payload is not { UserId: { } userId, Reaction: { Length: > 0 } reaction, Item: { Type: "message", Channel: { } channel, Ts: { } ts } }
            || userId == happened.At.BotUserId || !SlackIds.IsId(channel) || !SlackIds.IsTimestamp(ts))
        {
            return Prepared.Answered.Nothing;
        }

        var profile = await people.FindAsync(happened.At, userId, cancellationToken);
        var conversation = SlackIds.Conversation(channel, null, userId);
        return happened.Turn(
            new ReactionChanged
            {
                Message = new MessageRef(conversation.Id, ts),
                Reaction = IncomingText.Clean(reaction),
                Added = added,
                Workspace = happened.At.Workspace,
                Conversation = conversation,
                Person = profile.Reference(userId),
                Locale = profile?.Locale,
                DedupKey = happened.Key,
                At = happened.When,
            },
            userId,
            channel) with { Quiet = true };
    }
}

/// <summary>One event and where it belongs.</summary>
/// <param name="At">The installation.</param>
/// <param name="Payload">The event.</param>
/// <param name="Id">Equal for repeated deliveries.</param>
/// <param name="When">By Slack's clock.</param>
internal sealed record Happened(Installation At, EventPayload Payload, string Id, DateTimeOffset When)
{
    public string Key => $"event:{Id}";

    public Prepared.Turn Turn(Interaction interaction, string userId, string? postTo) => new(interaction, new Place
    {
        At = At,
        Conversation = interaction.Conversation,
        UserId = userId,
        Language = Language.First(interaction.Locale),
        PostTo = postTo,
        Source = postTo is ['D', ..] ? Source.Personal : Source.Nothing,
        Thread = interaction.Conversation.ThreadId,
    });
}
