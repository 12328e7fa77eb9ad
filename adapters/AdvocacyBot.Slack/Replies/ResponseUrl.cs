namespace AdvocacyBot.Slack.Replies;

/// <summary>An address that answers one interaction: five times, within thirty minutes. Whoever has it can post, so it is never logged.</summary>
internal sealed class ResponseUrl(string address, DateTimeOffset until)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const int MostUses = 5;
    private int uses;

    public string Address { get; } = address;

    public DateTimeOffset Until { get; } = until;

    /// <returns>False: it cannot be used any more.</returns>
    public bool TryUse(DateTimeOffset now) => now < Until && Interlocked.Increment(ref uses) <= MostUses;

    public override string ToString() => "response_url";
}
