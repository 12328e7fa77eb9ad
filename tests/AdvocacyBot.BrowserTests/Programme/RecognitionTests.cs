using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.BrowserTests.WholeLoop;
using AdvocacyBot.Core.Localization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Programme;

/// <summary>Thanks, rewards and badges in Chromium and in both languages; the pictures it takes are for a look at the cards.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RecognitionTests(Browser browser)
{
    private static readonly Cast English = new("en", "general", "alice", "george", "George Hughes", "carmen", "EUR", "for the *great* pictures of the open day");
    private static readonly Cast Hebrew = new("he", "hadashot", "noa", "omer", "עומר ביטון", "dana", "ILS", "על התמונות הנהדרות מהיום הפתוח (Open Day)");

    [ChromiumFact]
    public async Task People_thank_each_other_and_comms_hand_out_rewards()
    {
        await using var host = await RunningHost.StartAsync();
        foreach (var cast in new[] { English, Hebrew })
        {
            await BudgetAsync(host, cast);
            await ThankAsync(host, cast);
            await ShowAsync(host, cast);
            await RewardAsync(host, cast);
            await LookAsync(host, cast);
        }
    }

    private static ILocator Message(IPage page, string text) => page.Locator(".message").Filter(new() { HasText = text }).Last;

    private static ILocator Button(ILocator place, string name) => place.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task SayAsync(IPage page, string text)
    {
        await page.Locator("#text").FillAsync(text);
        await page.Locator("#text").PressAsync("Escape");
        await page.Locator("#text").PressAsync("Enter");
    }

    private static async Task ShotAsync(IPage page, ILocator shown, string name)
    {
        await shown.ScrollIntoViewIfNeededAsync();
        if (Environment.GetEnvironmentVariable("ADVOCACY_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    private async Task<Chat> OpenAsync(RunningHost host, string person, string channel)
    {
        var context = await browser.ContextAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        await page.GotoAsync($"{host.Address}#{person}/{channel}");
        await page.Locator("#text").WaitForAsync();
        return new Chat(context, page);
    }

    /// <summary>The owner, who speaks English, sets a budget.</summary>
    private async Task BudgetAsync(RunningHost host, Cast cast)
    {
        var t = Texts.In(Language.English);
        await using var chat = await OpenAsync(host, "olivia", "general");
        var (page, panel) = (chat.Page, chat.Panel);
        await SayAsync(page, "/advocate rewards");
        await Button(Message(page, t["Rewards.ListHow"][..20]), t["Rewards.SetBudget"]).ClickAsync();
        await panel.GetByLabel(t["Rewards.Currency"]).FillAsync(cast.Currency);
        await panel.GetByLabel(t["Rewards.Amount"]).FillAsync("500");
        await Button(panel, t["Dialogs.Save"]).ClickAsync();
        await Expect(Message(page, "500.00")).ToBeVisibleAsync();
    }

    private async Task ThankAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, cast.From, cast.Channel);
        var (page, panel) = (chat.Page, chat.Panel);
        await SayAsync(page, $"/advocate thanks {cast.ToName} {cast.Words}");
        await Expect(panel.GetByLabel(t["Recognition.ThanksWords"])).ToHaveValueAsync(cast.Words);
        await panel.GetByLabel(t["Recognition.ThanksPublicWhat"]).CheckAsync();
        await ShotAsync(page, panel, $"thanks-form-{cast.Language}");
        await Button(panel, t["Recognition.ThanksSend"]).ClickAsync();
        await Expect(Message(page, t["Recognition.ThanksSaidPublic"][..20])).ToContainTextAsync(cast.ToName);
    }

    private async Task ShowAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var own = await OpenAsync(host, cast.To, $"dm-{cast.To}");
        var note = Message(own.Page, cast.Words[..12]);
        await ShotAsync(own.Page, note, $"thanks-note-{cast.Language}");
        await Button(note, t["Recognition.ThanksShow"]).ClickAsync();
        await Expect(Button(Message(own.Page, cast.Words[..12]), t["Recognition.ThanksHide"])).ToBeVisibleAsync();
        await using var chat = await OpenAsync(host, cast.From, cast.Channel);
        var shown = Message(chat.Page, cast.Words[..12]);
        await Expect(shown).ToContainTextAsync(cast.ToName);
        await ShotAsync(chat.Page, shown, $"thanks-{cast.Language}");
    }

    private async Task RewardAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, cast.Comms, cast.Channel);
        var (page, panel) = (chat.Page, chat.Panel);
        await SayAsync(page, "/advocate rewards");
        await Button(Message(page, t["Rewards.ListHow"][..20]), t["Rewards.Give"]).ClickAsync();
        await panel.GetByLabel(t["Rewards.Person"]).Locator("input").FillAsync(cast.ToName);
        await panel.GetByLabel(t["Rewards.What"] + " *", new() { Exact = true }).FillAsync(cast.Words);
        await panel.GetByLabel(t["Rewards.Amount"]).FillAsync("501");
        await panel.GetByLabel(t["Rewards.From"]).SelectOptionAsync(new SelectOptionValue { Index = cast == English ? 1 : 2 });
        await Button(panel, t["Rewards.GiveSend"]).ClickAsync();
        await Expect(panel.GetByText("501.00").First).ToBeVisibleAsync();
        await ShotAsync(page, panel, $"reward-form-{cast.Language}");
        await panel.GetByLabel(t["Rewards.Amount"]).FillAsync("20.50");
        await Button(panel, t["Rewards.GiveSend"]).ClickAsync();
        await Expect(panel).Not.ToBeVisibleAsync();
        await SayAsync(page, "/advocate rewards");
        var list = Message(page, t["Rewards.ListHow"][..20]);
        await Expect(list).ToContainTextAsync("479.50");
        await ShotAsync(page, list, $"rewards-{cast.Language}");
    }

    private async Task LookAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var own = await OpenAsync(host, cast.To, cast.Channel);
        await SayAsync(own.Page, "/advocate badges");
        var badges = Message(own.Page, t["Recognition.StreakHow"][..20]);
        await Expect(badges).ToContainTextAsync(t.Plural("Recognition.BadgeThanked", 1));
        await ShotAsync(own.Page, badges, $"badges-{cast.Language}");
        await using var comms = await OpenAsync(host, cast.Comms, cast.Channel);
        await SayAsync(comms.Page, "/advocate digest month");
        var month = Message(comms.Page, t["Recognition.MonthPrivate"][..20]);
        await Expect(month).ToBeVisibleAsync();
        await ShotAsync(comms.Page, month, $"month-{cast.Language}");
    }

    private sealed record Cast(string Language, string Channel, string From, string To, string ToName, string Comms, string Currency, string Words)
    {
        public Texts Texts => Texts.In(Core.Localization.Language.First(Language));
    }

    private sealed record Chat(IBrowserContext Context, IPage Page) : IAsyncDisposable
    {
        public ILocator Panel => Page.GetByRole(AriaRole.Dialog);

        public ValueTask DisposeAsync() => Context.DisposeAsync();
    }
}
