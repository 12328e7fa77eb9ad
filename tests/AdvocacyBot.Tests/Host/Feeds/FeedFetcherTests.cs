using System.Net;
using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Host.Feeds;
using AdvocacyBot.Host.LinkPreviews;
using AdvocacyBot.Tests.Feeds;
using AdvocacyBot.Tests.Host.LinkPreviews;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Host.Feeds;

public sealed class FeedFetcherTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new();
    private readonly FeedOptions options = new();
    private readonly List<IDisposable> used = [];
    private LoopbackSite site = null!;

    public async Task InitializeAsync() => site = await LoopbackSite.StartAsync();

    public async Task DisposeAsync()
    {
        used.ForEach(one => one.Dispose());
        await site.DisposeAsync();
    }

    [Fact]
    public async Task A_feed_is_read_and_asked_for_changes_with_the_servers_own_words()
    {
        site.On("/feed", async context =>
        {
            context.Response.Headers.ETag = "W/\"odd";
            context.Response.Headers.LastModified = "some day";
            context.Response.ContentType = "application/rss+xml; charset=utf-8";
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "W/\"odd" ? 304 : 200;
            if (context.Response.StatusCode == 200)
            {
                await context.Response.WriteAsync(FeedJourneyTests.Rss([1]));
            }
        });

        var found = Assert.IsType<FeedLook.Found>(await ReadAsync("/feed"));
        Assert.Equal(("News", new FeedVersion("W/\"odd", "some day")), (found.Document.Title, found.Version));
        Assert.IsType<FeedLook.NotModified>(await ReadAsync("/feed", found.Version));
        Assert.Equal("some day", site.Requests[1]["If-Modified-Since"]);
        Assert.Matches(@"\AAdvocacyBot/\d+\.\d+\.\d+ \(\+feed reader\)\z", site.Requests[1]["User-Agent"]);
        Assert.DoesNotContain("If-None-Match", site.Requests[0].Keys);
    }

    [Fact]
    public async Task Only_permanent_moves_make_a_new_address()
    {
        site.Page("/new", FeedJourneyTests.Rss([1]), "text/xml").Redirect("/moved", "/new", 301).Redirect("/away", "/new", 302).Redirect("/both", "/away", 308);

        Assert.Equal(site.At("/new"), Assert.IsType<FeedLook.Found>(await ReadAsync("/moved")).Address);
        Assert.Equal(site.At("/away"), Assert.IsType<FeedLook.Found>(await ReadAsync("/away")).Address);
        Assert.Equal(site.At("/away"), Assert.IsType<FeedLook.Found>(await ReadAsync("/both")).Address);
    }

    [Fact]
    public async Task No_private_address_is_read_also_after_a_redirect()
    {
        site.Names["inside.test"] = [IPAddress.Parse("10.1.2.3")];
        site.Redirect("/a", "http://inside.test/").Redirect("/b", "http://169.254.169.254/").Redirect("/c", "http://[::1]/").Redirect("/d", "file:///etc/passwd").Redirect("/e", "/e");

        Assert.Equal(FeedFailure.PrivateAddress, await FailureAsync("/a"));
        Assert.Equal(FeedFailure.PrivateAddress, await FailureAsync("/b"));
        Assert.Equal(FeedFailure.PrivateAddress, await FailureAsync("/c"));
        Assert.Equal(FeedFailure.BadAddress, await FailureAsync("/d"));
        Assert.Equal(FeedFailure.TooManyRedirects, await FailureAsync("/e"));
        Assert.Equal(FeedFailure.Unreachable, Assert.IsType<FeedLook.NotRead>(await Reader().ReadAsync(new Uri("http://nowhere.test/"), null, CancellationToken.None)).Reason);
    }

    [Fact]
    public async Task Errors_say_what_they_are_and_how_long_to_wait()
    {
        site.On("/busy", context => Answer(context, 503, "120")).On("/later", context => Answer(context, 429, clock.GetUtcNow().AddHours(2).ToString("R"))).On("/gone", context => Answer(context, 410, null));

        Assert.Equal(new FeedLook.NotRead(FeedFailure.HttpError, "503", TimeSpan.FromMinutes(2)), await ReadAsync("/busy"));
        Assert.Equal(new FeedLook.NotRead(FeedFailure.HttpError, "429", TimeSpan.FromHours(2)), await ReadAsync("/later"));
        Assert.Equal(new FeedLook.NotRead(FeedFailure.Gone, "410"), await ReadAsync("/gone"));
        Assert.Equal(FeedFailure.HttpError, await FailureAsync("/none"));

        static Task Answer(HttpContext context, int status, string? retryAfter)
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task What_is_too_large_is_not_read_announced_or_not()
    {
        options.MaxBytes = 16 * 1024;
        var large = FeedJourneyTests.Rss([1]).Replace("<channel>", $"<channel><!--{new string('x', 20_000)}-->", StringComparison.Ordinal);
        site.Page("/plain", large, "application/xml");
        site.On("/announced", async context =>
        {
            context.Response.ContentLength = large.Length;
            await context.Response.WriteAsync(large);
        });

        Assert.Equal(FeedFailure.TooLarge, await FailureAsync("/plain"));
        Assert.Equal(FeedFailure.TooLarge, await FailureAsync("/announced"));
    }

    [Fact]
    public async Task A_site_that_does_not_answer_is_given_up()
    {
        var asked = new TaskCompletionSource();
        site.On("/slow", async context =>
        {
            asked.SetResult();
            var left = new TaskCompletionSource();
            await using var leaving = context.RequestAborted.Register(left.SetResult);
            await left.Task;
        });

        var look = ReadAsync("/slow");
        await asked.Task;
        clock.Advance(options.TimeLimit);

        Assert.Equal(new FeedLook.NotRead(FeedFailure.TimedOut), await look);
    }

    private Task<FeedLook> ReadAsync(string path, FeedVersion? known = null) => Reader().ReadAsync(site.At(path), known, CancellationToken.None);

    private async Task<FeedFailure> FailureAsync(string path) => Assert.IsType<FeedLook.NotRead>(await ReadAsync(path)).Reason;

    private FeedFetcher Reader()
    {
        var fetcher = new FeedFetcher(
            Options.Create(options),
            Options.Create(new LinkPreviewOptions { AllowedHosts = [$"news.test:{site.Port}"] }),
            (host, _) => Task.FromResult(IPAddress.TryParse(host, out var literal) ? [literal] : site.Names.GetValueOrDefault(host, [])),
            clock);
        used.Add(fetcher);
        return fetcher;
    }
}
