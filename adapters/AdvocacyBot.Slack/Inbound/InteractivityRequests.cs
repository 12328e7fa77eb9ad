using System.Text.Json;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.People;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>Buttons, modals and shortcuts.</summary>
internal sealed class InteractivityRequests(
    InstallationBook installations, PeopleBook people, Presses presses, Submissions submissions, TimeProvider clock)
{
    private static readonly Answer NoOptions = new("{\"options\":[]}"u8.ToArray());

    /// <exception cref="JsonException">The view in it is none.</exception>
    public static bool IsWellFormed(InteractionPayload payload) =>
        SlackIds.IsId(payload.User?.Id)
        && SlackIds.IsIdOrNone(payload.Channel?.Id)
        && SlackIds.IsIdOrNone(payload.Container?.ChannelId)
        && SlackIds.IsIdOrNone(payload.Team?.Id)
        && SlackIds.IsIdOrNone(payload.Enterprise?.Id)
        && ViewPayload.Read(payload.View) is null or { Id.Length: > 0 and < 256 };

    public async ValueTask<Prepared> PrepareAsync(InteractionPayload payload, CancellationToken cancellationToken)
    {
        if (payload.Type == "block_suggestion")
        {
            // No menu of ours loads its options.
            return new Prepared.Answered(NoOptions);
        }

        var now = clock.GetUtcNow();
        if (await installations.FindAsync(payload.Origin, cancellationToken) is not { } at)
        {
            return Prepared.Answered.Nothing;
        }

        var profile = await people.FindAsync(at, payload.User!.Id!, cancellationToken);
        var actor = new Actor(at, payload.User.Id!, profile, now);
        return payload.Type switch
        {
            "block_actions" => presses.Prepare(payload, actor),
            "view_submission" => submissions.Prepare(payload, actor),
            "view_closed" => Submissions.PrepareClosed(payload, actor),
            "shortcut" or "message_action" => Shortcuts.Prepare(payload, actor),
            _ => Prepared.Answered.Nothing,
        };
    }
}

/// <summary>Who acts, where the app is installed, and when it arrived.</summary>
internal sealed record Actor(Installation At, string UserId, Profile? Profile, DateTimeOffset Now)
{
    public PersonRef Person => Profile.Reference(UserId);

    public Language Language => Language.First(Profile?.Locale);

    public Place Place(ConversationRef conversation, string? postTo) => new()
    {
        At = At,
        Conversation = conversation,
        UserId = UserId,
        Language = Language,
        PostTo = postTo,
    };

    public Trigger? Trigger(string? id) => string.IsNullOrEmpty(id) ? null : new Trigger(id, Now + Replies.Trigger.Lifetime);

    public ResponseUrl? Response(string? address) => string.IsNullOrEmpty(address) ? null : new ResponseUrl(address, Now + ResponseUrl.Lifetime);

    /// <summary>What a view was opened from.</summary>
    public Place Place(FormMeta? meta)
    {
        if (meta is null)
        {
            return Place(SlackIds.Conversation(null, null, UserId), postTo: null);
        }

        return Place(new ConversationRef(meta.Conversation, meta.Kind, ThreadId: meta.Thread), meta.PostTo) with
        {
            Thread = meta.Thread,
            Response = meta.ResponseUrl is { } url ? new ResponseUrl(url, DateTimeOffset.FromUnixTimeSeconds(meta.ResponseUntil)) : null,
            MessageTs = meta.Message,
            Source = meta.Source,
        };
    }

    public static MessageRef? Message(Place place) => place.MessageTs is { } ts ? new MessageRef(place.Conversation.Id, ts) : null;
}

/// <summary>Values of fields, without what no database takes.</summary>
internal static class Inputs
{
    private const int Longest = 20_000;

    public static IReadOnlyDictionary<string, string> Of(JsonElement? state) => state is { } some
        ? StateReader.Inputs(some).Where(input => input.Value.Length <= Longest).ToDictionary(input => IncomingText.Clean(input.Key), input => IncomingText.Clean(input.Value), StringComparer.Ordinal)
        : new Dictionary<string, string>();
}
