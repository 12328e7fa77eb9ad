using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.BrowserTests.WholeLoop;
using AdvocacyBot.Core.Localization;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Programme;

/// <summary>A campaign to people by direct message: comms watch in the chat how far it is, without ever loading the page again.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BroadcastTests(Browser browser)
{
    /// <summary>The card is brought up to date every few seconds.</summary>
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 30_000 };

    [ChromiumFact]
    public async Task The_progress_of_a_broadcast_is_followed_live_in_both_languages()
    {
        await using var host = await RunningHost.StartAsync();
        await KeepWaitingAsync(host, "george", "omer");
        foreach (var (language, comms, channel, title) in new[] { (Language.English, "carmen", "general", "An open day"), (Language.Hebrew, "dana", "hadashot", "יום פתוח") })
        {
            var t = Texts.In(language);
            var context = await browser.ContextAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 900 } });
            var page = await context.NewPageAsync();
            page.SetDefaultTimeout(30_000);
            await page.GotoAsync($"{host.Address}#{comms}/{channel}");
            await page.Locator("#text").WaitForAsync();
            await page.EvaluateAsync("window.loadedOnce = true");
            await ComposeAsync(page, t, title);

            // It is told in one's own chat with the bot; the page goes there without being loaded.
            await page.Locator($"a[href$='/dm-{comms}']").ClickAsync();

            // Two of them have asked for quiet: the others have it, and the card says so.
            var card = page.Locator(".message").Filter(new() { HasText = title }).Filter(new() { HasText = t["Broadcasts.AddsUp"] }).Last;
            await Expect(card).ToContainTextAsync(t["Broadcasts.ProgressWaits"], Patient);
            await Expect(card).ToContainTextAsync(t.Plural("Broadcasts.LaterLine", 2));
            await Expect(card.Locator(".card")).ToHaveAttributeAsync("dir", language.Direction);

            await CloseAsync(page, t);
            await Expect(card).ToContainTextAsync(t["Broadcasts.ProgressOver"], Patient);
            Assert.True(await page.EvaluateAsync<bool>("window.loadedOnce === true"));
            await context.DisposeAsync();
        }
    }

    private static async Task ComposeAsync(IPage page, Texts t, string title)
    {
        var panel = page.GetByRole(AriaRole.Dialog);
        ILocator Field(string key) => panel.GetByLabel(t[key], new() { Exact = false }).First;
        Task PressAsync(string key) => panel.GetByRole(AriaRole.Button, new() { Name = t[key], Exact = true }).ClickAsync();

        await SayAsync(page, "/advocate campaign");
        await Field("Campaigns.Title").FillAsync(title);
        await Field("Campaigns.Link").FillAsync("https://www.example.com/open-day");
        await PressAsync("Campaigns.Next");
        await panel.GetByRole(AriaRole.Textbox, new() { Name = t.Format("Campaigns.Text", ("number", 1)) }).First.FillAsync(title);
        await PressAsync("Campaigns.Next");
        await Expect(panel.GetByText(t["Campaigns.ScheduleTitle"]).First).ToBeVisibleAsync();
        foreach (var ticked in await panel.GetByRole(AriaRole.Checkbox, new() { Checked = true }).AllAsync())
        {
            await ticked.UncheckAsync();
        }

        await panel.Locator("select").First.SelectOptionAsync(new SelectOptionValue { Label = t["Broadcasts.PeopleDirect"] });
        await PressAsync("Campaigns.Preview");
        await Expect(panel.GetByText(t["Broadcasts.WillReach"]).First).ToBeVisibleAsync();
        await PressAsync("Campaigns.PublishNow");
        await Expect(panel).Not.ToBeVisibleAsync();
    }

    private static async Task CloseAsync(IPage page, Texts t)
    {
        await SayAsync(page, "/advocate campaigns");
        await page.GetByRole(AriaRole.Button, new() { Name = t["Campaigns.ButtonClose"], Exact = true }).Last.ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog);
        await Expect(panel.GetByText(t["Campaigns.CloseTitle"]).First).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = t["Campaigns.ButtonClose"], Exact = true }).Last.ClickAsync();
        await Expect(panel).Not.ToBeVisibleAsync();
    }

    private static async Task SayAsync(IPage page, string text)
    {
        await page.Locator("#text").FillAsync(text);
        await page.Locator("#text").PressAsync("Escape");
        await page.Locator("#text").PressAsync("Enter");
    }

    /// <summary>These two want quiet at every minute of the day but one.</summary>
    private static async Task KeepWaitingAsync(RunningHost host, params string[] people)
    {
        await using var connection = new SqliteConnection($"Data Source={host.DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            INSERT INTO person_preferences ("PersonId", "QuietFrom", "QuietTo", "QuietDays", "Interests", "SetUpStep", "UpdatedAt")
            SELECT "Id", 0, 1439, 0, '', 0, 0 FROM people WHERE "ExternalId" IN ({string.Join(", ", people.Select(person => $"'{person}'"))})
            """;
        Assert.Equal(people.Length, await command.ExecuteNonQueryAsync());
    }
}
