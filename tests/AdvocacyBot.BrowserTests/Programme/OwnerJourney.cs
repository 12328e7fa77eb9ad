using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.Core.Rewards;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Programme;

public sealed partial class JourneyTests
{
    [ChromiumTheory]
    [InlineData("en")]
    [InlineData("he")]
    public async Task An_owner_changes_policy_disclosure_roles_and_budget_and_stops_everything(string language)
    {
        var cast = Cast.Of(language);
        var comms = await OpenAsync(cast.Comms, cast.Channel, cast);
        await PublishAsync(comms, cast, $"{cast.Story} 8", "CustomerStory");
        var employee = await OpenAsync(cast.Third, cast.Channel, cast);
        await TakePartAsync(employee, cast);
        var owner = await OwnerAsync(cast);
        await PolicyAsync(owner, employee, cast);
        await DiscloseAsync(owner, employee, comms, cast);
        await RolesAsync(owner, cast);
        await StopAsync(owner, employee, cast);
        await BudgetAsync(owner, comms, cast);
        await AuditAsync(owner, cast);
    }

    private static async Task TakePartAsync(Chat employee, Cast cast)
    {
        await employee.PressAsync(Prompt(employee, $"{cast.Story} 8"), "Campaigns.Share");
        await employee.Field("Sharing.Agree").CheckAsync();
        await employee.PressAsync("Sharing.Join");
        await employee.NoFormAsync();
        await Expect(employee.Says("Sharing.YourText")).ToBeVisibleAsync();
    }

    /// <summary>Whoever had acknowledged the policy is asked again, with what changed, and before the share.</summary>
    private static async Task PolicyAsync(Chat owner, Chat employee, Cast cast)
    {
        var language = ("language", (object?)cast.Texts[$"Common.Language_{cast.Code}"]);
        await owner.Page.BringToFrontAsync();
        await owner.PressAsync(await owner.AskAsync("/advocate policy"), "Policy.Change");
        await owner.FormAsync("Policy.FormTitle");
        await owner.Field("Policy.Text", language).FillAsync(cast.Story);
        await owner.PressAsync("Policy.Publish");
        await Expect(owner.Panel.GetByText(cast.Texts["Policy.ChangesMissing"]).First).ToBeVisibleAsync();
        await owner.Field("Policy.WhatChanged", language).FillAsync(cast.Said);
        await owner.ShotAsync("policy");
        await owner.PressAsync("Policy.Publish");
        await owner.NoFormAsync();

        await employee.Page.BringToFrontAsync();
        await employee.PressAsync(Prompt(employee, $"{cast.Story} 8"), "Campaigns.Share");
        await Expect(employee.Panel).ToContainTextAsync(cast.Texts["Sharing.JoinAgain"]);
        await Expect(employee.Panel).ToContainTextAsync(cast.Said);
        await Expect(employee.Panel).ToContainTextAsync(cast.Story);
        await employee.ShotAsync("asked-again");
        await employee.Field("Sharing.Agree").CheckAsync();
        await employee.PressAsync("Sharing.Join");
        await employee.NoFormAsync();
        await employee.SayAsync("/advocate policy");
        await Expect(employee.Says("Policy.Acknowledged")).ToContainTextAsync(cast.Story);
        await employee.ShotAsync("acknowledged", employee.Says("Policy.Acknowledged"));
    }

    /// <summary>The disclosure stands in the offered text, and its length is counted.</summary>
    private static async Task DiscloseAsync(Chat owner, Chat employee, Chat comms, Cast cast)
    {
        await owner.Page.BringToFrontAsync();
        await owner.SayAsync("/advocate disclosure");
        await owner.FormAsync("Disclosures.FormTitle");
        await owner.Field("Disclosures.Required").CheckAsync();
        await owner.Field($"Common.Language_{cast.Code}").FillAsync(cast.Disclosure);
        await owner.ShotAsync("disclosure");
        await owner.PressAsync("Dialogs.Save");
        await owner.NoFormAsync();

        await employee.Page.BringToFrontAsync();
        await employee.PressAsync(Prompt(employee, $"{cast.Story} 8"), "Campaigns.Share");
        var card = employee.Message(cast.Disclosure);
        await Expect(card).ToContainTextAsync(cast.Texts["Disclosures.Added"]);
        await employee.ShotAsync("disclosed", card);
        await employee.PressAsync(card, "Sharing.EditText");
        await Expect(employee.Panel).ToContainTextAsync(cast.Disclosure);
        await employee.ShotAsync("disclosed-edit");
        await employee.PressAsync("Dialogs.Cancel");
        await employee.NoFormAsync();

        // A text that fits X alone, and does not with what has to be said.
        await comms.Page.BringToFrontAsync();
        await comms.SayAsync("/advocate campaign");
        await comms.Field("Campaigns.Title").FillAsync($"{cast.Story} 9");
        await comms.Field("Campaigns.Link").FillAsync(cast.Page("long"));
        await comms.PressAsync("Campaigns.Next");
        await comms.Field("Campaigns.Text", ("number", 1)).FillAsync(new string('x', 250));
        await comms.PressAsync("Campaigns.Next");
        await Expect(comms.Panel).ToContainTextAsync(cast.Texts["Disclosures.Counted"]);
        await comms.ShotAsync("disclosed-too-long");
        await comms.PressAsync("Dialogs.Cancel");
        await comms.NoFormAsync();

        await owner.Page.BringToFrontAsync();
        await owner.SayAsync("/advocate disclosure");
        await owner.Field("Disclosures.Required").UncheckAsync();
        await owner.PressAsync("Dialogs.Save");
        await Expect(owner.Says("Disclosures.IsOff")).ToBeVisibleAsync();
    }

    private static async Task RolesAsync(Chat owner, Cast cast)
    {
        await owner.SayAsync($"/advocate roles {cast.SecondName}");
        await owner.Field("Programme.RoleSponsorMay").CheckAsync();
        await owner.PressAsync("Dialogs.Save");
        await Expect(owner.Says("Programme.RolesSaved")).ToContainTextAsync(cast.SecondName);
        await owner.SayAsync("/advocate roles");
        await Expect(owner.Says("Programme.RolesHow")).ToContainTextAsync(cast.SecondName);
        await owner.ShotAsync("roles-list", owner.Says("Programme.RolesHow"));
    }

    /// <summary>Nothing can be shared while everything is stopped, and all of it comes back.</summary>
    private static async Task StopAsync(Chat owner, Chat employee, Cast cast)
    {
        await owner.SayAsync("/advocate stop");
        await owner.FormAsync("Programme.StopTitle");
        await owner.ShotAsync("stop");
        await owner.PressAsync("Programme.StopButton");
        await owner.NoFormAsync();
        await employee.Page.BringToFrontAsync();
        var paused = employee.Says("Campaigns.PausedCard");
        await Expect(paused).ToBeVisibleAsync();
        await employee.ShotAsync("stopped-card", paused);
        await owner.Page.BringToFrontAsync();
        await owner.ShotAsync("resumed", await owner.AskAsync("/advocate resume"));
        await employee.Page.BringToFrontAsync();
        await Expect(employee.Button(Prompt(employee, $"{cast.Story} 8"), "Campaigns.Share")).ToBeVisibleAsync();
    }

    /// <summary>A budget, what comms spend of it, more than it has on purpose, and back.</summary>
    private static async Task BudgetAsync(Chat owner, Chat comms, Cast cast)
    {
        var currency = cast.Code == "he" ? "ILS" : "GBP";
        await owner.Page.BringToFrontAsync();
        await owner.PressAsync(await owner.AskAsync("/advocate budget"), "Rewards.SetBudget");
        await owner.FormAsync("Rewards.BudgetFormTitle");
        await owner.Field("Rewards.Currency").FillAsync(currency);
        await owner.Field("Rewards.Amount").FillAsync("1,250.50");
        await owner.ShotAsync("budget-form");
        await owner.PressAsync("Dialogs.Save");
        await Expect(owner.Message($"1,250.50 {currency}")).ToBeVisibleAsync();

        await comms.Page.BringToFrontAsync();
        await comms.PressAsync(await comms.AskAsync("/advocate budget"), "Budget.Record");
        await comms.FormAsync("Budget.RecordTitle");
        await comms.Field("Budget.What").FillAsync(cast.Story);
        await comms.Field("Rewards.Amount").FillAsync("1300");
        await comms.Field("Rewards.From").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Label = await BudgetOfAsync(comms, currency) });
        await comms.Field("Budget.On").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Label = $"{cast.Story} 8" });
        await comms.PressAsync("Budget.RecordSend");
        await Expect(comms.Panel.GetByText($"49.50 {currency}").First).ToBeVisibleAsync();
        await comms.ShotAsync("spend-too-much");
        await comms.Panel.GetByLabel(cast.Texts["Budget.OverAnyway"]).CheckAsync();
        await comms.PressAsync("Budget.RecordSend");
        await comms.NoFormAsync();
        await Expect(comms.Says("Budget.Recorded").Filter(new() { HasText = $"49.50 {currency}" })).ToBeVisibleAsync();
        var budget = await comms.AskAsync("/advocate budget");
        await comms.ShotAsync("budget", budget);
        await comms.PressAsync(budget, "Budget.TakeBack");
        await comms.FormAsync("Budget.TakeBackTitle");
        await comms.Field("Rewards.Which").Locator("input").FillAsync($"{cast.Story} ({Money.Say(130_000, currency, cast.Texts)})");
        await comms.Field("Rewards.Why").FillAsync(cast.Said);
        await comms.PressAsync("Rewards.TakeBackSend");
        await comms.NoFormAsync();

        await owner.Page.BringToFrontAsync();
        var calendar = await owner.AskAsync("/advocate campaigns calendar");
        await Expect(calendar).ToContainTextAsync(cast.Texts["Rhythm.Budget"]);
        await Expect(calendar).ToContainTextAsync("1,250.50");
        await owner.ShotAsync("calendar-budget", calendar);
    }

    private static async Task<string> BudgetOfAsync(Chat comms, string currency) =>
        (await comms.Field("Rewards.From").Locator("option").Filter(new() { HasText = currency }).First.TextContentAsync())!;

    /// <summary>The log holds what was done above; filtered, and as a file.</summary>
    private static async Task AuditAsync(Chat owner, Cast cast)
    {
        var log = await owner.AskAsync("/advocate audit");
        await owner.ShotAsync("audit", log);
        await owner.PressAsync(log, "Programme.AuditFilter");
        await owner.FormAsync("Programme.AuditFilterTitle");
        await owner.Field("Programme.AuditWhat").SelectOptionAsync("spending");
        await owner.ShotAsync("audit-filter");
        await owner.PressAsync("Programme.AuditShow");
        await owner.NoFormAsync();
        var spending = owner.Says("Programme.AuditExport_other").Filter(new() { HasText = cast.Texts["Programme.AuditKind_spending"] });
        await Expect(spending).ToContainTextAsync("1300.00");
        await owner.ShotAsync("audit-spending", spending);
        var file = await owner.Page.RunAndWaitForDownloadAsync(() => spending.GetByText(cast.Texts["Programme.AuditFile"], new() { Exact = true }).ClickAsync());
        Assert.Contains("spending.taken_back", await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);
    }
}
