using System.Text.RegularExpressions;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>What people wrote, out of Slack's escapes (docs.slack.dev/messaging/formatting-message-text).</summary>
internal static partial class IncomingText
{
    /// <summary>Links become their addresses, the names of people and channels stay as names, the three escaped characters come back.</summary>
    public static string Plain(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var plain = text.Contains('<', StringComparison.Ordinal) ? Reference().Replace(text, Shown) : text;
        return Clean(plain.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal));
    }

    /// <summary>Without what no database takes.</summary>
    public static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    /// <summary>Without the mention of a person.</summary>
    public static string WithoutMention(string text, string userId) =>
        userId.Length == 0
            ? LeadingMention().Replace(text, "")
            : text.Replace($"<@{userId}>", "", StringComparison.Ordinal).Trim();

    private static string Shown(Match match)
    {
        var inside = match.Groups["inside"].Value;
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var (what, label) = bar < 0 ? (inside, "") : (inside[..bar], inside[(bar + 1)..]);
        return what switch
        {
            ['@' or '#', ..] => label.Length > 0 ? what[0] + label : what,
            ['!', ..] => label.Length > 0 ? label : "@" + what[1..],
            _ when what.StartsWith("mailto:", StringComparison.Ordinal) => label.Length > 0 ? label : what["mailto:".Length..],
            _ => what,
        };
    }

    [GeneratedRegex("<(?<inside>[^<>]{1,3000})>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\s*<@[A-Z0-9]+(\|[^>]*)?>\s*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LeadingMention();
}
