using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>One try of a call.</summary>
/// <param name="Failure">Null where it went well.</param>
/// <param name="Again">Whether the same may be tried again at once, or after <paramref name="After"/>.</param>
/// <param name="After">How long to wait first; null: growing steps.</param>
/// <param name="Status">HTTP status; 0 where there was none.</param>
internal sealed record Attempt(SendResult? Failure, bool Again = false, TimeSpan? After = null, int Status = 0)
{
    public byte[] Body { get; init; } = [];
}

/// <summary>What an answer of the connector means (learn.microsoft.com, conversation-messages: "Status codes from bot conversational APIs").</summary>
internal static class RetryTable
{
    /// <summary>Where Teams asks for time without saying how much.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(10);

    public static Attempt Judge(ConnectorReply reply, string? code) => reply switch
    {
        { IsGood: true } => new Attempt(Failure: null, Status: reply.Status) { Body = reply.Body },
        { NotSent: true } => new Attempt(new SendResult.RetryAfter(Later, "service", Throttled.Workspace), Again: true),
        { Status: 0 } => new Attempt(new SendResult.Unknown(TeamsReason.Interrupted)),
        { Status: 412 } => Again(reply, new SendResult.RetryAfter(Later, "conversation")),
        { Status: 429 } => Again(reply, new SendResult.RetryAfter(reply.RetryAfter ?? Later, "conversation")),
        { Status: 503 } => Again(reply, new SendResult.RetryAfter(reply.RetryAfter ?? Later, "service", Throttled.Workspace)),

        // A gateway that lost the answer: tried again as the documentation says, and in doubt where that does not help.
        { Status: 502 or 504 } => Again(reply, new SendResult.Unknown(TeamsReason.Interrupted)),
        { Status: 400 } => Final(reply, new SendResult.Rejected(TeamsReason.BadRequest)),
        { Status: 401 } => Final(reply, new SendResult.Rejected(TeamsReason.NotRegistered)),
        { Status: 403 } => Final(reply, Forbidden(code)),
        { Status: 404 } => Final(reply, new SendResult.Gone(code == "BotNotInConversationRoster" ? TeamsReason.NotInstalled : TeamsReason.NotFound)),
        { Status: 413 } => Final(reply, new SendResult.Rejected(TeamsReason.TooLarge)),
        { Status: >= 500 } => Final(reply, new SendResult.Unknown(TeamsReason.Unexpected)),
        _ => Final(reply, new SendResult.Rejected(TeamsReason.Unexpected)),
    };

    private static SendResult Forbidden(string? code) => code switch
    {
        "BotNotInConversationRoster" => new SendResult.Gone(TeamsReason.NotInstalled),
        "BotDisabledByAdmin" => new SendResult.Gone(TeamsReason.DisabledByAdmin),
        "ConversationBlockedByUser" or "MessageWritesBlocked" => new SendResult.Gone(TeamsReason.Blocked),
        _ => new SendResult.Rejected(TeamsReason.NotPermitted),
    };

    /// <summary>A short wait is waited here, a longer one is the sender's.</summary>
    private static Attempt Again(ConnectorReply reply, SendResult otherwise) =>
        new(otherwise, Again: !(reply.RetryAfter > SendLanes.LongestWait), reply.RetryAfter, reply.Status);

    private static Attempt Final(ConnectorReply reply, SendResult result) => new(result, Status: reply.Status);
}
