using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// What all interactions of one activity have in common. A person is their MRI (<c>29:…</c>): every activity has it and messages are addressed with it,
/// while the Entra object id is missing in some and is needed nowhere.
/// </summary>
internal sealed record TeamsTurn
{
    private const int MaxKey = 400;
    private static readonly TimeSpan ClockDrift = TimeSpan.FromMinutes(5);

    public required Activity Activity { get; init; }

    public required WorkspaceRef Workspace { get; init; }

    public required ConversationRef Conversation { get; init; }

    public required PersonRef Person { get; init; }

    public required string? Locale { get; init; }

    public required string DedupKey { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Where what is said in the conversation is to be in the answer to the request; null: it is sent.</summary>
    public ExpectedReplies? Expected { get; init; }

    public bool IsPersonal => Conversation.Kind == ConversationKind.Personal;

    /// <summary>Of a channel: id of the team, which is that of its General channel.</summary>
    public string? TeamId => Clean(Activity.ChannelData?.Team?.Id);

    /// <returns>Null where the activity does not say who, where or which tenant: there is nothing to be done with it.</returns>
    public static TeamsTurn? From(Activity activity, TimeProvider clock)
    {
        if (Clean(activity.TenantId) is not { Length: > 0 } tenant
            || Clean(activity.Conversation?.Id) is not { Length: > 0 } conversationId
            || Clean(activity.From?.Id) is not { Length: > 0 } personId)
        {
            return null;
        }

        var client = activity.Entities.FirstOrDefault(entity => entity.Type == Entity.ClientInfoType);
        var kind = ConversationKinds.Of(activity.Conversation!);
        return new TeamsTurn
        {
            Activity = activity,
            Workspace = new WorkspaceRef(Platforms.Teams, tenant),
            Conversation = new ConversationRef(
                ConversationIds.Base(conversationId), kind, NameOf(activity, kind), ConversationIds.ThreadOf(conversationId), Clean(activity.ServiceUrl)),
            Person = new PersonRef(personId, Some(activity.From!.Name), Zone(client?.Timezone) ?? Zone(activity.LocalTimezone)),
            Locale = Clean(activity.Locale ?? client?.Locale),
            DedupKey = Key(activity),
            At = activity.Timestamp is { } at && at - clock.GetUtcNow() < ClockDrift ? at.ToUniversalTime() : clock.GetUtcNow(),
            Expected = activity.ExpectsReplies ? new ExpectedReplies() : null,
        };
    }

    /// <summary>What has to be kept to be able to write there; null where the activity does not say where answers go.</summary>
    public ConversationReference? Reference() => Conversation.ServiceUrl is not { Length: > 0 } url ? null : new ConversationReference
    {
        TenantId = Workspace.Id,
        ConversationId = Conversation.Id,
        Kind = Conversation.Kind,
        ServiceUrl = url,
        UserId = IsPersonal ? Person.Id : null,
        TeamId = Conversation.Kind == ConversationKind.Channel ? TeamId : null,
    };

    /// <summary>The same, about another channel of the team.</summary>
    /// <param name="id">The channel's.</param>
    /// <param name="name">Its name, with the team's; null where it is not said.</param>
    public TeamsTurn InChannel(string id, string? name) => this with
    {
        Conversation = new ConversationRef(id, ConversationKind.Channel, name, ThreadId: null, Conversation.ServiceUrl),
    };

    /// <summary>Text without the one character that PostgreSQL does not store.</summary>
    public static string? Clean(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);

    public CommandInvoked Command(string name, string arguments) => new()
    {
        Workspace = Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = DedupKey,
        At = At,
        Name = name,
        Arguments = arguments,
    };

    public MessageReceived Message(string text) => new()
    {
        Workspace = Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = DedupKey,
        At = At,
        Text = text,
    };

    /// <summary>A button or a form's button.</summary>
    public Interaction Press(CardData data) => data.FormAction is { } action
        ? new FormSubmitted
        {
            Workspace = Workspace,
            Conversation = Conversation,
            Person = Person,
            Locale = Locale,
            DedupKey = DedupKey,
            At = At,
            Token = data.Token,
            Action = action,
            Inputs = data.Inputs,
            Message = Card,
        }
        : new ActionPressed
        {
            Workspace = Workspace,
            Conversation = Conversation,
            Person = Person,
            Locale = Locale,
            DedupKey = DedupKey,
            At = At,
            Token = data.Token,
            Inputs = data.Inputs,
            Message = Card,
        };

    /// <param name="reaction">Teams' name for it.</param>
    /// <param name="added">Or taken back.</param>
    /// <param name="messageId">On which message.</param>
    public ReactionChanged Reaction(string reaction, bool added, string messageId) => new()
    {
        Workspace = Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = $"{DedupKey}|{(added ? '+' : '-')}{reaction}",
        At = At,
        Reaction = reaction,
        Added = added,
        Message = new MessageRef(Conversation.Id, messageId),
    };

    public MemberChanged Member(ChannelAccount member, bool joined) => new()
    {
        Workspace = Workspace,
        Conversation = Conversation,
        Person = new PersonRef(Clean(member.Id)!, Some(member.Name)),
        DedupKey = $"{DedupKey}|{(joined ? '+' : '-')}{Clean(member.Id)}",
        At = At,
        Joined = joined,
    };

    public BotInstalled Installed() => new()
    {
        Workspace = Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = $"{DedupKey}|{Conversation.Id}",
        At = At,
    };

    public BotRemoved Removed() => new()
    {
        Workspace = Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = $"{DedupKey}|{Conversation.Id}",
        At = At,
        WholeWorkspace = false,
    };

    private MessageRef? Card => Clean(Activity.ReplyToId) is { Length: > 0 } id ? new MessageRef(Conversation.Id, id) : null;

    // A channel's is seldom said, and without its team's: the roster finds it.
    private static string? NameOf(Activity activity, ConversationKind kind) => kind switch
    {
        ConversationKind.Personal => Some(activity.Recipient?.Name),
        ConversationKind.GroupChat => Some(activity.Conversation?.Name),
        _ => null,
    };

    private static string? Some(string? text) => Clean(text)?.Trim() is { Length: > 0 } some ? some : null;

    private static string? Zone(string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return null;
        }

        DigestWeek.Zone(id, out var known);
        return known ? id : null;
    }

    // Without an id there is nothing to tell a repetition by.
    private static string Key(Activity activity)
    {
        var key = Clean(activity.DeliveryKey) ?? Guid.NewGuid().ToString("N");
        return key.Length <= MaxKey ? key : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }
}
