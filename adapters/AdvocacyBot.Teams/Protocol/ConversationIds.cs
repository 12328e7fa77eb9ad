namespace AdvocacyBot.Teams.Protocol;

/// <summary>A channel's thread has the channel's id with <c>;messageid=</c> and the id of its first message behind it.</summary>
internal static class ConversationIds
{
    private const string Thread = ";messageid=";

    /// <summary>The chat or channel, whatever the thread.</summary>
    public static string Base(string id)
    {
        var at = id.IndexOf(';', StringComparison.Ordinal);
        return at < 0 ? id : id[..at];
    }

    /// <summary>The thread's first message, or null outside a thread.</summary>
    public static string? ThreadOf(string id)
    {
        var at = id.IndexOf(Thread, StringComparison.Ordinal);
        return at < 0 ? null : id[(at + Thread.Length)..];
    }

    public static string InThread(string channelId, string messageId) => channelId + Thread + messageId;
}
