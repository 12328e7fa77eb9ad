using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace AdvocacyBot.Core.Feeds;

/// <summary>
/// Reads XML from strangers: no document type, no entity but XML's own, nothing fetched. What many feeds get wrong (HTML's entities, bare ampersands, control
/// characters, blanks before the declaration) is mended first where plain reading fails.
/// </summary>
internal static partial class FeedXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CloseInput = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 1024,
    };

    /// <returns>The document, or why there is none.</returns>
    public static (XDocument? Document, FeedFailure? Failure) Read(string text)
    {
        try
        {
            return Try(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // Made to cost time, or as good as.
            return (null, FeedFailure.Broken);
        }
    }

    private static (XDocument? Document, FeedFailure? Failure) Try(string text)
    {
        if (Prolog().Match(text) is { Success: true } prolog)
        {
            return (null, prolog.Groups["html"].Success ? FeedFailure.NotAFeed : FeedFailure.HasDtd);
        }

        try
        {
            return (Parse(text), null);
        }
        catch (XmlException)
        {
            try
            {
                return (Parse(Mend(text)), null);
            }
            catch (XmlException)
            {
                return (null, LooksLikeFeed().IsMatch(text) ? FeedFailure.Broken : FeedFailure.NotAFeed);
            }
        }
    }

    private static XDocument Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        return XDocument.Load(reader, LoadOptions.None);
    }

    private static string Mend(string text)
    {
        var start = text.IndexOf('<', StringComparison.Ordinal);
        var bare = NotInXml().Replace(start > 0 ? text[start..] : text, "");
        return Ampersand().Replace(bare, match => match.Groups["name"] switch
        {
            { Success: true } name => WebUtility.HtmlDecode(match.Value) is var decoded && decoded != match.Value
                ? decoded is "<" or ">" or "&" ? match.Value : decoded
                : $"&amp;{name.Value};",
            _ => match.Groups["bare"].Success ? "&amp;" : match.Value,
        });
    }

    // Comments and instructions may stand before it (XML 1.0, 2.8).
    [GeneratedRegex("""\A[\s\uFEFF]*(?>(<\?.*?\?>\s*|<!--.*?-->\s*)*)<!DOCTYPE(?<html>\s+html)?""", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prolog();

    [GeneratedRegex("<(rss|feed|rdf:RDF)[ \t\r\n>]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LooksLikeFeed();

    [GeneratedRegex("""<!\[CDATA\[.*?\]\]>|&(?<name>[A-Za-z][A-Za-z0-9]*);|&(#\d+|#x[0-9A-Fa-f]+);|(?<bare>&)""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Ampersand();

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|&#(0*([0-8]|1[124-9]|2\d|3[01])|x0*([0-8bcBC]|[eEfF]|1[0-9a-fA-F]));", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NotInXml();
}
