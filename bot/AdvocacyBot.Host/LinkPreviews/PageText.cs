using System.Text;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>The characters of a page: byte order mark, then the header's charset, then the page's own, then UTF-8 (HTML standard, 13.2.3.2).</summary>
internal static class PageText
{
    // The standard asks for a declaration within the first 1,024 bytes; pages are often late.
    private const int Prescan = 16 * 1024;

    /// <param name="bytes">The page, or its beginning.</param>
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

        var encoding = Find(charset) ?? Declared(bytes[..Math.Min(bytes.Length, Prescan)]) ?? Encoding.UTF8;
        return encoding.GetString(bytes);
    }

    // A declaration that can be read byte by byte is not UTF-16, whatever it says (HTML standard, 13.2.3.2).
    private static Encoding? Declared(ReadOnlySpan<byte> start) =>
        Find(PageTags.Read(Encoding.Latin1.GetString(start)).Charset) is { } found && found is not UnicodeEncoding ? found : null;

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
}
