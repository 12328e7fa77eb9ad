using System.Globalization;
using NodaTime;

namespace AdvocacyBot.Core.Digests;

/// <summary>Keys of digests in the outbox, and the reasons they are skipped for.</summary>
internal static class DigestKeys
{
    public const string TooLate = "too_late";
    public const string ChannelRemoved = "channel_removed";
    public const string DigestOff = "digest_off";

    private const string NowPrefix = "digest-now:";

    public static string Weekly(long conversationId, string isoWeek) =>
        string.Create(CultureInfo.InvariantCulture, $"digest:{conversationId}:{isoWeek}");

    /// <summary>A digest that somebody asked for: at most one per channel and local day, beside the week's own.</summary>
    public static string Now(long conversationId, LocalDate today) =>
        string.Create(CultureInfo.InvariantCulture, $"{NowPrefix}{conversationId}:{today:uuuu'-'MM'-'dd}");

    public static bool WasAskedFor(string key) => key.StartsWith(NowPrefix, StringComparison.Ordinal);
}
