using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>
/// One form for the many addresses of a page: without scheme, <c>www.</c>, default port, fragment, trailing slash and tracking parameters, the other parameters in
/// order. Two links of one form are taken for the same page; nothing is fetched to find out.
/// </summary>
public static partial class CanonicalLink
{
    private static readonly HashSet<string> Tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "fbclid", "gclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "li_fat_id", "igsh", "igshid", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "ref_src", "trk",
    };

    /// <param name="link">Absolute, http or https.</param>
    public static string Of(Uri link)
    {
        ArgumentNullException.ThrowIfNull(link);
        var host = link.IdnHost.ToLowerInvariant();
        host = host.StartsWith("www.", StringComparison.Ordinal) && host.Length > 4 ? host[4..] : host;
        var form = new StringBuilder(host);
        if (!link.IsDefaultPort)
        {
            form.Append(':').Append(link.Port);
        }

        form.Append(link.AbsolutePath.TrimEnd('/'));
        var kept = link.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !IsTracking(pair.Split('=')[0])).Order(StringComparer.Ordinal).ToList();
        if (kept.Count > 0)
        {
            form.Append('?').AppendJoin('&', kept);
        }

        return form.ToString();
    }

    /// <summary>A key of fixed length for an index: <see cref="Suggestion.OpenKey"/>.</summary>
    /// <param name="workspaceId">Links of different workspaces never meet.</param>
    /// <param name="link">As for <see cref="Of"/>.</param>
    public static string Key(long workspaceId, Uri link) =>
        $"{workspaceId}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(link))))}";

    /// <summary>The first web address in a text and what is left without it; Slack's <c>&lt;address|label&gt;</c> counts as the address.</summary>
    public static (string? Link, string Around) FindIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Address().Match(text);
        if (!match.Success)
        {
            return (null, text.Trim());
        }

        var link = match.Groups["it"].Value.TrimEnd('.', ',', ';', ':', '!', '?', '\'', '”', '’');
        if (link.EndsWith(')') && !link.Contains('(', StringComparison.Ordinal))
        {
            link = link.TrimEnd(')');
        }

        var end = text[match.Index] == '<' ? match.Index + match.Length : match.Groups["it"].Index + link.Length;
        return (link, Blanks().Replace($"{text[..match.Index]} {text[end..]}", " ").Trim());
    }

    private static bool IsTracking(string name) => name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) || Tracking.Contains(name);

    [GeneratedRegex("""(?:<(?<it>https?://[^\s<>|"]+)(?:\|[^>]*)?>|(?<it>https?://[^\s<>|"]+))""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"[ \t]{2,}", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
