using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Feeds;

/// <summary>From a feed's bytes to characters, and from its HTML to plain words.</summary>
public static partial class FeedText
{
    private const int Prescan = 512;

    private static readonly (string Start, string? End)[] Ends = [("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->")];

    /// <summary>What lies beyond cannot come to stand in a line that is cut anyway.</summary>
    private const int MostHtml = 20_000;

    /// <summary>Byte order mark, then the header's charset, then the XML declaration's, then UTF-8 (RFC 7303, 3).</summary>
    /// <param name="bytes">The whole feed.</param>
    /// <param name="charset">As the Content-Type header names it.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        foreach (var unicode in (ReadOnlySpan<Encoding>)[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            if (bytes.StartsWith(unicode.Preamble))
            {
                return unicode.GetString(bytes[unicode.Preamble.Length..]);
            }
        }

        // "<?" in UTF-16 without a mark (XML 1.0, appendix F).
        if (bytes.StartsWith("<\0?\0"u8))
        {
            return Encoding.Unicode.GetString(bytes);
        }

        if (bytes.StartsWith("\0<\0?"u8))
        {
            return Encoding.BigEndianUnicode.GetString(bytes);
        }

        return (Find(charset) ?? Declared(bytes[..Math.Min(bytes.Length, Prescan)]) ?? Encoding.UTF8).GetString(bytes);
    }

    /// <summary>HTML without its tags, scripts and entities, in one line.</summary>
    /// <param name="html">From a stranger.</param>
    /// <param name="most">UTF-16 characters; more are cut with an ellipsis.</param>
    public static string FromHtml(string html, int most)
    {
        ArgumentNullException.ThrowIfNull(html);
        html = html.Length > MostHtml ? html[..MostHtml] : html;
        var bare = Tag().Replace(WithoutHidden(html), match => IsInline(match.Groups["name"].Value) ? "" : " ");
        return Line(WebUtility.HtmlDecode(bare), most);
    }

    /// <summary>Plain text in one line, without control characters and direction controls.</summary>
    /// <inheritdoc cref="FromHtml"/>
    public static string Line(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Length > MostHtml ? text[..MostHtml] : text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in Bidi.StripControls(text).EnumerateRunes())
        {
            clean.Append(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }

        var line = Blanks().Replace(clean.ToString(), " ").Trim();
        return line.Length <= most ? line : line[..(char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1)].TrimEnd() + "…";
    }

    /// <summary>Comments, scripts and styles go, and with one that has no end all that follows.</summary>
    private static string WithoutHidden(string html)
    {
        var shown = new StringBuilder(html.Length);
        var at = 0;
        while (html.IndexOf('<', at) is var open and >= 0)
        {
            var end = Ends.FirstOrDefault(pair => string.Compare(html, open, pair.Start, 0, pair.Start.Length, StringComparison.OrdinalIgnoreCase) == 0).End;
            shown.Append(html, at, open - at).Append(end is null ? "<" : " ");
            if (end is null)
            {
                at = open + 1;
                continue;
            }

            var close = html.IndexOf(end, open, StringComparison.OrdinalIgnoreCase);
            if (close < 0)
            {
                return shown.ToString();
            }

            at = close + end.Length;
        }

        return shown.Append(html, at, html.Length - at).ToString();
    }

    private static bool IsInline(string name) =>
        name.ToLowerInvariant() is "b" or "i" or "em" or "strong" or "a" or "span" or "u" or "s" or "sub" or "sup" or "small" or "mark" or "font" or "code" or "abbr" or "wbr";

    private static Encoding? Declared(ReadOnlySpan<byte> start) =>
        Declaration().Match(Encoding.Latin1.GetString(start)) is { Success: true } match && Find(match.Groups["name"].Value) is { } found and not UnicodeEncoding ? found : null;

    // Latin-1 means windows-1252 on the web (encoding.spec.whatwg.org, names and labels).
    private static Encoding? Find(string? label) => label?.Trim('"', '\'', ' ').ToLowerInvariant() switch
    {
        null or "" => null,
        "utf-8" or "utf8" => Encoding.UTF8,
        "utf-16" or "utf-16le" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        "iso-8859-1" or "latin1" or "us-ascii" or "ascii" => CodePagesEncodingProvider.Instance.GetEncoding(1252),
        var name => CodePagesEncodingProvider.Instance.GetEncoding(name),
    };

    [GeneratedRegex("""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["'](?<name>[\w.:-]+)["']""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();

    [GeneratedRegex("""</?(?<name>[A-Za-z][\w:-]*)(\s[^<>]*)?/?>""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(" {2,}", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
