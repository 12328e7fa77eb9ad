using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Tests.Links.Support;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Links;

public sealed class TrackedLinksTests : IAsyncLifetime
{
    private LinkHost host = null!;

    public async Task InitializeAsync() => host = await LinkHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_link_leads_to_the_campaign_and_the_visit_is_written_down()
    {
        var (share, campaign) = await host.AddShareAsync("https://example.com/jobs?team=a#top");

        using var answer = await host.GetAsync($"/l/{share.Code}k", headers: [("Accept-Language", "he"), ("Sec-Fetch-Mode", "navigate")]);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var content = share.Code[..6].ToLowerInvariant();
        Assert.Equal(
            $"https://example.com/jobs?team=a&utm_source=linkedin&utm_medium=social&utm_campaign={campaign.Code}&utm_content={content}&advocacy_ref={share.Code}k#top",
            answer.Headers.GetValues("Location").Single());
        Assert.Equal("no-store, private", string.Join(", ", answer.Headers.CacheControl!.ToString().Split(", ").Order(StringComparer.Ordinal)));
        Assert.Equal("strict-origin-when-cross-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("noindex", answer.Headers.GetValues("X-Robots-Tag").Single());
        var click = Assert.Single(await host.ClicksAsync());
        Assert.Equal((share.Id, campaign.Id, share.ConversationId, "linkedin"), (click.ShareId, click.CampaignId, click.ConversationId, click.Network));
        Assert.Equal((ClickClass.Human, ClickFlags.Navigate, host.Clock.GetUtcNow()), ((ClickClass)click.Class, (ClickFlags)click.Flags, click.At));
        await using var db = host.Open();
        Assert.Equal(LinkHost.Browser, (await db.UserAgents.SingleAsync(agent => agent.Id == click.UserAgentId)).Text);
    }

    [Fact]
    public async Task A_link_copied_by_hand_counts_as_copied()
    {
        var (share, _) = await host.AddShareAsync();

        using var answer = await host.GetAsync($"/l/{share.Code}");

        Assert.Contains("utm_source=copy&", answer.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Equal("copy", Assert.Single(await host.ClicksAsync()).Network);
    }

    [Fact]
    public async Task HEAD_is_answered_alike_and_is_nobodys_visit()
    {
        var (share, _) = await host.AddShareAsync();

        using var head = await host.SendAsync(HttpMethod.Head, $"/l/{share.Code}");
        using var get = await host.GetAsync($"/l/{share.Code}");

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Headers.ToString(), head.Headers.ToString());
        Assert.Equal([ClickClass.Head, ClickClass.Human], await ClassesAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_refused(string method)
    {
        var (share, _) = await host.AddShareAsync();

        using var answer = await host.SendAsync(new HttpMethod(method), $"/l/{share.Code}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
        Assert.Empty(await host.ClicksAsync());
    }

    [Theory]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    [InlineData("Purpose", "prefetch")]
    [InlineData("X-Moz", "prefetch")]
    public async Task A_browser_fetching_ahead_is_not_counted_as_a_person(string header, string value)
    {
        var (share, _) = await host.AddShareAsync();

        using var ahead = await host.GetAsync($"/l/{share.Code}", headers: [(header, value)]);
        using var then = await host.GetAsync($"/l/{share.Code}");

        Assert.Equal([ClickClass.Prefetch, ClickClass.Human], await ClassesAsync());
    }

    [Fact]
    public async Task A_networks_crawler_is_redirected_like_everybody_and_counted_apart()
    {
        var (share, _) = await host.AddShareAsync();

        using var answer = await host.GetAsync($"/l/{share.Code}k", LinkHost.Crawler);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal([ClickClass.Crawler], await ClassesAsync());
    }

    [Fact]
    public async Task Who_comes_again_within_the_window_is_a_repeat_also_after_a_restart()
    {
        var (share, _) = await host.AddShareAsync();
        var (other, _) = await host.AddShareAsync();

        using var first = await host.GetAsync($"/l/{share.Code}");
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        await host.RestartAsync();
        using var again = await host.GetAsync($"/l/{share.Code}");
        using var elsewhere = await host.GetAsync($"/l/{other.Code}");
        using var somebody = await host.GetAsync($"/l/{share.Code}", address: "2001:db8::1");
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var later = await host.GetAsync($"/l/{share.Code}");

        Assert.Equal([ClickClass.Human, ClickClass.Repeat, ClickClass.Human, ClickClass.Human, ClickClass.Human], await ClassesAsync());
    }

    [Fact]
    public async Task Many_presses_at_the_same_moment_count_one_person()
    {
        var (share, _) = await host.AddShareAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.GetAsync($"/l/{share.Code}")));

        var classes = await ClassesAsync();
        Assert.Equal(50, classes.Count);
        Assert.Single(classes, ClickClass.Human);
    }

    [Theory]
    [InlineData("en-GB,en;q=0.9,he;q=0.1", "en", "ltr")]
    [InlineData("fr,iw;q=0.8", "he", "rtl")]
    [InlineData("", "en", "ltr")]
    public async Task An_unknown_link_gets_a_page_in_the_visitors_language(string accepted, string language, string direction)
    {
        using var answer = await host.GetAsync($"/l/{LinkCode.New()}", headers: [("Accept-Language", accepted)]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Equal((language, direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        Assert.NotEmpty(page.QuerySelector("main h1")!.TextContent);
        Assert.NotEmpty(page.Title!);
        Assert.Empty(await host.ClicksAsync());
    }

    [Theory]
    [InlineData("/l/")]
    [InlineData("/l/short")]
    [InlineData("/l/https://evil.example/")]
    [InlineData("/l/..%2f..%2fetc")]
    [InlineData("/l/%01%01%01%01%01%01%01%01%01%01")]
    public async Task What_is_no_code_leads_nowhere(string path)
    {
        using var answer = await host.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("k)")]
    [InlineData("k,")]
    [InlineData("k%E2%80%8F")]
    [InlineData("k/")]
    public async Task Punctuation_that_a_chat_program_glued_on_does_no_harm(string glued)
    {
        var (share, _) = await host.AddShareAsync();

        using var answer = await host.GetAsync($"/l/{share.Code}{glued}");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task Links_of_a_closed_campaign_lead_on()
    {
        var (share, _) = await host.AddShareAsync(campaign: campaign => campaign.State = CampaignState.Closed);

        using var answer = await host.GetAsync($"/l/{share.Code}");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://example.com/משרות?q=שלום עולם", "https://example.com/%D7%9E%D7%A9%D7%A8%D7%95%D7%AA?q=%D7%A9%D7%9C%D7%95%D7%9D%20%D7%A2%D7%95%D7%9C%D7%9D&utm_source")]
    [InlineData("https://דוגמה.example/a", "https://xn--6dbbec0c.example/a?utm_source")]
    [InlineData("https://example.com/a\r\nSet-Cookie: x=1", "https://example.com/a")]
    public async Task The_location_is_one_line_of_ASCII(string link, string start)
    {
        var (share, _) = await host.AddShareAsync(link);

        using var answer = await host.GetAsync($"/l/{share.Code}");

        var location = answer.Headers.GetValues("Location").Single();
        Assert.StartsWith(start, location, StringComparison.Ordinal);
        Assert.DoesNotContain(location, c => c is <= ' ' or > '~');
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_campaign_whose_link_is_no_web_address_leads_nowhere()
    {
        var (share, _) = await host.AddShareAsync("javascript:alert(1)");

        using var answer = await host.GetAsync($"/l/{share.Code}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_code_that_is_not_there_is_asked_for_once_in_a_while()
    {
        var (share, campaign) = await host.AddShareAsync();
        await using var db = host.Open();
        await db.Shares.Where(row => row.Id == share.Id).ExecuteDeleteAsync();
        using var missing = await host.GetAsync($"/l/{share.Code}");
        db.Add(share);
        await db.SaveChangesAsync();

        using var soon = await host.GetAsync($"/l/{share.Code}");
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        using var later = await host.GetAsync($"/l/{share.Code}");

        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Found), (missing.StatusCode, soon.StatusCode, later.StatusCode));
    }

    [Fact]
    public async Task A_share_that_the_index_is_told_of_is_there_at_once()
    {
        var (share, campaign) = await host.AddShareAsync();
        await using var db = host.Open();
        await db.Shares.Where(row => row.Id == share.Id).ExecuteDeleteAsync();
        using var missing = await host.GetAsync($"/l/{share.Code}");

        host.Services.GetRequiredService<LinkIndex>().Put(share, campaign);

        using var found = await host.GetAsync($"/l/{share.Code}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Found), (missing.StatusCode, found.StatusCode));
    }

    [Fact]
    public async Task An_edited_campaign_leads_to_its_new_address_once_the_index_forgets_the_old()
    {
        var (share, campaign) = await host.AddShareAsync("https://example.com/old");
        using var before = await host.GetAsync($"/l/{share.Code}");
        await using var db = host.Open();
        await db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(row => row.Link, "https://example.com/new"));

        host.Services.GetRequiredService<LinkIndex>().Forget(campaign.Id);

        using var after = await host.GetAsync($"/l/{share.Code}");
        Assert.Equal(("/old", "/new"), (before.Headers.Location!.AbsolutePath, after.Headers.Location!.AbsolutePath));
    }

    [Fact]
    public async Task A_campaign_edited_on_another_host_is_looked_for()
    {
        var (share, _) = await host.AddShareAsync("https://example.com/old");
        using var before = await host.GetAsync($"/l/{share.Code}");
        await using var db = host.Open();
        var now = host.Clock.GetUtcNow();
        await db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(row => row.Link, "https://example.com/new").SetProperty(row => row.UpdatedAt, now));
        var refresh = host.Services.GetRequiredService<LinkRefresh>();

        await refresh.LookAsync(now.AddMilliseconds(1), CancellationToken.None);
        using var unseen = await host.GetAsync($"/l/{share.Code}");
        await refresh.LookAsync(now, CancellationToken.None);
        using var after = await host.GetAsync($"/l/{share.Code}");

        Assert.Equal(
            ("/old", "/old", "/new"), (before.Headers.Location!.AbsolutePath, unseen.Headers.Location!.AbsolutePath, after.Headers.Location!.AbsolutePath));
    }

    [Fact]
    public async Task Shares_are_in_memory_from_the_start()
    {
        var (share, _) = await host.AddShareAsync();
        await host.RestartAsync();
        await using var db = host.Open();
        await db.Shares.ExecuteDeleteAsync();

        using var answer = await host.GetAsync($"/l/{share.Code}");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task A_click_that_cannot_be_written_redirects_and_is_counted_as_uncounted()
    {
        var measured = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Name == "advocacybot.clicks.uncounted")
                {
                    it.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref measured, value));
        listener.Start();
        var (share, _) = await host.AddShareAsync();
        await using var db = host.Open();
        await db.Database.ExecuteSqlAsync($"ALTER TABLE clicks RENAME TO gone");

        using var answer = await host.GetAsync($"/l/{share.Code}");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(1, host.Clicks.Uncounted);
        Assert.True(measured >= 1);

        // The visitor was not counted, so the next click is no repeat.
        await db.Database.ExecuteSqlAsync($"ALTER TABLE gone RENAME TO clicks");
        using var again = await host.GetAsync($"/l/{share.Code}");
        Assert.Equal([ClickClass.Human], await ClassesAsync());
    }

    [Fact]
    public async Task When_the_database_hangs_the_link_redirects_after_the_time_limit()
    {
        await using var impatient = await LinkHost.StartAsync(("Links:LongestWait", "50"));
        var (share, _) = await impatient.AddShareAsync();
        using var first = await impatient.GetAsync($"/l/{share.Code}", address: "198.51.100.1");
        var turn = await impatient.Services.GetRequiredService<Database>().EnterWriteAsync(CancellationToken.None);

        // The turn is held until the answer is here: without the limit it would never come.
        using var answer = await impatient.GetAsync($"/l/{share.Code}");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        turn.Dispose();
        await impatient.Services.GetRequiredService<GroupCommitter>().ExecuteAsync([new("SELECT 1")], CancellationToken.None);
        Assert.Equal(2, (await impatient.ClicksAsync()).Count);
        Assert.Equal(0, impatient.Clicks.Uncounted);
    }

    [Fact]
    public async Task The_visitors_address_is_nowhere_in_the_database()
    {
        var (share, _) = await host.AddShareAsync();
        using var answer = await host.GetAsync($"/l/{share.Code}");

        var files = await host.FilesAsync();

        Assert.True(files.AsSpan().IndexOf(Encoding.UTF8.GetBytes(LinkHost.Browser)) >= 0);
        Assert.True(files.AsSpan().IndexOf(Encoding.UTF8.GetBytes(LinkHost.Home)) < 0);
        Assert.True(files.AsSpan().IndexOf(IPAddress.Parse(LinkHost.Home).GetAddressBytes()) < 0);
        Assert.NotEqual(0, Assert.Single(await host.ClicksAsync()).Visitor);
    }

    [Fact]
    public async Task Without_an_address_nobody_is_taken_for_somebody_else()
    {
        var (share, _) = await host.AddShareAsync();

        using var one = await host.GetAsync($"/l/{share.Code}", address: null);
        using var two = await host.GetAsync($"/l/{share.Code}", address: null);

        Assert.Equal([ClickClass.Human, ClickClass.Human], await ClassesAsync());
        Assert.All(await host.ClicksAsync(), click => Assert.Equal(0, click.Visitor));
    }

    [Fact]
    public async Task The_sharer_trying_the_link_is_told_apart_from_others()
    {
        var (share, _) = await host.AddShareAsync();
        using var page = await host.GetAsync($"/s/{share.PrivateCode}");

        using var own = await host.GetAsync($"/l/{share.Code}");
        using var other = await host.GetAsync($"/l/{share.Code}", address: "198.51.100.1");

        Assert.Equal([ClickClass.Sharer, ClickClass.Human], await ClassesAsync());
    }

    [Fact]
    public async Task One_address_cannot_take_everything_and_others_do_not_suffer()
    {
        await using var limited = await LinkHost.StartAsync(("Links:PerVisitorPerSecond", "5"));
        var (share, _) = await limited.AddShareAsync();
        for (var i = 0; i < 10; i++)
        {
            using var allowed = await limited.GetAsync($"/l/{share.Code}");
            Assert.Equal(HttpStatusCode.Found, allowed.StatusCode);
        }

        using var refused = await limited.GetAsync($"/l/{share.Code}");
        using var other = await limited.GetAsync($"/l/{share.Code}", address: "198.51.100.1");
        limited.Clock.Advance(TimeSpan.FromSeconds(1));
        using var later = await limited.GetAsync($"/l/{share.Code}");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.Found, HttpStatusCode.Found), (refused.StatusCode, other.StatusCode, later.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Long_and_odd_agents_are_stored_cut_and_clean()
    {
        var (share, _) = await host.AddShareAsync();

        using var answer = await host.GetAsync($"/l/{share.Code}", new string('a', 300));
        using var again = await host.GetAsync($"/l/{share.Code}", new string('a', 400));
        using var none = await host.GetAsync($"/l/{share.Code}", "");

        await using var db = host.Open();
        Assert.Equal(["", new string('a', 256)], await db.UserAgents.Select(agent => agent.Text).OrderBy(text => text).ToListAsync());
        var clicks = await host.ClicksAsync();
        Assert.Equal(clicks[0].UserAgentId, clicks[1].UserAgentId);
        Assert.Equal(ClickClass.Robot, (ClickClass)clicks[2].Class);
    }

    private async Task<List<ClickClass>> ClassesAsync() => (await host.ClicksAsync()).ConvertAll(click => (ClickClass)click.Class);
}
