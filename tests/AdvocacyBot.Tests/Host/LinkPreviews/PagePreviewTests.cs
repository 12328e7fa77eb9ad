using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Host.LinkPreviews;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Host.LinkPreviews;

public sealed class PagePreviewTests
{
    [Fact]
    public void Open_graph_comes_first()
    {
        var preview = Read("""
            <html lang="en"><head>
            <title>Plain</title><meta name="description" content="Plain words">
            <meta name="twitter:title" content="Twitter"><meta name="twitter:description" content="Twitter words">
            <meta property="og:title" content="Ben &amp; Dana&#39;s &quot;day&quot;"><meta property="og:description" content="Graph &lt;words&gt;">
            <meta property="og:image" content="/pictures/day.png?a=1&amp;b=2"><meta property="og:image:alt" content="Two people">
            <meta property="og:locale" content="he_IL"><meta property="og:site_name" content="News"><meta property="og:type" content="Article">
            </head></html>
            """);
        Assert.Equal(
            new LinkPreview
            {
                Link = new Uri("https://news.example.com/2026/day"),
                Title = "Ben & Dana's \"day\"",
                Description = "Graph <words>",
                ImageUrl = new Uri("https://news.example.com/pictures/day.png?a=1&b=2"),
                ImageAlt = "Two people",
                Language = "he-IL",
                SiteName = "News",
                ContentTypeHint = "article",
            },
            preview);
    }

    [Fact]
    public void Without_open_graph_twitter_tags_are_read_then_plain_html()
    {
        var twitter = Read("""<title>Plain</title><meta name="twitter:title" content="Twitter"><meta name="twitter:image" content="https://cdn.example.com/a.png">""");
        Assert.Equal(("Twitter", new Uri("https://cdn.example.com/a.png")), (twitter.Title, twitter.ImageUrl));

        var plain = Read("<html lang=he><title> Plain &amp;\n simple </title><META NAME=Description CONTENT='Words'>");
        Assert.Equal(("Plain & simple", "Words", "he"), (plain.Title, plain.Description, plain.Language));
    }

    [Fact]
    public void A_page_that_says_nothing_gives_empty_fields()
    {
        var preview = Read("<p>Hello</p>");
        Assert.Equal(new LinkPreview { Link = new Uri("https://news.example.com/2026/day") }, preview);
    }

    [Fact]
    public void Empty_tags_do_not_hide_later_ones()
    {
        var preview = Read("""<title>Plain</title><meta property="og:title" content=" "><meta property="og:image" content=""><meta name="twitter:image" content="/t.png">""");
        Assert.Equal(("Plain", "/t.png"), (preview.Title, preview.ImageUrl?.AbsolutePath));
    }

    [Fact]
    public void Tags_in_the_body_are_read_but_not_those_inside_scripts_styles_comments_and_fields()
    {
        var preview = Read("""
            <head><noscript><iframe src="//tags.example.com"></iframe><meta property="og:title" content="1"></noscript>
            <script>document.write('<meta property="og:title" content="2">')</script><style><meta property="og:title" content="3"></style>
            <!-- <meta property="og:title" content="4"> --></head>
            <body><textarea><meta property="og:title" content="5"></textarea><svg><title>6</title><style></svg>
            <div><meta property="og:title" content="Right"></div></body>
            """);
        Assert.Equal("Right", preview.Title);
    }

    [Fact]
    public void The_title_of_a_drawing_is_not_the_title_of_the_page() =>
        Assert.Equal("Page", Read("<body><svg><title>Logo</title></svg><title>Page</title>").Title);

    [Fact]
    public void An_unclosed_drawing_does_not_swallow_the_page() =>
        Assert.Equal("Page", Read("""<svg><title>Logo</title><g><meta property="og:type" content="article"><title>Page</title>""").Title);

    [Fact]
    public void An_unclosed_title_is_still_a_title() => Assert.Equal("Cut o", Read("<title>Cut o").Title);

    [Theory]
    [InlineData("""<base href="https://cdn.example.com/x/"><meta property="og:image" content="a.png">""", "https://cdn.example.com/x/a.png")]
    [InlineData("""<base href="/x/"><meta property="og:image" content="a.png">""", "https://news.example.com/x/a.png")]
    [InlineData("""<meta property="og:image" content="//cdn.example.com/a.png">""", "https://cdn.example.com/a.png")]
    [InlineData("""<meta property="og:image" content="a.png">""", "https://news.example.com/2026/a.png")]
    [InlineData("""<meta property="og:image" content="data:image/png;base64,AAAA">""", null)]
    [InlineData("""<meta property="og:image" content="javascript:alert(1)">""", null)]
    [InlineData("""<base href="javascript:"><meta property="og:image" content="file:///a.png">""", null)]
    [InlineData("""<meta property="og:image" content="http://192.168.0.1/a.png">""", null)]
    [InlineData("""<meta property="og:image" content="http://a:b@cdn.example.com/a.png">""", null)]
    [InlineData("""<meta property="og:image" content="http://[bad/a.png"><meta name="twitter:image" content="/b.png">""", "https://news.example.com/b.png")]
    public void Pictures_are_absolute_web_addresses_or_absent(string html, string? expected) =>
        Assert.Equal(expected, Read(html).ImageUrl?.AbsoluteUri);

    [Theory]
    [InlineData("he_IL", "he-IL")]
    [InlineData("zh-Hant-TW", "zh-Hant-TW")]
    [InlineData("<b>he</b>", "en")]
    [InlineData("hebrew please", "en")]
    public void A_language_that_is_none_is_passed_over(string locale, string expected) =>
        Assert.Equal(expected, Read($"""<html lang="en"><meta property="og:locale" content="{locale}">""").Language);

    [Fact]
    public void Long_texts_are_cut()
    {
        var preview = Read($"""<meta property="og:title" content="{new string('t', 5000)}"><meta property="og:description" content="{new string('d', 5000)}">""");
        Assert.Equal((200, 500), (preview.Title?.Length, preview.Description?.Length));
    }

    // A parser that builds a tree took over 20 seconds for most of these.
    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<font size=1><p>")]
    [InlineData("<b><div></b>")]
    [InlineData("<table><td>")]
    [InlineData("<svg>")]
    [InlineData("<a b=c d=e ")]
    public void A_page_of_hostile_nesting_is_read_to_its_end(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 400_000 / piece.Length));
        Assert.Equal("Late", Read($"""{html}><meta property="og:title" content="Late">""").Title);
    }

    [Fact]
    public void However_broken_a_page_is_what_stands_before_is_kept()
    {
        var pieces = Gen.Elements(
            "<title>", "</title>", "<title/>", "<svg>", "</svg>", "<math/>", "<![CDATA[", "]]>", "<script>", "</script>", "<!--", "-->", "<style>",
            "<plaintext>", "<meta", "<meta charset=utf-16>", "<base href=\"http://[\">", "<html lang=", "<?xml", "<!doctype", "&", "&#x110000;", "\0", "\uD800", "\"", ">", "x");
        Prop.ForAll(pieces.ArrayOf().Select(string.Concat).ToArbitrary(), broken =>
            Read($"""<meta property="og:title" content="Early">{broken}""").Title == "Early").QuickCheckThrowOnFailure();
    }

    private static LinkPreview Read(string html) =>
        PagePreview.From(PageTags.Read(html), new Uri("https://news.example.com/2026/day"), new AllowedHosts([]));
}
