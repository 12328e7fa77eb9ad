using System.IO.Compression;
using System.Net;
using System.Text;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Tests.Host.LinkPreviews;

public sealed class LinkPreviewFetcherTests : IAsyncLifetime
{
    private const string HebrewTitle = "יום בחיים: צוות הפיתוח";

    private LoopbackSite site = null!;

    static LinkPreviewFetcherTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public async Task InitializeAsync() => site = await LoopbackSite.StartAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_page_is_described_by_its_own_words()
    {
        site.Page("/a", """<html lang="en"><meta property="og:title" content="Title"><meta property="og:image" content="/i.png">""");
        var preview = await site.FoundAsync("/a");
        Assert.Equal(("Title", site.At("/i.png"), site.At("/a"), "en"), (preview.Title, preview.ImageUrl, preview.Link, preview.Language));
    }

    [Fact]
    public async Task The_request_says_who_asks_and_carries_nothing_else_of_ours()
    {
        site.On("/a", context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.SetCookie = "a=b";
            return Task.CompletedTask;
        });
        var previews = site.Previews();
        await previews.FetchAsync(site.At("/a"), CancellationToken.None);
        await previews.FetchAsync(site.At("/a"), CancellationToken.None);
        var headers = site.Requests[1];
        Assert.Matches(@"\AAdvocacyBot/\d+\.\d+\.\d+ \(\+link preview\)\z", headers["User-Agent"]);
        Assert.Equal(["Accept", "Accept-Encoding", "Host", "User-Agent"], headers.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("windows-1255", "text/html; charset=windows-1255", "")]
    [InlineData("windows-1255", "text/html; charset=\"WINDOWS-1255\"", """<meta charset="utf-8">""")]
    [InlineData("windows-1255", "text/html", """<meta charset="windows-1255">""")]
    [InlineData("windows-1255", "text/html", """<meta http-equiv="Content-Type" content="text/html; charset=windows-1255">""")]
    [InlineData("iso-8859-8", "text/html; charset=iso-8859-8-i", "")]
    [InlineData("utf-8", "text/html", "")]
    [InlineData("utf-8", "application/xhtml+xml", """<?xml version="1.0"?>""")]
    [InlineData("utf-8", "text/html; charset=no-such-charset", """<meta charset="utf-16">""")]
    public async Task Hebrew_is_read_in_the_charset_of_the_page(string encoding, string contentType, string head)
    {
        site.Page("/a", Encoding.GetEncoding(encoding).GetBytes($"<html><head>{head}<title>{HebrewTitle}</title>"), contentType);
        Assert.Equal(HebrewTitle, (await site.FoundAsync("/a")).Title);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_byte_order_mark_beats_the_header(string encoding)
    {
        var unicode = Encoding.GetEncoding(encoding);
        site.Page("/a", [.. unicode.GetPreamble(), .. unicode.GetBytes($"<title>{HebrewTitle}</title>")], "text/html; charset=windows-1255");
        Assert.Equal(HebrewTitle, (await site.FoundAsync("/a")).Title);
    }

    [Fact]
    public async Task Latin_1_is_read_as_browsers_read_it()
    {
        site.Page("/a", [.. "<title>"u8, 0x93, .. "caf"u8, 0xE9, 0x94, .. "</title>"u8], "text/html; charset=iso-8859-1");
        Assert.Equal("“café”", (await site.FoundAsync("/a")).Title);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_compressed_page_is_read_up_to_the_limit_of_what_it_unpacks_to(string encoding)
    {
        var page = $"""<title>Bomb</title><meta name="twitter:title" content="{new string(' ', 400 * 1024)}x">{new string(' ', 40 * 1024 * 1024)}<meta property="og:title" content="Late">""";
        site.Page("/bomb", await PackAsync(encoding, page), "text/html", encoding);
        site.Page("/small", await PackAsync(encoding, "<title>Small</title>"), "text/html", encoding);
        Assert.Equal("x", (await site.FoundAsync("/bomb")).Title);
        Assert.Equal("Small", (await site.FoundAsync("/small")).Title);
    }

    [Fact]
    public async Task A_page_without_end_is_read_up_to_the_limit()
    {
        site.On("/a", async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<title>Endless</title>");
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string(' ', 4096), context.RequestAborted);
            }
        });
        Assert.Equal("Endless", (await site.FoundAsync("/a")).Title);
    }

    [Fact]
    public async Task A_page_that_announces_megabytes_is_not_read()
    {
        site.On("/a", async context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.ContentLength = (5 * 1024 * 1024) + 1;
            await context.Response.WriteAsync("<title>Large</title>");
        });
        Assert.Equal(LinkPreviewFailure.TooLarge, await site.FailureAsync("/a"));
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("image/png")]
    [InlineData("text/plain")]
    [InlineData("text/htmlx")]
    public async Task What_is_no_web_page_is_not_read(string contentType)
    {
        site.Page("/a", "<title>Title</title>", contentType);
        Assert.Equal(new LinkPreviewResult.NotFetched(LinkPreviewFailure.NotHtml, contentType), await site.FetchAsync("/a"));
    }

    [Fact]
    public async Task An_error_page_is_not_a_preview() =>
        Assert.Equal(new LinkPreviewResult.NotFetched(LinkPreviewFailure.HttpError, "404"), await site.FetchAsync("/missing"));

    [Fact]
    public async Task An_answer_that_breaks_off_is_unreachable()
    {
        site.On("/a", async context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("<title>Half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        site.Page("/b", "no gzip at all"u8.ToArray(), "text/html", "gzip");
        Assert.Equal(LinkPreviewFailure.Unreachable, await site.FailureAsync("/a"));
        Assert.Equal(LinkPreviewFailure.Unreachable, await site.FailureAsync("/b"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slow_site_is_given_five_seconds(bool afterTheFirstBytes)
    {
        var arrived = new TaskCompletionSource();
        site.On("/slow", async context =>
        {
            if (afterTheFirstBytes)
            {
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<title>Slow</title>");
                await context.Response.Body.FlushAsync();
            }

            arrived.SetResult();
            await AbortAsync(context);
        });
        var clock = new ManualTimeProvider();
        var fetching = site.Previews(clock).FetchAsync(site.At("/slow"), CancellationToken.None);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(fetching.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(new LinkPreviewResult.NotFetched(LinkPreviewFailure.TimedOut, null), await fetching);
    }

    [Fact]
    public async Task A_caller_who_cancels_gets_no_verdict_on_the_site()
    {
        using var cancel = new CancellationTokenSource();
        site.On("/slow", async context =>
        {
            await cancel.CancelAsync();
            await AbortAsync(context);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => site.Previews().FetchAsync(site.At("/slow"), cancel.Token));
    }

    private static async Task<byte[]> PackAsync(string encoding, string text)
    {
        using var packed = new MemoryStream();
        await using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            await packer.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static async Task AbortAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
