using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.BrowserTests.WholeLoop;
using AdvocacyBot.Core.Localization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Programme;

/// <summary>
/// From an employee's idea to a campaign with two pairs of eyes on it, in Chromium and in both languages: the owner sets the programme up, an employee suggests, comms
/// ask back and compose, an approver approves, and everybody hears of it.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class FromBelowTests(Browser browser)
{
    private static readonly Cast English = new("en", "general", "alice", "Alice Bennett", "carmen", "george", "George Hughes", "The day we planted a thousand trees");
    private static readonly Cast Hebrew = new("he", "hadashot", "noa", "נועה לוי", "dana", "omer", "עומר ביטון", "היום שבו שתלנו 1,000 עצים (וגם zappos)");

    [ChromiumFact]
    public async Task An_idea_from_below_becomes_a_campaign_that_two_people_looked_at()
    {
        await using var host = await RunningHost.StartAsync();
        foreach (var cast in new[] { English, Hebrew })
        {
            await SetUpAsync(host, cast);
            await SuggestAsync(host, cast);
            await AskAsync(host, cast);
            await AnswerAsync(host, cast);
            await ComposeAsync(host, cast);
            await ApproveAsync(host, cast);
            await HearAsync(host, cast);
            await LookBackAsync(host, cast);
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

    private static Task ShotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ADVOCACY_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return Task.CompletedTask;
        }

        Directory.CreateDirectory(folder);
        return page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
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

    /// <summary>The owner speaks the cast's language, makes somebody an approver, and wants a second person for everything.</summary>
    private async Task SetUpAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, "olivia", "general");
        var (page, panel) = (chat.Page, chat.Panel);
        if (cast.Language != "en")
        {
            await SayAsync(page, "/advocate me");
            await Button(Message(page, Texts.In(Language.English)["People.MeTitle"]), Texts.In(Language.English)["People.ChangeSettings"]).ClickAsync();
            await panel.GetByLabel(Texts.In(Language.English)["People.Language"]).SelectOptionAsync(cast.Language);
            await Button(panel, Texts.In(Language.English)["Dialogs.Save"]).ClickAsync();
            await Expect(Message(page, t["People.Saved"])).ToBeVisibleAsync();
        }

        await SayAsync(page, $"/advocate roles {cast.ApproverName}");
        await panel.GetByLabel(t["Programme.RoleApproverMay"]).CheckAsync();
        await Button(panel, t["Dialogs.Save"]).ClickAsync();
        await Expect(panel).Not.ToBeVisibleAsync();
        await SayAsync(page, "/advocate roles");
        await Expect(Message(page, t["Programme.RolesHow"][..20])).ToContainTextAsync(cast.ApproverName);

        await SayAsync(page, "/advocate approve");
        await Button(Message(page, t["Suggestions.QueueEmpty"][..20]), t["Programme.FourEyesChange"]).ClickAsync();
        await panel.GetByLabel(t["Programme.FourEyesOn"]).CheckAsync();
        await Button(panel, t["Dialogs.Save"]).ClickAsync();
        await Expect(Message(page, t["Programme.FourEyesIsOn"])).ToBeVisibleAsync();
    }

    private async Task SuggestAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, cast.Employee, cast.Channel);
        var (page, panel) = (chat.Page, chat.Panel);
        await SayAsync(page, "/advocate suggest");
        await Button(panel, t["Suggestions.Send"]).ClickAsync();
        await Expect(panel.GetByText(t["Suggestions.NothingGiven"]).First).ToBeVisibleAsync();
        await panel.GetByLabel(t["Suggestions.Link"]).FillAsync($"https://example.com/{cast.Language}/trees?utm_source=mail");
        await panel.GetByLabel(t["Suggestions.Title"], new() { Exact = true }).FillAsync(cast.Title);
        await panel.GetByLabel(t["Suggestions.Why"]).FillAsync(cast.Title);
        await panel.GetByLabel(t["Suggestions.Text"]).FillAsync(cast.Title);
        await panel.GetByLabel(t["Suggestions.Appear"]).CheckAsync();
        await panel.GetByLabel(t["Suggestions.Agree"]).CheckAsync();
        await ShotAsync(page, $"suggest-{cast.Language}");
        await Button(panel, t["Suggestions.Send"]).ClickAsync();
        await Expect(Message(page, t["Suggestions.NextSteps"][..30])).ToContainTextAsync(cast.Title);
    }

    private async Task AskAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, cast.Comms, cast.Channel);
        var (page, panel) = (chat.Page, chat.Panel);
        await SayAsync(page, "/advocate approve");
        var queue = Message(page, cast.EmployeeName);
        await Expect(queue).ToContainTextAsync(cast.Title);
        await ShotAsync(page, $"queue-{cast.Language}");
        await Button(queue, t["Suggestions.AskBack"]).ClickAsync();
        await panel.GetByLabel(t["Suggestions.Question"]).FillAsync("?1,000");
        await Button(panel, t["Suggestions.SendQuestion"]).ClickAsync();
        await Expect(Message(page, t["Suggestions.AskDone"][^20..])).ToBeVisibleAsync();
    }

    private async Task AnswerAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, cast.Employee, $"dm-{cast.Employee}");
        var (page, panel) = (chat.Page, chat.Panel);
        await Button(Message(page, "?1,000"), t["Suggestions.AnswerButton"]).ClickAsync();
        await panel.GetByLabel(t["Suggestions.Answer"]).FillAsync("1,000!");
        await Button(panel, t["Suggestions.SendAnswer"]).ClickAsync();
        await Expect(Message(page, t["Suggestions.AnswerDone"])).ToBeVisibleAsync();
    }

    private async Task ComposeAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, cast.Comms, cast.Channel);
        var (page, panel) = (chat.Page, chat.Panel);
        await SayAsync(page, "/advocate approve");
        await Expect(Message(page, "1,000!")).ToContainTextAsync(t["Suggestions.Answered"]);
        await Button(Message(page, "1,000!"), t["Suggestions.Approve"]).ClickAsync();
        await Expect(panel.GetByLabel(t["Campaigns.Title"]).First).ToHaveValueAsync(cast.Title);
        await Button(panel, t["Campaigns.Next"]).ClickAsync();
        await Expect(panel.GetByText(t["Campaigns.TextsTitle"]).First).ToBeVisibleAsync();
        await Button(panel, t["Campaigns.Next"]).ClickAsync();
        await Expect(panel.GetByText(t["Campaigns.ScheduleTitle"]).First).ToBeVisibleAsync();
        await Button(panel, t["Campaigns.Preview"]).ClickAsync();
        await Expect(panel).ToContainTextAsync(cast.EmployeeName);
        await Button(panel, t["Campaigns.PublishNow"]).ClickAsync();
        await Expect(panel).Not.ToBeVisibleAsync();
        await SayAsync(page, "/advocate approve");
        await Expect(Message(page, t["Programme.WaitingOwn"])).ToContainTextAsync(cast.Title);
    }

    private async Task ApproveAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, cast.Approver, $"dm-{cast.Approver}");
        var (page, panel) = (chat.Page, chat.Panel);
        await Button(Message(page, cast.Title), t["Programme.Review"]).ClickAsync();
        await Expect(panel).ToContainTextAsync(cast.Title);
        await ShotAsync(page, $"review-{cast.Language}");
        await Button(panel, t["Programme.Approve"]).ClickAsync();
        await Expect(panel).Not.ToBeVisibleAsync();
    }

    private async Task HearAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, cast.Employee, cast.Channel);
        await Expect(Message(chat.Page, t["Campaigns.NotForMe"])).ToContainTextAsync(cast.EmployeeName);
        await using var own = await OpenAsync(host, cast.Employee, $"dm-{cast.Employee}");
        await Expect(Message(own.Page, t["Suggestions.ApprovedThanks"])).ToContainTextAsync(cast.Title);
    }

    private async Task LookBackAsync(RunningHost host, Cast cast)
    {
        var t = cast.Texts;
        await using var chat = await OpenAsync(host, "olivia", "general");
        await SayAsync(chat.Page, "/advocate audit");
        var log = Message(chat.Page, t["Programme.Audit_campaign_approved"]);
        await Expect(log).ToContainTextAsync(t["Programme.Audit_suggestion_asked_back"]);
        await Expect(log).ToContainTextAsync(cast.ApproverName);
        await ShotAsync(chat.Page, $"audit-{cast.Language}");
    }

    private sealed record Cast(string Language, string Channel, string Employee, string EmployeeName, string Comms, string Approver, string ApproverName, string Title)
    {
        public Texts Texts => Texts.In(Core.Localization.Language.First(Language));
    }

    private sealed record Chat(IBrowserContext Context, IPage Page) : IAsyncDisposable
    {
        public ILocator Panel => Page.GetByRole(AriaRole.Dialog);

        public ValueTask DisposeAsync() => Context.DisposeAsync();
    }
}
