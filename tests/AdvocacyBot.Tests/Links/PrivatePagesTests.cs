using System.Net;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Links.Support;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Links;

public sealed class PrivatePagesTests : IAsyncLifetime
{
    private LinkHost host = null!;

    public async Task InitializeAsync() => host = await LinkHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Opening_a_composer_is_recorded_once_for_each_network()
    {
        var (share, campaign) = await host.AddShareAsync();

        using var first = await host.GetAsync($"/go/{share.PrivateCode}/x");
        using var again = await host.GetAsync($"/go/{share.PrivateCode}/x");
        using var other = await host.GetAsync($"/go/{share.PrivateCode}/linkedin");

        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(
            $"https://x.com/intent/post?text=Come%20and%20work%20with%20us&url=https%3A%2F%2Fgo.example.com%2Fl%2F{share.Code}x", first.Headers.Location!.OriginalString);
        Assert.Equal("no-referrer", first.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("no-store", first.Headers.CacheControl!.ToString());
        var ledger = await host.LedgerAsync();
        Assert.Equal([$"opened:{share.Id}:x", $"opened:{share.Id}:linkedin"], ledger.ConvertAll(entry => entry.Key));
        Assert.All(ledger, entry => Assert.Equal(
            (LedgerKind.Opened, 1, share.PersonId, campaign.Id, share.ConversationId, share.WorkspaceId, host.Clock.GetUtcNow()),
            (entry.Kind, entry.Amount, entry.PersonId, entry.CampaignId, entry.ConversationId, entry.WorkspaceId, entry.At)));
    }

    [Fact]
    public async Task Programs_that_only_look_record_nothing()
    {
        var (share, _) = await host.AddShareAsync();

        using var crawler = await host.GetAsync($"/go/{share.PrivateCode}/x", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)");
        using var head = await host.SendAsync(HttpMethod.Head, $"/go/{share.PrivateCode}/x");
        using var ahead = await host.GetAsync($"/go/{share.PrivateCode}/x", headers: [("Sec-Purpose", "prefetch")]);

        Assert.All(new[] { crawler, head, ahead }, answer => Assert.Equal(HttpStatusCode.Found, answer.StatusCode));
        Assert.Empty(await host.LedgerAsync());
    }

    [Fact]
    public async Task Where_there_is_no_composer_the_share_page_opens()
    {
        var (share, _) = await host.AddShareAsync();

        using var answer = await host.GetAsync($"/go/{share.PrivateCode}/copy");

        Assert.Equal($"/s/{share.PrivateCode}", answer.Headers.Location!.OriginalString);
        Assert.Empty(await host.LedgerAsync());
    }

    [Fact]
    public async Task Unknown_networks_and_codes_are_not_found()
    {
        var (share, _) = await host.AddShareAsync();

        foreach (var path in new[] { $"/go/{share.PrivateCode}/nowhere", $"/go/{share.Code}/x", "/go/x/x", $"/s/{share.Code}", "/s/%27%20OR%201=1" })
        {
            using var answer = await host.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Null(answer.Headers.Location);
        }
    }

    [Theory]
    [InlineData(CampaignState.Paused)]
    [InlineData(CampaignState.Closed)]
    public async Task A_campaign_that_does_not_run_says_so(CampaignState state)
    {
        var (share, _) = await host.AddShareAsync(campaign: campaign => campaign.State = state);

        foreach (var path in new[] { $"/go/{share.PrivateCode}/x", $"/s/{share.PrivateCode}" })
        {
            using var answer = await host.GetAsync(path, headers: [("Accept-Language", "he")]);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains(Texts.In(Language.Hebrew)["LinkPages.NotRunningTitle"], await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(await host.LedgerAsync());
    }

    [Fact]
    public async Task The_share_page_shows_text_link_and_networks_and_lets_nobody_else_in()
    {
        var (share, _) = await host.AddShareAsync(
            campaign: campaign =>
            {
                campaign.Title = "<script>alert(1)</script> & \"jobs\"";
                campaign.ImageUrl = "https://example.com/a.png";
                campaign.ImageAlt = "A \"desk\"";
            },
            text: "Line one\n</textarea><b>two</b>");

        using var answer = await host.GetAsync($"/s/{share.PrivateCode}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("noindex", answer.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        var page = await PageAsync(answer);
        Assert.Equal("<script>alert(1)</script> & \"jobs\"", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(share.Text, ((IHtmlTextAreaElement)page.GetElementById("text")!).Value);
        Assert.Equal($"https://go.example.com/l/{share.Code}", page.GetElementById("link")!.GetAttribute("value"));
        Assert.Equal(
            [$"/go/{share.PrivateCode}/linkedin", $"/go/{share.PrivateCode}/x"], page.QuerySelectorAll("a.network").Select(link => link.GetAttribute("href")));
        Assert.Empty(page.QuerySelectorAll("[style], [onclick], script:not([src])"));
        foreach (var field in page.QuerySelectorAll("textarea, input:not([type=hidden])"))
        {
            Assert.NotNull(page.QuerySelector($"label[for={field.Id}]"));
        }
    }

    [Fact]
    public async Task A_hebrew_share_has_a_page_from_right_to_left()
    {
        var (share, _) = await host.AddShareAsync(text: "בואו לעבוד איתנו", language: "he");

        using var answer = await host.GetAsync($"/s/{share.PrivateCode}");

        var page = await PageAsync(answer);
        Assert.Equal(("he", "rtl"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        Assert.Contains("הטקסט שלכם", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_a_network_takes_its_button_away_and_says_why()
    {
        var (share, _) = await host.AddShareAsync(text: new string('a', 300));

        using var answer = await host.GetAsync($"/s/{share.PrivateCode}");

        var page = await PageAsync(answer);
        Assert.Equal([$"/go/{share.PrivateCode}/linkedin"], page.QuerySelectorAll("a.network").Select(link => link.GetAttribute("href")));
        Assert.Contains("280", page.QuerySelector(".network.off + .problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_text_is_what_the_composer_gets()
    {
        var (share, _) = await host.AddShareAsync();

        using var saved = await host.PostAsync($"/s/{share.PrivateCode}", [new("text", " My own words\r\n& more ")], ("Origin", "https://go.example.com"));
        using var page = await host.GetAsync(saved.Headers.Location!.OriginalString);
        using var composer = await host.GetAsync($"/go/{share.PrivateCode}/x");

        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal("My own words\n& more", ((IHtmlTextAreaElement)(await PageAsync(page)).GetElementById("text")!).Value);
        Assert.StartsWith("https://x.com/intent/post?text=My%20own%20words%0A%26%20more&url=", composer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("long")]
    public async Task A_text_that_cannot_be_kept_comes_back_with_what_is_wrong(string text)
    {
        var (share, _) = await host.AddShareAsync();
        text = text == "long" ? new string('x', 10_001) : text;

        using var answer = await host.PostAsync($"/s/{share.PrivateCode}", [new("text", text)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await PageAsync(answer);
        Assert.NotEmpty(page.GetElementById("text-problem")!.TextContent);
        Assert.Equal(text, ((IHtmlTextAreaElement)page.GetElementById("text")!).Value);
        await using var db = host.Open();
        Assert.Equal("Come and work with us", (await db.Shares.SingleAsync()).Text);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Forms_of_other_sites_are_refused(string origin)
    {
        var (share, _) = await host.AddShareAsync();

        using var save = await host.PostAsync($"/s/{share.PrivateCode}", [new("text", "Theirs")], ("Origin", origin));
        using var say = await host.PostAsync($"/s/{share.PrivateCode}/said", [new("generation", "0")], ("Origin", origin));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (save.StatusCode, say.StatusCode));
        Assert.Empty(await host.LedgerAsync());
    }

    [Fact]
    public async Task Saying_that_one_shared_counts_once()
    {
        var (share, _) = await host.AddShareAsync();

        using var said = await host.PostAsync($"/s/{share.PrivateCode}/said", [new("generation", "0")]);
        using var again = await host.PostAsync($"/s/{share.PrivateCode}/said", [new("generation", "0")]);
        using var outdated = await host.PostAsync($"/s/{share.PrivateCode}/said", [new("generation", "7")]);
        using var page = await host.GetAsync($"/s/{share.PrivateCode}");

        Assert.Equal($"/s/{share.PrivateCode}", said.Headers.Location!.OriginalString);
        Assert.Equal([$"said:{share.Id}:0"], (await host.LedgerAsync()).ConvertAll(entry => entry.Key));
        Assert.NotNull((await PageAsync(page)).QuerySelector(".done"));
    }

    [Fact]
    public async Task Stylesheet_and_script_are_ours_and_can_be_kept()
    {
        foreach (var (path, type) in new[] { ("/s/assets/share.css", "text/css"), ("/s/assets/share.js", "text/javascript") })
        {
            using var answer = await host.GetAsync(path);
            using var known = await host.GetAsync(path, headers: [("If-None-Match", answer.Headers.ETag!.ToString())]);

            Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        }
    }

    private static async Task<IHtmlDocument> PageAsync(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
}
