using AdvocacyBot.BrowserTests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Programme;

/// <summary>What each role does with the programme, in Chromium, in both languages: from the forms and cards themselves, nothing is prepared behind their back.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class JourneyTests(Browser browser, Stage stage) : IClassFixture<Stage>
{
    private Task<Chat> OpenAsync(string person, string channel, Cast cast) => stage.OpenAsync(browser, person, channel, cast.Language);

    private Task<Chat> PrivateAsync(string person, Cast cast) => OpenAsync(person, $"dm-{person}", cast);

    /// <summary>Comms compose, from a template, up to the preview.</summary>
    private static async Task ComposeAsync(Chat comms, Cast cast, string title, string type)
    {
        await comms.SayAsync("/advocate campaign");
        await comms.Field("Campaigns.Title").FillAsync(title);
        await comms.Field("Campaigns.Link").FillAsync(cast.Page(type));
        await comms.Field("Campaigns.ContentType").SelectOptionAsync(type);
        await comms.PressAsync("Templates.Use");
        await Expect(comms.Panel.GetByText(cast.Texts.Format("Templates.Used", ("type", cast.Texts[$"Campaigns.Type{type}"])))).ToBeVisibleAsync();
        await comms.ShotAsync($"template-{type}");
        await comms.PressAsync("Campaigns.Next");
        await comms.FormAsync("Campaigns.TextsTitle");
        await comms.PressAsync("Campaigns.Next");
        await comms.FormAsync("Campaigns.ScheduleTitle");
        await comms.PressAsync("Campaigns.Preview");
        await comms.FormAsync("Campaigns.PreviewTitle");
    }

    private static async Task PublishAsync(Chat comms, Cast cast, string title, string type)
    {
        await ComposeAsync(comms, cast, title, type);
        await comms.PressAsync("Campaigns.PublishNow");
        await comms.NoFormAsync();
        await Expect(Prompt(comms, title)).ToBeVisibleAsync();
    }

    /// <summary>The card that stands in the channel.</summary>
    private static ILocator Prompt(Chat chat, string title) =>
        chat.Page.Locator(".message").Filter(new() { HasText = title }).Filter(new() { Has = chat.Button("Campaigns.NotForMe") }).Last;

    /// <summary>The owner speaks the language of the cast.</summary>
    private async Task<Chat> OwnerAsync(Cast cast)
    {
        var chat = await OpenAsync("olivia", "general", Cast.English);
        var me = await chat.AskAsync("/advocate me");
        if (await chat.Button(me, "People.ChangeSettings").CountAsync() == 0)
        {
            chat = await OpenAsync("olivia", "general", Cast.Hebrew);
            me = await chat.AskAsync("/advocate me");
        }

        await chat.PressAsync(me, "People.ChangeSettings");
        await chat.Field("People.Language").SelectOptionAsync(cast.Code);
        await chat.PressAsync("Dialogs.Save");
        await chat.NoFormAsync();
        return await OpenAsync("olivia", "general", cast);
    }
}
