namespace AdvocacyBot.Core.Chat;

/// <summary>The platforms an adapter can speak for; the values are stored.</summary>
public static class Platforms
{
    public const string Web = "web";
    public const string Slack = "slack";
    public const string Teams = "teams";
}

/// <summary>Slack: workspace or enterprise id; Teams: tenant id; Web: the one demo workspace.</summary>
/// <param name="Platform">One of <see cref="Platforms"/>.</param>
/// <param name="Id">The platform's own id, opaque and compared ordinally; never parsed as a GUID.</param>
public sealed record WorkspaceRef(string Platform, string Id);

public enum ConversationKind
{
    Channel = 0,
    GroupChat = 1,
    Personal = 2,
}

/// <summary>Where something happened or is to be posted.</summary>
/// <param name="Id">The platform's own id (Slack <c>C…</c>/<c>D…</c>, Teams <c>19:…</c> without <c>;messageid=</c>).</param>
/// <param name="Kind">What sort of conversation it is.</param>
/// <param name="Name">Its name where the platform says it.</param>
/// <param name="ThreadId">Slack <c>thread_ts</c>, or the root message id of a Teams channel thread.</param>
/// <param name="ServiceUrl">Teams only: where answers for this conversation go; it can change and is kept per conversation.</param>
public sealed record ConversationRef(
    string Id,
    ConversationKind Kind = ConversationKind.Channel,
    string? Name = null,
    string? ThreadId = null,
    string? ServiceUrl = null);

/// <summary>Who did something. Only the id is trusted; the rest are hints that refresh what is stored.</summary>
public sealed record PersonRef(string Id, string? Name = null, string? TimeZone = null);

/// <summary>A message the platform can find again (Slack <c>ts</c>, Teams activity id).</summary>
public sealed record MessageRef(string ConversationId, string MessageId);
