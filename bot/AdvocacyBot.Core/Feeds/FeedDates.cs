using System.Globalization;
using System.Text.RegularExpressions;

namespace AdvocacyBot.Core.Feeds;

/// <summary>Dates as feeds write them: RFC 822 with its later forms (RSS) and RFC 3339 (Atom, Dublin Core).</summary>
internal static partial class FeedDates
{
    private static readonly string[] Mail = ["d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm zzz", "d MMM yy HH:mm:ss zzz", "d MMM yy HH:mm zzz"];
    private static readonly string[] Iso = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd", "yyyy-MM", "yyyy", "yyyy-MM-dd HH:mm:ss"];

    private static readonly Dictionary<string, string> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = "+00:00", ["GMT"] = "+00:00", ["UTC"] = "+00:00", ["Z"] = "+00:00",
        ["EST"] = "-05:00", ["EDT"] = "-04:00", ["CST"] = "-06:00", ["CDT"] = "-05:00", ["MST"] = "-07:00", ["MDT"] = "-06:00", ["PST"] = "-08:00", ["PDT"] = "-07:00",
    };

    /// <returns>Null where it is no date that can be read.</returns>
    public static DateTimeOffset? Read(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var iso))
        {
            return iso;
        }

        var bare = Weekday().Replace(text, "");
        var zone = ZoneName().Match(bare);
        if (zone.Success)
        {
            bare = $"{bare[..zone.Index]} {Zones.GetValueOrDefault(zone.Value.Trim(), "+00:00")}";
        }
        else if (Offset().Match(bare) is { Success: true } offset)
        {
            bare = $"{bare[..offset.Index]} {offset.Groups["h"].Value}:{offset.Groups["m"].Value}";
        }

        bare = string.Join(' ', bare.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return DateTimeOffset.TryParseExact(bare, Mail, CultureInfo.InvariantCulture, DateTimeStyles.None, out var mail) ? mail : null;
    }

    [GeneratedRegex(@"\A[A-Za-z]+\.?,?\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"\s+[A-Za-z]{1,5}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ZoneName();

    [GeneratedRegex(@"\s+(?<h>[+-]\d{2}):?(?<m>\d{2})\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Offset();
}
