using System.Globalization;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>Slack's timestamps: Unix seconds with six decimals, as text.</summary>
internal static class SlackTime
{
    // Year 2100: what is beyond is no time of Slack's.
    private const decimal Latest = 4_102_444_800m;

    /// <returns>Null: it is no timestamp.</returns>
    public static DateTimeOffset? Read(string? ts) =>
        decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
}
