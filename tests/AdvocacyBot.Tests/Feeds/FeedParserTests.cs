using System.Text;
using AdvocacyBot.Core.Feeds;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Feeds;

/// <summary>Feeds as they come: three families, bad manners, and worse intentions.</summary>
public sealed class FeedParserTests
{
    private static readonly Uri From = new("https://news.example.com/feed.xml");

    [Fact]
    public void RSS_2_is_read()
    {
        var feed = Read(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
              <title>Our &amp; <![CDATA[<b>News</b>]]></title><link>https://news.example.com/</link><language>he-IL</language><ttl>120</ttl>
              <item><title>&lt;b&gt;Big&lt;/b&gt; day &amp;amp; night</title><link>https://news.example.com/1?utm_source=rss</link>
                <description><![CDATA[<p>First.</p><script>alert(1)</script><p>Second&nbsp;line.</p>]]></description>
                <pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate><media:thumbnail url="/p.png"/></item>
              <item><title>By guid</title><guid>https://news.example.com/2</guid><pubDate>Mon, 23 Nov 2026 05:00 EST</pubDate></item>
              <item><title>No link</title><guid isPermaLink="false">tag:2</guid></item>
            </channel></rss>
            """);

        Assert.Equal(("Our & News", TimeSpan.FromHours(2), 2), (feed.Title, feed.Wait, feed.Entries.Count));
        var first = feed.Entries[0];
        Assert.Equal(("Big day & night", "First. Second line.", "he"), (first.Title, first.Summary, first.Language));
        Assert.Equal((new Uri("https://news.example.com/p.png"), new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero)), (first.Picture, first.At));
        Assert.Equal((new Uri("https://news.example.com/2"), first.At), (feed.Entries[1].Link, feed.Entries[1].At));
    }

    [Fact]
    public void RSS_1_is_read()
    {
        var feed = Read(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
              <channel rdf:about="x"><title>Old</title><link>https://old.example.com</link></channel>
              <item rdf:about="y"><title>Item</title><link>https://old.example.com/a</link><dc:date>2026-11-22T08:30:00+02:00</dc:date></item>
            </rdf:RDF>
            """);

        var entry = Assert.Single(feed.Entries);
        Assert.Equal(("Old", "Item", new DateTimeOffset(2026, 11, 22, 6, 30, 0, TimeSpan.Zero)), (feed.Title, entry.Title, entry.At));
    }

    [Fact]
    public void Atom_is_read_and_takes_the_link_that_is_for_reading()
    {
        var feed = Read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://blog.example.com/posts/"><title type="html">A &amp;lt; B</title>
              <entry xml:base="2026/"><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Two <em>words</em></div></title>
                <link rel="self" href="https://api.example.com/1.xml"/><link rel="edit" href="edit"/><link rel="alternate" type="application/json" href="1.json"/>
                <link rel="alternate" type="text/html" href="one"/><updated>2026-11-22T10:00:00Z</updated><summary>Plain &lt;b&gt;</summary></entry>
              <entry><title>Id only</title><id>https://blog.example.com/two</id></entry>
              <entry><title>Nothing to read</title><id>urn:uuid:1</id></entry>
            </feed>
            """);

        Assert.Equal("A < B", feed.Title);
        Assert.Equal([new Uri("https://blog.example.com/posts/2026/one"), new Uri("https://blog.example.com/two")], feed.Entries.Select(e => e.Link));
        Assert.Equal(("Two words", "Plain <b>"), (feed.Entries[0].Title, feed.Entries[0].Summary));
    }

    [Theory]
    [InlineData("/a", "https://site.example.com/a")]
    [InlineData("b", "https://site.example.com/b")]
    [InlineData("//cdn.example.com/c", "https://cdn.example.com/c")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("https://user:secret@example.com/", null)]
    public void Relative_links_start_at_the_site_and_only_web_addresses_count(string link, string? expected)
    {
        var feed = Read($"<rss><channel><link>https://site.example.com/</link><item><title>x</title><link>{link}</link></item></channel></rss>");
        Assert.Equal(expected is null ? [] : [new Uri(expected)], feed.Entries.Select(e => e.Link));
    }

    [Theory]
    [InlineData("caf&eacute; &ndash; tea", "café – tea")]
    [InlineData("Tom & Jerry", "Tom & Jerry")]
    [InlineData("bell\u0007 rings &#7;twice", "bell rings twice")]
    public void Bad_manners_are_mended(string title, string expected) =>
        Assert.Equal(expected, Assert.Single(Read($"\n  <rss><channel><item><title>{title}</title><link>https://example.com/a?x=1&y=2</link></item></channel></rss>").Entries).Title);

    [Theory]
    [InlineData("""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>""", FeedFailure.HasDtd)]
    [InlineData("""<!-- a --><?p q?><!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>""", FeedFailure.HasDtd)]
    [InlineData("<!DOCTYPE html><html><title>Page</title></html>", FeedFailure.NotAFeed)]
    [InlineData("<html><body>x</body></html>", FeedFailure.NotAFeed)]
    [InlineData("""{"items": []}""", FeedFailure.NotAFeed)]
    [InlineData("", FeedFailure.NotAFeed)]
    [InlineData("<rss><channel><item><title>never closed", FeedFailure.Broken)]
    [InlineData("<rss version='2.0'></rss>", FeedFailure.NotAFeed)]
    public void What_is_no_feed_is_named(string text, FeedFailure failure) => Assert.Equal(failure, FeedParser.Parse(text, From).Failure);

    [Fact]
    public void A_web_page_names_its_feed()
    {
        var (document, failure, instead) = FeedParser.Parse(
            """<!doctype html><html><head><link rel="stylesheet" href="a.css"><link rel='alternate' type='application/rss+xml' href='/rss?a=1&amp;b=2'></head>""", From);
        Assert.Null(document);
        Assert.Equal((FeedFailure.NotAFeed, new Uri("https://news.example.com/rss?a=1&b=2")), (failure, instead));
    }

    [Theory]
    [InlineData("windows-1255", null, "windows-1255")]
    [InlineData("windows-1255", "windows-1255", "utf-8")]
    [InlineData("utf-8", null, "utf-8")]
    [InlineData("utf-8", "no-such-charset", "utf-8")]
    [InlineData("utf-16", null, "utf-16")]
    [InlineData("iso-8859-8", "iso-8859-8-i", "")]
    public void Hebrew_is_read_in_the_encoding_of_the_feed(string encoding, string? charset, string declared)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var declaration = declared.Length == 0 ? "" : $"""<?xml version="1.0" encoding="{declared}"?>""";
        var bytes = Encoding.GetEncoding(encoding).GetBytes($"{declaration}<rss><channel><item><title>שלום לכולם</title><link>https://example.com/</link></item></channel></rss>");

        var entry = Assert.Single(Read(FeedText.Decode(bytes, charset)).Entries);
        Assert.Equal(("שלום לכולם", "he"), (entry.Title, entry.Language));
    }

    [Theory]
    [InlineData("Mon, 23 Nov 2026 10:00:00 +0200", "2026-11-23T08:00:00Z")]
    [InlineData("23 Nov 26 10:00 PDT", "2026-11-23T17:00:00Z")]
    [InlineData("Monday, 23 Nov 2026 10:00:00 GMT", "2026-11-23T10:00:00Z")]
    [InlineData("2026-11-23T10:00:00.123+02:00", "2026-11-23T08:00:00.123Z")]
    [InlineData("2026-11-23", "2026-11-23T00:00:00Z")]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Dates_are_read_as_feeds_write_them(string written, string? expected)
    {
        var entry = Assert.Single(Read($"<rss><channel><item><title>x</title><link>https://example.com/</link><pubDate>{written}</pubDate></item></channel></rss>").Entries);
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), entry.At);
    }

    [Fact]
    public void Long_words_and_direction_controls_do_no_harm()
    {
        var feed = Read($"<rss><channel><title>{new string('t', 5000)}</title><item><title>\u202Eevil {new string('x', 5000)}</title><link>https://example.com/</link><description>{new string('y', 90_000)}</description></item></channel></rss>");
        var entry = Assert.Single(feed.Entries);
        Assert.Equal((120, 150, 400), (feed.Title.Length, entry.Title.Length, entry.Summary.Length));
        Assert.DoesNotContain('\u202E', entry.Title);
    }

    [Fact]
    public void Markup_that_is_made_to_cost_time_does_not()
    {
        Assert.NotNull(FeedParser.Parse("<rss>" + string.Concat(Enumerable.Repeat("<![CDATA[", 20_000)), From).Failure);
        Assert.NotNull(FeedParser.Parse(string.Concat(Enumerable.Repeat("<?a?>", 20_000)), From).Failure);
        Assert.NotNull(FeedParser.Parse(string.Concat(Enumerable.Repeat("<rss>", 20_000)), From).Failure);
        Assert.Single(Read($"<rss><channel><item><title>x</title><link>https://example.com/</link><description><![CDATA[{string.Concat(Enumerable.Repeat("<script>", 20_000))}]]></description></item></channel></rss>").Entries);
    }

    [Fact]
    public void Whatever_stands_there_reading_ends_with_a_feed_or_a_reason() => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        var (document, failure, _) = FeedParser.Parse(text ?? "", From);
        return document is null == failure is not null;
    }));

    private static FeedDocument Read(string text)
    {
        var (document, failure, _) = FeedParser.Parse(text, From);
        Assert.Null(failure);
        return document!;
    }
}
