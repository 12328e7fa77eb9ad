using System.Net;
using System.Text.RegularExpressions;
using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.Core.Localization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.WholeLoop;

/// <summary>
/// From an empty database to the posted digest, in both languages, in Chromium: compose, publish, share, react, click, digest. The pictures it takes are those of the README;
/// ADVOCACY_SCREENSHOTS names the folder they go to.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed partial class WholeLoopTests(Browser browser)
{
    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    ];

    [ChromiumFact]
    public async Task A_campaign_of_each_article_and_an_English_one_go_round_the_whole_loop()
    {
        await using var host = await RunningHost.StartAsync();

        // On the first day of a week the next digest is of the week before until its hour has come.
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={host.DatabaseFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """UPDATE conversations SET "DigestHour" = 0""";
            await command.ExecuteNonQueryAsync();
        }

        await ComposeAsync(host, Articles.Presence, "compose-he", null);
        await ComposeAsync(host, Articles.Advocacy, null, null);
        await ComposeAsync(host, Articles.English, "compose-en", "preview-en");

        foreach (var person in new[] { "noa", "itai", "tamar", "yonatan" })
        {
            await ShareAsync(host, person, Articles.Presence, person == "noa" ? "share-he" : null, undo: person == "tamar");
        }

        await ShareAsync(host, "noa", Articles.Advocacy, null);
        foreach (var person in new[] { "alice", "ben", "chloe", "daniel" })
        {
            await ShareAsync(host, person, Articles.English, person == "alice" ? "share-en" : null, undo: person == "ben");
        }

        await DeclineAndReactAsync(host, "michal", Articles.Presence);
        await DeclineAndReactAsync(host, "emily", Articles.English);

        await DigestAsync(host, Articles.Presence, "digest-he");
        await DigestAsync(host, Articles.English, "digest-en");
    }

    private static Task ShotAsync(IPage page, string? name)
    {
        if (name is null || Environment.GetEnvironmentVariable("ADVOCACY_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return Task.CompletedTask;
        }

        Directory.CreateDirectory(folder);
        return page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }

    private static Texts TextsOf(Story story) => Texts.In(Language.First(story.Language));

    private async Task<(IBrowserContext Context, IPage Page)> OpenAsync(RunningHost host, string person, string channel)
    {
        var context = await browser.ContextAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        await page.GotoAsync($"{host.Address}#{person}/{channel}");
        await page.Locator("#text").WaitForAsync();
        return (context, page);
    }

    private static async Task SayAsync(IPage page, string text)
    {
        await page.Locator("#text").FillAsync(text);
        await page.Locator("#text").PressAsync("Escape");
        await page.Locator("#text").PressAsync("Enter");
    }

    private async Task ComposeAsync(RunningHost host, Story story, string? shot, string? previewShot)
    {
        var t = TextsOf(story);
        var (context, page) = await OpenAsync(host, story.Comms, story.Channel);
        await SayAsync(page, "/advocate campaign");
        var panel = page.GetByRole(AriaRole.Dialog);
        await panel.WaitForAsync();
        ILocator Field(string key) => panel.GetByLabel(t[key], new() { Exact = false }).First;
        Task PressAsync(string key) => panel.GetByRole(AriaRole.Button, new() { Name = t[key], Exact = true }).ClickAsync();

        // The wrong thing first: it is said at the field, and nothing that was typed is lost.
        await Field("Campaigns.Title").FillAsync(story.Title);
        await Field("Campaigns.Link").FillAsync("not a link");
        await PressAsync("Campaigns.Next");
        await Expect(panel.GetByText(t["Campaigns.LinkBroken"]).First).ToBeVisibleAsync();
        await Expect(Field("Campaigns.Title")).ToHaveValueAsync(story.Title);

        await Field("Campaigns.Link").FillAsync(story.Link);
        await Field("Campaigns.Summary").FillAsync(story.Summary);
        await Field("Campaigns.ContentType").SelectOptionAsync(new SelectOptionValue { Label = t[$"Campaigns.Type{story.Type}"] });
        await Field("Campaigns.SponsorName").FillAsync(story.Sponsor);
        await Field("Campaigns.SponsorMessage").FillAsync(story.SponsorMessage);
        await panel.Locator(".panel-body, .panel").First.EvaluateAsync("e => e.scrollTop = 0");
        await ShotAsync(page, shot);
        await PressAsync("Campaigns.Next");

        await Expect(panel.GetByText(t["Campaigns.TextsTitle"]).First).ToBeVisibleAsync();
        for (var i = 0; i < story.Texts.Length; i++)
        {
            await panel.GetByRole(AriaRole.Textbox, new() { Name = t.Format("Campaigns.Text", ("number", i + 1)) }).First.FillAsync(story.Texts[i]);
        }

        await PressAsync("Campaigns.Next");
        await Expect(panel.GetByText(t["Campaigns.ScheduleTitle"]).First).ToBeVisibleAsync();
        await PressAsync("Campaigns.Preview");
        await Expect(panel.GetByText(t["Campaigns.PreviewHint"]).First).ToBeVisibleAsync();
        await ShotAsync(page, previewShot);
        await PressAsync("Campaigns.PublishNow");

        await Expect(panel).Not.ToBeVisibleAsync();
        await Expect(Prompt(page, story)).ToBeVisibleAsync();
        await context.DisposeAsync();
    }

    private static ILocator Prompt(IPage page, Story story) =>
        page.Locator(".message").Filter(new() { HasText = story.Title }).Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = TextsOf(story)["Campaigns.NotForMe"], Exact = true }) }).First;

    private async Task ShareAsync(RunningHost host, string person, Story story, string? shot, bool undo = false)
    {
        var t = TextsOf(story);
        var (context, page) = await OpenAsync(host, person, story.Channel);
        await Prompt(page, story).GetByRole(AriaRole.Button, new() { Name = t["Campaigns.Share"], Exact = true }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog);
        var card = page.Locator(".message").Filter(new() { HasText = t["Sharing.YourText"] }).Last;
        await Expect(panel.Or(card).First).ToBeVisibleAsync();
        if (await panel.IsVisibleAsync())
        {
            await panel.GetByRole(AriaRole.Button, new() { Name = t["Sharing.Join"], Exact = true }).ClickAsync();
            await Expect(panel.GetByText(t["Sharing.AgreeMissing"]).First).ToBeVisibleAsync();
            await panel.GetByLabel(t["Sharing.Agree"]).CheckAsync();
            await panel.GetByLabel(t["Sharing.AppearByName"]).CheckAsync();
            await panel.GetByRole(AriaRole.Button, new() { Name = t["Sharing.Join"], Exact = true }).ClickAsync();
        }

        await Expect(card).ToBeVisibleAsync();
        await card.ScrollIntoViewIfNeededAsync();
        await ShotAsync(page, shot);
        var link = TrackedLink().Match(await card.InnerTextAsync()).Value;
        Assert.Contains("/l/", link, StringComparison.Ordinal);

        var sharePage = await SharePageAsync(host, person, story);
        await ComposerAsync(sharePage);
        await VisitAsync(link);
        if (shot is not null)
        {
            await PhoneAsync(sharePage, t, "phone-" + shot);
        }

        await card.GetByRole(AriaRole.Button, new() { Name = t["Sharing.ISharedIt"], Exact = true }).ClickAsync();
        var thanks = page.Locator(".message").Filter(new() { HasText = t["Sharing.Thanks"] }).Last;
        await Expect(thanks).ToBeVisibleAsync();
        if (undo)
        {
            await thanks.GetByRole(AriaRole.Button, new() { Name = t["Sharing.Undo"], Exact = true }).ClickAsync();
            await Expect(card).ToBeVisibleAsync();
        }

        await context.DisposeAsync();
    }

    /// <summary>The address behind "Copy text" on the person's newest share card, as the channel's API tells it.</summary>
    private static async Task<string> SharePageAsync(RunningHost host, string person, Story story)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("X-Person", person);
        return SharePage().Matches(await client.GetStringAsync($"web/api/channels/{story.Channel}/messages"))[^1].Value;
    }

    /// <summary>What the button of a network does: to the composer, which is recorded as "opened"; the network itself is not asked.</summary>
    private static async Task ComposerAsync(string sharePage)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15");
        using var answer = await client.GetAsync($"{sharePage.Replace("/s/", "/go/", StringComparison.Ordinal)}/linkedin");
        Assert.Equal("www.linkedin.com", answer.Headers.Location!.Host);
    }

    /// <summary>Two people and a preview crawler follow a personal link; each is redirected once, with the campaign's tags.</summary>
    private static async Task VisitAsync(string link)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        foreach (var agent in Agents)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, link);
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            request.Headers.TryAddWithoutValidation("Accept-Language", "he-IL,he;q=0.9");
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.Contains("utm_campaign=", answer.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        }
    }

    private async Task PhoneAsync(string sharePage, Texts t, string shot)
    {
        await using var context = await browser.ContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true });
        var page = await context.NewPageAsync();
        await page.GotoAsync(sharePage);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", t.Language.Direction);
        await page.Locator("#text").EvaluateAsync("e => { e.required = false; e.value = ''; }");
        await page.GetByRole(AriaRole.Button, new() { Name = t["LinkPages.Save"], Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(t["Sharing.EditMissing"]);
        await page.Locator("#text").FillAsync(t.Language.RightToLeft ? "במילים שלי: שווה לקרוא. 198 סיבות & עוד <אחת>" : "In my own words: worth reading, 100% & then some <3");
        await page.GetByRole(AriaRole.Button, new() { Name = t["LinkPages.Save"], Exact = true }).ClickAsync();
        await Expect(page.GetByText(t["LinkPages.Saved"])).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), "Nothing is cut off on a phone.");
        await ShotAsync(page, shot);
    }

    private async Task DeclineAndReactAsync(RunningHost host, string person, Story story)
    {
        var t = TextsOf(story);
        var (context, page) = await OpenAsync(host, person, story.Channel);
        var prompt = Prompt(page, story);
        await prompt.GetByRole(AriaRole.Button, new() { Name = t["Campaigns.NotForMe"], Exact = true }).ClickAsync();
        await Expect(page.Locator(".message").GetByText(t["Sharing.Declined"])).ToBeVisibleAsync();
        await prompt.HoverAsync();
        await prompt.Locator(".add-reaction").First.ClickAsync();
        await page.Locator(".picker-choice").First.ClickAsync();
        await Expect(prompt.Locator(".reactions .count").First).ToBeVisibleAsync();
        await context.DisposeAsync();
    }

    private async Task DigestAsync(RunningHost host, Story story, string shot)
    {
        var t = TextsOf(story);
        var (context, page) = await OpenAsync(host, story.Comms, story.Channel);
        await SayAsync(page, "/advocate digest");
        var mine = page.Locator(".message").Filter(new() { HasText = "13%" });
        await Expect(mine.First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = t["Digests.PostNow"], Exact = true }).ClickAsync();

        var (readerContext, reader) = await OpenAsync(host, story.Language == "he" ? "omer" : "george", story.Channel);
        var digest = reader.Locator(".message").Filter(new() { HasText = "13%" }).Last;
        await Expect(digest).ToBeVisibleAsync();
        await digest.ScrollIntoViewIfNeededAsync();
        Assert.Contains(story.Title[..12], await digest.InnerTextAsync(), StringComparison.Ordinal);
        await ShotAsync(reader, shot);
        await readerContext.DisposeAsync();
        await context.DisposeAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/l/[A-Za-z0-9]+")]
    private static partial Regex TrackedLink();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/s/[A-Za-z0-9]+")]
    private static partial Regex SharePage();
}
