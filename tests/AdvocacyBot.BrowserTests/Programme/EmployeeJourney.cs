using System.Text.Json.Nodes;
using AdvocacyBot.BrowserTests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Programme;

public sealed partial class JourneyTests
{
    [ChromiumTheory]
    [InlineData("en")]
    [InlineData("he")]
    public async Task An_employee_joins_sets_up_suggests_asks_pauses_and_goes(string language)
    {
        var cast = Cast.Of(language);
        await PublishAsync(await OpenAsync(cast.Comms, cast.Channel, cast), cast, $"{cast.Story} 1", "News");
        var chat = await OpenAsync(cast.Employee, cast.Channel, cast);
        await JoinAsync(chat, cast);
        await SetUpAsync(chat, cast);
        await SuggestAsync(chat, cast);
        await AskAsync(chat, cast);
        await ChooseAsync(chat, cast);
        await SpeakAsync(chat, cast.Other);
        await SpeakAsync(new Chat(chat.Page, cast.Other.Texts), cast);
        await GoAsync(chat, cast);
    }

    /// <summary>Joins from the card, chooses networks, and leaves half way.</summary>
    private static async Task JoinAsync(Chat chat, Cast cast)
    {
        var t = cast.Texts;
        await chat.PressAsync(Prompt(chat, $"{cast.Story} 1"), "Campaigns.Share");
        await chat.FormAsync("Sharing.JoinTitle");
        await Expect(chat.Panel).ToContainTextAsync(t["Sharing.JoinRecorded"]);
        await Expect(chat.Panel).ToContainTextAsync(t["Sharing.JoinPolicy"]);
        await chat.ShotAsync("join");
        await chat.PressAsync("Preferences.JoinAndSetUp");
        await Expect(chat.Panel.GetByText(t["Sharing.AgreeMissing"]).First).ToBeVisibleAsync();
        await chat.Field("Sharing.Agree").CheckAsync();
        await chat.PressAsync("Preferences.JoinAndSetUp");
        await chat.FormAsync("Preferences.NetworksTitle");
        await chat.Panel.GetByLabel(cast.LinkedIn, new() { Exact = true }).CheckAsync();
        await chat.Panel.GetByLabel(cast.Facebook, new() { Exact = true }).CheckAsync();
        await chat.Field("Campaigns.TypeEmployeeStory").CheckAsync();
        await chat.ShotAsync("networks");
        await chat.PressAsync("Campaigns.Next");
        await chat.FormAsync("Preferences.ProfilesTitle");
        await chat.ShotAsync("profiles");
        await chat.PressAsync("Preferences.Later");
        await chat.NoFormAsync();
        var card = chat.Says("Sharing.YourText");
        await Expect(card).ToContainTextAsync(t["Preferences.MannersTitle"]);
        await chat.ShotAsync("first-share", card);
    }

    /// <summary>Takes up where it was left, on another day for all the bot knows.</summary>
    private static async Task SetUpAsync(Chat chat, Cast cast)
    {
        var t = cast.Texts;
        await chat.PressAsync(await chat.AskAsync("/advocate me"), "Preferences.ContinueSetUp");
        await chat.FormAsync("Preferences.ProfilesTitle");
        await chat.Field("Preferences.Profile", ("network", cast.LinkedIn)).FillAsync("https://example.com/me");
        await chat.Field("Preferences.Size", ("network", cast.LinkedIn)).FillAsync("1234");
        await chat.PressAsync("Dialogs.Save");
        await Expect(chat.Panel.GetByText(t.Format("Preferences.ProfileBroken", ("example", "https://www.linkedin.com/in/your-name"))[..20]).First).ToBeVisibleAsync();
        await chat.ShotAsync("profiles-broken");
        await chat.Field("Preferences.Profile", ("network", cast.LinkedIn)).FillAsync("linkedin.com/in/somebody");
        await chat.PressAsync("Dialogs.Save");
        await Expect(chat.Message("1,234")).ToBeVisibleAsync();
    }

    /// <summary>A story of one's own, with a picture.</summary>
    private static async Task SuggestAsync(Chat chat, Cast cast)
    {
        await chat.SayAsync("/advocate suggest");
        await chat.FormAsync("Suggestions.FormTitle");
        await chat.Field("Suggestions.Title").FillAsync($"{cast.Story} 2");
        await chat.Field("Suggestions.Text").FillAsync(cast.Story);
        await chat.Field("Suggestions.Media").FillAsync("https://example.com/bridge.jpg");
        await chat.Field("Suggestions.Appear").CheckAsync();
        await chat.ShotAsync("suggest-story");
        await chat.PressAsync("Suggestions.Send");
        await chat.NoFormAsync();
        var said = chat.Says("Suggestions.NextSteps");
        await Expect(said).ToContainTextAsync($"{cast.Story} 2");
        await chat.ShotAsync("suggested", said);
    }

    /// <summary>Asks how to answer a reply; comms answer and keep the answer; the next time it is found.</summary>
    private async Task AskAsync(Chat chat, Cast cast)
    {
        await chat.PressAsync(chat.Says("Sharing.YourText"), "Assistance.Button");
        await chat.Field("Assistance.Said").FillAsync(cast.Said);
        await chat.ShotAsync("help-ask");
        await chat.PressAsync("Assistance.Ask");
        await chat.NoFormAsync();
        await Expect(chat.Says("Assistance.Sent")).ToBeVisibleAsync();

        var comms = await PrivateAsync(cast.Comms, cast);
        var note = comms.Says("Assistance.AskedNote");
        await Expect(note).ToContainTextAsync(cast.Said);
        await comms.ShotAsync("help-note", note);
        await comms.PressAsync(note, "Assistance.AnswerButton");
        await comms.Field("Assistance.Answer").FillAsync(cast.Answer);
        await comms.Field("Assistance.Occasion").FillAsync(cast.Occasion);
        await comms.ShotAsync("help-answer");
        await comms.PressAsync("Assistance.Send");
        await Expect(comms.Says("Assistance.SentAndKept")).ToBeVisibleAsync();

        var own = await PrivateAsync(cast.Employee, cast);
        await Expect(own.Says("Assistance.AnsweredNote")).ToContainTextAsync(cast.Answer);
        await own.ShotAsync("help-answered", own.Says("Assistance.AnsweredNote"));
        await own.SayAsync($"/advocate reply {cast.Said}");
        await own.PressAsync("Assistance.Ask");
        await own.FormAsync("Assistance.FoundTitle");
        await Expect(own.Panel).ToContainTextAsync(cast.Answer);
        await own.ShotAsync("help-found");
        await own.PressAsync("Assistance.Helped");
        await Expect(own.Says("Assistance.Glad")).ToBeVisibleAsync();
        await chat.Page.BringToFrontAsync();
    }

    /// <summary>Preferences, and a pause that ends.</summary>
    private static async Task ChooseAsync(Chat chat, Cast cast)
    {
        await chat.PressAsync(await chat.AskAsync("/advocate me"), "People.ChangeSettings");
        await chat.FormAsync("People.SettingsTitle");
        await chat.Field("Preferences.Prompts").FillAsync("2");
        await chat.Field("Preferences.QuietFrom").FillAsync("19:30");
        await chat.Field("Preferences.QuietTo").FillAsync("07:30");
        await chat.Panel.GetByLabel(cast.Language.Culture.DateTimeFormat.GetDayName(DayOfWeek.Saturday)).First.CheckAsync();
        await chat.Field("Campaigns.TypeWebinar").CheckAsync();
        await chat.ShotAsync("settings");
        await chat.PressAsync("Dialogs.Save");
        await chat.NoFormAsync();
        await chat.PressAsync(await chat.AskAsync("/advocate me"), "Preferences.PauseButton");
        await chat.ShotAsync("pause");
        await chat.PressAsync("Preferences.Pause");
        await Expect(chat.Says("Preferences.Paused")).ToBeVisibleAsync();
        var me = await chat.AskAsync("/advocate me");
        await Expect(me).ToContainTextAsync("19:30");
        await chat.ShotAsync("me", me);
        await chat.PressAsync(me, "Preferences.PauseButton");
        await chat.PressAsync("Preferences.GoOn");
        await Expect(chat.Says("Preferences.PauseEnded")).ToBeVisibleAsync();
    }

    /// <summary>Another language: the page around the chat speaks it too, without being loaded again.</summary>
    private static async Task SpeakAsync(Chat chat, Cast to)
    {
        await chat.PressAsync(await chat.AskAsync("/advocate me"), "People.ChangeSettings");
        await chat.Field("People.Language").SelectOptionAsync(to.Code);
        await chat.PressAsync("Dialogs.Save");
        await chat.NoFormAsync();
        await Expect(chat.Page.Locator("html")).ToHaveAttributeAsync("lang", to.Code);
        await Expect(chat.Page.Locator("html")).ToHaveAttributeAsync("dir", to.Language.Direction);
        await Expect(chat.Page.Locator("#send")).ToHaveAttributeAsync("aria-label", to.Send);
        await Expect(chat.Page.Locator("#channels")).ToContainTextAsync(to.Channels);
        await Expect(chat.Page.Locator("#channels")).Not.ToContainTextAsync(to.Other.Channels);
        await chat.ShotAsync($"frame-now-{to.Code}");
    }

    /// <summary>Takes the data along, and is erased.</summary>
    private static async Task GoAsync(Chat chat, Cast cast)
    {
        await chat.PressAsync(await chat.AskAsync("/advocate me"), "Preferences.Export");
        var page = await chat.Page.Context.RunAndWaitForPageAsync(() => chat.Page.Locator(".message").Last.GetByText(cast.Texts["Preferences.ExportOpen"], new() { Exact = true }).ClickAsync());
        await Expect(page.GetByText(cast.Texts["LinkPages.ExportTitle"]).First).ToBeVisibleAsync();
        await new Chat(page, cast.Texts).ShotAsync("export-page");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(Microsoft.Playwright.AriaRole.Button).First.ClickAsync());
        var held = JsonNode.Parse(await File.ReadAllTextAsync(await file.PathAsync()))!;
        Assert.Equal("advocacybot-person/1", (string?)held["format"]);
        Assert.Contains("https://www.linkedin.com/in/somebody", held.ToJsonString(), StringComparison.Ordinal);
        await page.CloseAsync();

        await chat.PressAsync(await chat.AskAsync("/advocate me"), "Preferences.Erase");
        await chat.PressAsync("Preferences.EraseButton");
        await Expect(chat.Panel.GetByText(cast.Texts["Preferences.EraseSureMissing"]).First).ToBeVisibleAsync();
        await chat.ShotAsync("erase");
        await chat.Field("Preferences.EraseSure").CheckAsync();
        await chat.PressAsync("Preferences.EraseButton");
        await Expect(chat.Says("Preferences.Erased")).ToBeVisibleAsync();
    }
}
