using AdvocacyBot.BrowserTests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Programme;

public sealed partial class JourneyTests
{
    [ChromiumTheory]
    [InlineData("en")]
    [InlineData("he")]
    public async Task Comms_treat_the_queue_repeat_campaigns_look_at_the_calendar_and_open_the_programme(string language)
    {
        var cast = Cast.Of(language);
        var comms = await OpenAsync(cast.Comms, cast.Channel, cast);
        await QueueAsync(comms, cast);
        await TemplateAsync(comms, cast);
        await RepeatAsync(comms, cast);
        await KickOffAsync(comms, cast);
    }

    private static async Task SuggestAsync(Chat chat, string title)
    {
        await chat.FormAsync("Suggestions.FormTitle");
        await chat.Field("Suggestions.Title").FillAsync(title);
        if (await chat.Field("Suggestions.Agree").CountAsync() > 0)
        {
            await chat.Field("Suggestions.Agree").CheckAsync();
        }

        await chat.PressAsync("Suggestions.Send");
        await chat.NoFormAsync();
    }

    /// <summary>One suggestion is edited, and what a second person found in somebody's message is joined to it; it is declined, and both hear why.</summary>
    private async Task QueueAsync(Chat comms, Cast cast)
    {
        var second = await OpenAsync(cast.Second, cast.Channel, cast);
        await second.SayAsync($"/advocate suggest {cast.Page("bridge")}?utm_source=x");
        await SuggestAsync(second, $"{cast.Story} 3");
        await second.SayAsync($"{cast.Occasion} {cast.Page("bridge")}");
        var third = await OpenAsync(cast.Third, cast.Channel, cast);
        var words = third.Message(cast.Occasion);
        await words.HoverAsync();
        await third.ShotAsync("message", words);
        await third.PressAsync(words, "Suggestions.FormTitle");
        await Expect(third.Field("Suggestions.Link")).ToHaveValueAsync(cast.Page("bridge"));
        await Expect(third.Panel).ToContainTextAsync(cast.Texts["Suggestions.SomebodyToo"]);
        await SuggestAsync(third, $"{cast.Story} 3");

        await comms.Page.BringToFrontAsync();
        var queue = await comms.AskAsync("/advocate approve");
        await comms.ShotAsync("queue", queue);
        Assert.Equal(1, await queue.GetByText($"{cast.Story} 3").CountAsync());
        await Expect(queue).ToContainTextAsync(cast.SecondName);
        await comms.Button(queue, "Suggestions.Edit").Last.ClickAsync();
        await comms.Field("Suggestions.Title").FillAsync($"{cast.Story} 4");
        await comms.ShotAsync("queue-edit");
        await comms.PressAsync("Dialogs.Save");
        await comms.NoFormAsync();
        await comms.Button(await comms.AskAsync("/advocate approve"), "Suggestions.Decline").Last.ClickAsync();
        await comms.Field("Suggestions.ReasonAlreadyShared").CheckAsync();
        await comms.Field("Suggestions.OwnWords").FillAsync($"{cast.Story}: 2025");
        await comms.ShotAsync("queue-decline");
        await comms.PressAsync("Suggestions.Decline");
        await comms.NoFormAsync();
        foreach (var person in new[] { cast.Second, cast.Third })
        {
            var own = await PrivateAsync(person, cast);
            await Expect(own.Says("Suggestions.ReasonAlreadyShared")).ToContainTextAsync($"{cast.Story}: 2025");
            await own.ShotAsync("declined", own.Says("Suggestions.ReasonAlreadyShared"));
        }

        await comms.Page.BringToFrontAsync();
    }

    /// <summary>A template of the programme's own, which is offered at once, and back to the default.</summary>
    private static async Task TemplateAsync(Chat comms, Cast cast)
    {
        await comms.SayAsync("/advocate templates");
        await comms.FormAsync("Templates.FormTitle");
        await comms.Field("Campaigns.ContentType").SelectOptionAsync("Opinion");
        await comms.ShotAsync("template-type");
        await comms.PressAsync("Campaigns.Next");
        var text = comms.Field("Templates.ExampleText", ("number", 1), ("language", cast.Texts[$"Common.Language_{cast.Code}"]));
        await text.FillAsync(cast.Said);
        await comms.ShotAsync("template-words");
        await comms.PressAsync("Dialogs.Save");
        await Expect(comms.Says("Templates.Saved")).ToBeVisibleAsync();

        await comms.SayAsync("/advocate campaign");
        await comms.Field("Campaigns.Title").FillAsync($"{cast.Story} 0");
        await comms.Field("Campaigns.Link").FillAsync(cast.Page("own"));
        await comms.Field("Campaigns.ContentType").SelectOptionAsync("Opinion");
        await comms.PressAsync("Templates.Use");
        await Expect(comms.Panel.GetByText(cast.Texts.Format("Templates.Used", ("type", cast.Texts["Campaigns.TypeOpinion"])))).ToBeVisibleAsync();
        await comms.PressAsync("Campaigns.Next");
        await Expect(comms.Field("Campaigns.Text", ("number", 1))).ToHaveValueAsync(cast.Said);
        await comms.PressAsync("Dialogs.Cancel");
        await comms.NoFormAsync();

        await comms.SayAsync("/advocate templates");
        await comms.Field("Campaigns.ContentType").SelectOptionAsync("Opinion");
        await comms.PressAsync("Campaigns.Next");
        await comms.PressAsync("Templates.BackToDefault");
        await Expect(comms.Says("Templates.IsBack")).ToBeVisibleAsync();
        await comms.ShotAsync("answers", await comms.AskAsync("/advocate answers"));
    }

    private static async Task RepeatAsync(Chat comms, Cast cast)
    {
        await PublishAsync(comms, cast, $"{cast.Story} 5", "DayInTheLife");
        await comms.Button(await comms.AskAsync("/advocate campaigns"), "Campaigns.ButtonRepeat").First.ClickAsync();
        await comms.FormAsync("Rhythm.RepeatTitle");
        await comms.Field("Rhythm.Every").FillAsync("2");
        await comms.Field("Rhythm.Time").FillAsync("09:30");
        await comms.Field("Rhythm.Times").FillAsync("4");
        await comms.ShotAsync("repeat");
        await comms.PressAsync("Dialogs.Save");
        await comms.NoFormAsync();
        var saved = comms.Says("Rhythm.RepeatSaved");
        await Expect(saved).ToContainTextAsync("9:30");
        await comms.ShotAsync("repeated", saved);
        var calendar = await comms.AskAsync("/advocate campaigns calendar");
        await Expect(calendar).ToContainTextAsync(cast.Texts["Rhythm.ComesAgain"]);
        await comms.ShotAsync("calendar", calendar);
        await comms.ShotAsync("recurring", await comms.AskAsync("/advocate campaigns recurring"));
        await comms.Button(saved, "Rhythm.Stop").ClickAsync();
        await Expect(comms.Says("Rhythm.StoppedNow")).ToBeVisibleAsync();
    }

    private static async Task KickOffAsync(Chat comms, Cast cast)
    {
        await comms.SayAsync("/advocate kickoff");
        await comms.FormAsync("Leadership.KickoffFormTitle");
        await comms.Field("Campaigns.SponsorName").FillAsync("Zoe Levin, CEO");
        await comms.Field("Campaigns.SponsorMessage").FillAsync(cast.Story);
        await comms.ShotAsync("kickoff");
        await comms.PressAsync("Campaigns.Preview");
        await comms.FormAsync("Campaigns.PreviewTitle");
        await comms.ShotAsync("kickoff-preview");
        await comms.PressAsync("Leadership.KickoffSend");
        await comms.NoFormAsync();
        var card = comms.Says("Leadership.KickoffVoluntary");
        await Expect(comms.Button(card, "Sharing.Join")).ToBeVisibleAsync();
        await comms.ShotAsync("kickoff-card", card);
    }
}
