using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Leadership;

/// <summary>Words of the company's leadership on a campaign: e6 is a sponsor.</summary>
[BothDatabases]
public sealed class SponsorJourneyTests
{
    [Fact]
    public async Task Words_that_are_agreed_stand_on_the_card_with_name_and_picture()
    {
        await using var bot = await StartAsync();
        await PublishAsync(bot, ("sponsor", await SponsorAsync(bot)), ("sponsorMessage", "Please *do* share."), ("sponsorImage", "https://example.com/e6.png"), ("sponsorImageAlt", "Employee 6 smiling"));
        var card = bot.Sender.Sent[^1].Message.Card;

        Assert.Contains("“Please \\*do\\* share.”", CardReader.Text(card), StringComparison.Ordinal);
        Assert.Contains("— Employee 6", CardReader.Text(card), StringComparison.Ordinal);
        Assert.Equal("Employee 6 smiling", Assert.Single(CardReader.Elements(card).OfType<Image>()).AltText);
        Assert.Empty(bot.NotesTo("e6"));
    }

    [Fact]
    public async Task A_sponsor_who_is_asked_agrees_before_anything_is_shown_in_their_name()
    {
        await using var bot = await StartAsync();
        var said = await PublishAsync(bot, ("sponsor", await SponsorAsync(bot)), ("sponsorMessage", "Please share."), ("sponsorAsk", "agree"));
        Assert.Contains("Employee 6 is asked", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Please share.", Text(bot), StringComparison.Ordinal);

        await bot.PressAsync("e6", Assert.Single(bot.NotesTo("e6")), LeadershipRoutes.Agree);
        await bot.SendOutboxAsync();

        Assert.Contains("“Please share.”", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);
        Assert.Contains("Employee 6 has agreed", CardReader.Text(bot.NotesTo("carmen")[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sponsor_may_write_the_words()
    {
        await using var bot = await StartAsync();
        await PublishAsync(bot, ("sponsor", await SponsorAsync(bot)), ("sponsorAsk", "write"));
        var note = Assert.Single(bot.NotesTo("e6"));
        Assert.DoesNotContain(CardReader.Actions(note).OfType<ExecuteAction>(), button => button.Verb == LeadershipRoutes.Agree);
        var form = CardReader.Form(await bot.PressAsync("e6", note, LeadershipRoutes.Write));
        Assert.Equal(["message"], CardReader.Errors(await bot.SubmitAsync("e6", form, "save")).Keys);
        await bot.SubmitAsync("e6", form, "save", ("message", "My own words."), ("sponsorImage", "https://example.com/me.png"), ("sponsorImageAlt", "Me"));
        await bot.SendOutboxAsync();

        var card = bot.Sender.Updated[^1].Message.Card;
        Assert.Contains("“My own words.”", CardReader.Text(card), StringComparison.Ordinal);
        Assert.Single(CardReader.Elements(card).OfType<Image>());
    }

    [Fact]
    public async Task A_sponsor_who_declines_is_not_shown()
    {
        await using var bot = await StartAsync();
        await PublishAsync(bot, ("sponsor", await SponsorAsync(bot)), ("sponsorMessage", "Please share."), ("sponsorAsk", "agree"));
        await bot.PressAsync("e6", bot.NotesTo("e6")[0], LeadershipRoutes.Decline);
        await bot.SendOutboxAsync();

        Assert.DoesNotContain("Please share.", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);
        Assert.Contains("does not want to say this", CardReader.Text(bot.NotesTo("carmen")[^1]), StringComparison.Ordinal);
        Assert.Equal(["Declined"], await bot.QueryAsync(db => db.Audit.Where(a => a.Action == "campaign.sponsor_answered").Select(a => a.After).ToListAsync()));
    }

    [Fact]
    public async Task Words_that_were_edited_since_are_not_agreed_to_by_an_old_button()
    {
        await using var bot = await StartAsync();
        await PublishAsync(bot, ("sponsor", await SponsorAsync(bot)), ("sponsorMessage", "Please share."), ("sponsorAsk", "agree"));
        await bot.QueryAsync(db => db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(c => c.SponsorMessage, "Something else.")));

        var shown = CardReader.Card(await bot.PressAsync("e6", bot.NotesTo("e6")[0], LeadershipRoutes.Agree));

        Assert.Contains("Something else.", CardReader.Text(shown), StringComparison.Ordinal);
        Assert.Equal(SponsorAsk.ToAgree, await bot.QueryAsync(db => db.Campaigns.Select(c => c.SponsorAsk).SingleAsync()));
        await bot.PressAsync("e6", shown, LeadershipRoutes.Agree);
        Assert.Equal(SponsorAsk.Agreed, await bot.QueryAsync(db => db.Campaigns.Select(c => c.SponsorAsk).SingleAsync()));
    }

    [Fact]
    public async Task Where_a_second_person_is_wanted_a_sponsors_new_words_wait_for_approval()
    {
        await using var bot = await StartAsync();
        await PublishAsync(bot, ("sponsor", await SponsorAsync(bot)), ("sponsorAsk", "write"));
        await bot.QueryAsync(db => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.FourEyes, "types=;channels=")));
        var form = CardReader.Form(await bot.PressAsync("e6", bot.NotesTo("e6")[0], LeadershipRoutes.Write));
        await bot.SubmitAsync("e6", form, "save", ("message", "My own words."));

        Assert.Equal(CampaignState.AwaitingApproval, await bot.QueryAsync(db => db.Campaigns.Select(c => c.State).SingleAsync()));
    }

    [Fact]
    public async Task The_form_wants_a_sponsor_who_can_be_asked()
    {
        await using var bot = await StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        (string, string)[] fine = [("link", "https://example.com/a"), ("title", "News")];

        Assert.Equal(["sponsor"], CardReader.Errors(await bot.SubmitAsync("carmen", content, "next", [.. fine, ("sponsorAsk", "write")])).Keys);
        Assert.Equal(["sponsorMessage"], CardReader.Errors(await bot.SubmitAsync("carmen", content, "next", [.. fine, ("sponsor", await SponsorAsync(bot))])).Keys);
        Assert.Equal(["sponsorImageAlt", "sponsorName"], CardReader.Errors(await bot.SubmitAsync("carmen", content, "next", [.. fine, ("sponsorImage", "https://example.com/x.png")])).Keys.Order());
        await bot.GiveAsync("e6", Roles.None);
        Assert.Equal(["sponsor"], CardReader.Errors(await bot.SubmitAsync("carmen", content, "next", [.. fine, ("sponsor", await SponsorAsync(bot)), ("sponsorMessage", "Hi")])).Keys);
    }

    private static async Task<TestBot> StartAsync()
    {
        var bot = await TestBot.StartAsync();
        await bot.GiveAsync("e6", Roles.Sponsor);
        return bot;
    }

    private static async Task<string> SponsorAsync(TestBot bot) =>
        (await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e6").Select(p => p.Id).SingleAsync())).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> PublishAsync(TestBot bot, params (string Id, string Value)[] sponsor)
    {
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", [("link", "https://example.com/news"), ("title", "News"), .. sponsor]));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "Text")));
        var preview = CardReader.Form(await bot.SubmitAsync("carmen", schedule, "next"));
        var said = CardReader.Text(Assert.IsType<PrivateReply>(await bot.SubmitAsync("carmen", preview, "publish")));
        await bot.SendOutboxAsync();
        return said;
    }

    private static string Text(TestBot bot) => CardReader.Text(bot.Sender.Sent.Last(sent => sent.Message.Recipient is null).Message.Card);
}
