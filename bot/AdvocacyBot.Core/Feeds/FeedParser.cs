using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Feeds;

/// <summary>RSS 2.0 and its elder forms, RSS 1.0 and Atom, as lenient as readers of feeds have to be.</summary>
public static partial class FeedParser
{
    /// <summary>Items beyond these are not looked at.</summary>
    public const int MostEntries = 300;
    private const int MaxTitle = 150;
    private const int MaxSummary = 400;
    private const int MaxFeedTitle = 120;
    private const int MaxLink = 1500;
    private static readonly XName XmlBase = XNamespace.Xml + "base";
    private static readonly XName XmlLang = XNamespace.Xml + "lang";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";
    private static readonly XNamespace AtomSpace = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Syndication = "http://purl.org/rss/1.0/modules/syndication/";

    /// <param name="text">The feed.</param>
    /// <param name="address">Where it was read: relative links start there.</param>
    /// <returns>The feed, or why there is none; in a web page, the address of the feed that it names.</returns>
    public static (FeedDocument? Document, FeedFailure? Failure, Uri? Instead) Parse(string text, Uri address)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(address);
        var (xml, failure) = FeedXml.Read(text);
        var document = xml?.Root is not { } root ? null : root.Name.LocalName switch
        {
            "rss" => Rss(root, root.Elements().FirstOrDefault(e => e.Name.LocalName == "channel"), e => e.Elements(), address),
            "RDF" => Rss(root, root.Elements().FirstOrDefault(e => e.Name.LocalName == "channel"), _ => root.Elements(), address),
            "feed" => Atom(root, address),
            _ => null,
        };
        return document is not null
            ? (document, null, null)
            : (null, failure ?? FeedFailure.NotAFeed, failure is null or FeedFailure.NotAFeed ? NamedIn(text, address) : null);
    }

    private static FeedDocument? Rss(XElement root, XElement? channel, Func<XElement, IEnumerable<XElement>> items, Uri address)
    {
        if (channel is null)
        {
            return null;
        }

        var own = channel.Name.Namespace;
        var language = Value(channel, own + "language") ?? Value(channel, Dublin + "language") ?? (string?)root.Attribute(XmlLang);

        // A feed that is served from elsewhere means addresses of its site.
        var site = Absolute(Value(channel, own + "link"), Base(channel, address)) ?? address;
        var entries = items(channel).Where(e => e.Name.LocalName == "item").Take(MostEntries).Select(item => Item(item, site, language)).OfType<FeedEntry>();
        return new FeedDocument(FeedText.FromHtml(Value(channel, own + "title") ?? "", MaxFeedTitle), [.. entries], Wait(channel));
    }

    private static FeedEntry? Item(XElement item, Uri site, string? language)
    {
        var own = item.Name.Namespace;
        var from = Base(item, site);
        var guid = item.Element(own + "guid");
        var link = Absolute(Value(item, own + "link"), from)
            ?? Absolute(AtomLink(item, AtomSpace), from)
            ?? (string.Equals((string?)guid?.Attribute("isPermaLink"), "false", StringComparison.OrdinalIgnoreCase) ? null : OnlyAbsolute(guid?.Value));
        var summary = Value(item, own + "description") ?? Value(item, Content + "encoded") ?? "";
        var title = FeedText.FromHtml(Value(item, own + "title") ?? Value(item, Dublin + "title") ?? "", MaxTitle);
        var picture = item.Elements(own + "enclosure").Concat(item.Descendants(Media + "content"))
            .Where(e => ((string?)e.Attribute("type"))?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true || (string?)e.Attribute("medium") == "image")
            .Concat(item.Descendants(Media + "thumbnail"))
            .Select(e => (string?)e.Attribute("url")).FirstOrDefault();
        return Entry(link, title, FeedText.FromHtml(summary, MaxSummary), Value(item, own + "pubDate") ?? Value(item, Dublin + "date"), Absolute(picture, from), language);
    }

    private static FeedDocument Atom(XElement feed, Uri address)
    {
        var own = feed.Name.Namespace;
        var entries = feed.Elements(own + "entry").Take(MostEntries).Select(entry =>
        {
            var from = Base(entry, address);
            var link = Absolute(AtomLink(entry, own), from) ?? OnlyAbsolute(Value(entry, own + "id"));
            var picture = entry.Elements(own + "link").FirstOrDefault(l => (string?)l.Attribute("rel") == "enclosure" && ((string?)l.Attribute("type"))?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true);
            return Entry(
                link,
                AtomText(entry.Element(own + "title"), MaxTitle),
                AtomText(entry.Element(own + "summary") ?? entry.Element(own + "content"), MaxSummary),
                Value(entry, own + "published") ?? Value(entry, own + "issued") ?? Value(entry, own + "updated") ?? Value(entry, own + "modified"),
                Absolute((string?)picture?.Attribute("href") ?? (string?)entry.Descendants(Media + "thumbnail").FirstOrDefault()?.Attribute("url"), from),
                (string?)entry.Attribute(XmlLang) ?? (string?)feed.Attribute(XmlLang));
        }).OfType<FeedEntry>();
        return new FeedDocument(AtomText(feed.Element(own + "title"), MaxFeedTitle), [.. entries], Wait(feed));
    }

    private static FeedEntry? Entry(Uri? link, string title, string summary, string? date, Uri? picture, string? language)
    {
        if (link is null || link.AbsoluteUri.Length > MaxLink)
        {
            return null;
        }

        // Short messages have no title: their words are one.
        title = title.Length > 0 ? title : FeedText.Line(summary.Length > 0 ? summary : link.Host, 80);
        var spoken = Language.Find(language) ?? (Bidi.IsRightToLeft(title) == true ? Language.Hebrew : Language.English);
        return new FeedEntry(link, title, summary == title ? "" : summary, FeedDates.Read(date), picture, spoken.Code);
    }

    /// <summary>Of several links the one to read, not the one to edit or to load (RFC 4287, 4.2.7).</summary>
    private static string? AtomLink(XElement entry, XNamespace own) => entry.Elements(own + "link")
        .Where(l => ((string?)l.Attribute("rel") ?? "alternate") == "alternate")
        .OrderBy(l => (string?)l.Attribute("type") is null or "text/html" or "application/xhtml+xml" ? 0 : 1)
        .Select(l => (string?)l.Attribute("href")).FirstOrDefault();

    private static string AtomText(XElement? element, int most) => element is null ? "" : (string?)element.Attribute("type") switch
    {
        "html" or "text/html" => FeedText.FromHtml(element.Value, most),
        "xhtml" => FeedText.Line(string.Join(' ', element.DescendantNodes().OfType<XText>().Select(t => t.Value)), most),
        _ => FeedText.Line(element.Value, most),
    };

    private static string? Value(XElement parent, XName name) => parent.Element(name)?.Value.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>Every <c>xml:base</c> on the way down counts (W3C XML Base).</summary>
    private static Uri Base(XElement element, Uri address) => element.AncestorsAndSelf().Reverse()
        .Select(e => (string?)e.Attribute(XmlBase)).OfType<string>()
        .Aggregate(address, (from, own) => Absolute(own, from) ?? from);

    private static Uri? Absolute(string? text, Uri from) =>
        !string.IsNullOrWhiteSpace(text) && Uri.TryCreate(from, text.Trim(), out var link) && Usable(link) ? link : null;

    private static Uri? OnlyAbsolute(string? text) => Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var link) && Usable(link) ? link : null;

    private static bool Usable(Uri link) => link.IsAbsoluteUri && link.Scheme is "http" or "https" && link.UserInfo.Length == 0 && link.Host.Length > 0;

    private static TimeSpan? Wait(XElement channel)
    {
        if (int.TryParse(Value(channel, channel.Name.Namespace + "ttl"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and < 100_000)
        {
            return TimeSpan.FromMinutes(minutes);
        }

        TimeSpan? period = Value(channel, Syndication + "updatePeriod")?.ToLowerInvariant() switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "daily" => TimeSpan.FromDays(1),
            "weekly" or "monthly" or "yearly" => TimeSpan.FromDays(7),
            _ => null,
        };
        var often = int.TryParse(Value(channel, Syndication + "updateFrequency"), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0 ? times : 1;
        return period / often;
    }

    /// <summary>The feed that a web page names (rssboard.org/rss-autodiscovery).</summary>
    private static Uri? NamedIn(string html, Uri address) => LinkTag().Matches(html)
        .Select(tag => tag.Value)
        .Where(tag => FeedType().IsMatch(tag))
        .Select(tag => Href().Match(tag) is { Success: true } href ? Absolute(System.Net.WebUtility.HtmlDecode(href.Groups["it"].Value), address) : null)
        .FirstOrDefault(link => link is not null && link != address);

    [GeneratedRegex("<link [^<>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex LinkTag();

    [GeneratedRegex("""type\s*=\s*["']?application/(rss|atom)\+xml""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FeedType();

    [GeneratedRegex("""href\s*=\s*["']?(?<it>[^"'\s>]+)""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Href();
}
