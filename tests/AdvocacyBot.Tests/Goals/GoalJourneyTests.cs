using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Goals;

/// <summary>From the owner's form to what everybody reads.</summary>
[BothDatabases]
public sealed class GoalJourneyTests
{
    [Fact]
    public async Task An_owner_sets_a_goal_and_everybody_sees_how_it_stands()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await SetAsync(bot, ("kind", "PeopleActive"), ("target", "4"), ("start", "2026-11-23"), ("end", "2026-11-26"));

        await SayAsync(bot, "e1", prompt);
        var first = CardReader.Text(await bot.CommandAsync("e2", "goals"));
        bot.Clock.Advance(TimeSpan.FromDays(2));
        var later = CardReader.Text(await bot.CommandAsync("e2", "goals"));
        foreach (var person in new[] { "e2", "e3", "e4" })
        {
            await SayAsync(bot, person, prompt);
        }

        var reached = CardReader.Text(await bot.CommandAsync("carmen", "goals"));
        Assert.Contains("People active · whole programme", first, StringComparison.Ordinal);
        Assert.Contains("1 of 4 by November 26, 2026 · on track", first, StringComparison.Ordinal);
        Assert.Contains("1 of 4 by November 26, 2026 · behind by 1 (a steady pace would be at 2)", later, StringComparison.Ordinal);
        Assert.Contains("4 of 4 by November 26, 2026 · reached", reached, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_taken_back_takes_the_goal_back_and_a_goal_that_is_over_says_what_is_missing()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await SetAsync(bot, ("kind", "Said"), ("target", "1"), ("start", "2026-11-23"), ("end", "2026-11-24"));
        var share = await bot.ShareAsync("e1", prompt);
        var said = CardReader.Card(await bot.PressAsync("e1", share, "share.said"));
        Assert.Contains("1 of 1 by November 24, 2026 · reached", CardReader.Text(await bot.CommandAsync("e1", "goals")), StringComparison.Ordinal);

        bot.Clock.Advance(TimeSpan.FromDays(5));
        await bot.PressAsync("e1", said, "share.undo");

        Assert.Contains("0 of 1 by November 24, 2026 · over: missed by 1", CardReader.Text(await bot.CommandAsync("e1", "goals")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rate_is_people_who_acted_of_people_who_could_see()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await SetAsync(bot, ("target", "25"), ("end", "2026-12-31"));
        await SayAsync(bot, "e1", prompt);
        await SayAsync(bot, "e2", prompt);

        var text = CardReader.Text(await bot.CommandAsync("e1", "goals"));

        // Two of twelve.
        Assert.Contains("16.6% of 25% by December 31, 2026 · on track", text, StringComparison.Ordinal);
        bot.Clock.Advance(TimeSpan.FromDays(35));
        Assert.Contains("behind by", CardReader.Text(await bot.CommandAsync("e1", "goals")), StringComparison.Ordinal);
        Assert.Contains("points", CardReader.Text(await bot.CommandAsync("e1", "goals")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goals_of_a_campaign_and_of_money_are_for_those_who_look_after_the_programme()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Jobs in *Haifa*");
        var campaign = await bot.QueryAsync(db => db.Campaigns.Select(c => c.Id).SingleAsync());
        await SetAsync(bot, ("kind", "Opened"), ("whose", $"{campaign}"), ("target", "10"), ("end", "2026-12-31"));
        await SetAsync(bot, ("kind", "EarnedMediaValue"), ("currency", "ils"), ("target", "1000.50"), ("end", "2026-12-31"));
        await SetAsync(bot, ("kind", "Applicants"), ("target", "5"), ("end", "2026-12-31"));
        await bot.GiveAsync("e5", Roles.Sponsor);

        var employee = CardReader.Text(await bot.CommandAsync("e1", "goals"));
        var sponsor = await bot.CommandAsync("e5", "goals");
        var owner = await bot.CommandAsync("olivia", "goals");

        Assert.Equal("No goals are set yet. The programme’s owner sets them here.", employee);
        Assert.Contains("Shares opened · Jobs in \\*Haifa\\*", CardReader.Text(sponsor), StringComparison.Ordinal);
        Assert.Contains("1,000.50 ILS by December 31, 2026 · not measurable here", CardReader.Text(sponsor), StringComparison.Ordinal);
        Assert.Contains("5 by December 31, 2026 · not measurable yet: no system reports", CardReader.Text(sponsor), StringComparison.Ordinal);
        Assert.Empty(CardReader.Actions(CardReader.Card(sponsor)));
        Assert.Equal(9, CardReader.Actions(CardReader.Card(owner)).Count());
    }

    [Fact]
    public async Task Earned_media_value_is_visits_times_the_companys_own_cost_of_the_network()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await bot.ShareAsync("e1", prompt);
        await SetAsync(bot, ("kind", "EarnedMediaValue"), ("currency", "EUR"), ("target", "10"), ("end", "2026-12-31"));
        var share = await bot.QueryAsync(db => db.Shares.SingleAsync());
        await bot.QueryAsync(async db =>
        {
            db.AddRange(new[] { "linkedin", "linkedin", "x", "facebook" }.Select(network => new Click
            {
                ShareId = share.Id, CampaignId = share.CampaignId, ConversationId = share.ConversationId, Network = network, At = bot.Clock.GetUtcNow(), UserAgentId = 1,
            }));
            return await db.SaveChangesAsync();
        });
        bot.Clock.Advance(TimeSpan.FromHours(1));

        await CostsAsync(bot, ("currency", "eur"), ("cost_linkedin", "2.50"), ("cost_other", "0.1234"));
        Assert.Contains("5.24 EUR of 10.00 EUR", CardReader.Text(await bot.CommandAsync("olivia", "goals")), StringComparison.Ordinal);
        await CostsAsync(bot, ("cost_linkedin", ""), ("cost_other", ""), ("cost_x", "3"));
        Assert.Contains("3.00 EUR of 10.00 EUR", CardReader.Text(await bot.CommandAsync("olivia", "goals")), StringComparison.Ordinal);
        await CostsAsync(bot, ("cost_x", ""));
        Assert.Contains("not measurable here", CardReader.Text(await bot.CommandAsync("olivia", "goals")), StringComparison.Ordinal);
        Assert.Equal(
            ["EUR *=0.1234 linkedin=2.5", "EUR x=3", null],
            await bot.QueryAsync(db => db.Audit.Where(a => a.Action == "workspace.click_costs_changed").OrderBy(a => a.Id).Select(a => a.After).ToListAsync()));
    }

    [Fact]
    public async Task A_goal_is_edited_and_removed_with_a_trace()
    {
        await using var bot = await TestBot.StartAsync();
        await SetAsync(bot, ("kind", "Leads"), ("target", "1,000"), ("end", "2026-12-31"));
        var list = CardReader.Card(await bot.CommandAsync("olivia", "goals"));
        var form = CardReader.Form(await bot.PressAsync("olivia", list, GoalRoutes.Edit));
        Assert.Equal("1000", CardReader.Inputs(form.Card)["target"]);

        await bot.SubmitAsync("olivia", form, "save", ("target", "50"), ("end", "2027-01-31"));
        Assert.Contains("50 by January 31, 2027", CardReader.Text(await bot.CommandAsync("olivia", "goals")), StringComparison.Ordinal);
        Assert.Contains("The goal is removed: Leads, 50.", CardReader.Text(await bot.PressAsync("olivia", list, GoalRoutes.Remove)), StringComparison.Ordinal);
        Assert.Contains("not there any more", CardReader.Text(await bot.PressAsync("olivia", list, GoalRoutes.Remove)), StringComparison.Ordinal);
        Assert.Contains("not there any more", CardReader.Text(await bot.PressAsync("olivia", list, GoalRoutes.Edit)), StringComparison.Ordinal);

        Assert.Equal(
            ["goal.set", "goal.edited", "goal.removed"], await bot.QueryAsync(db => db.Audit.Where(a => a.Action.StartsWith("goal.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Theory]
    [InlineData("target", "A rate cannot be above 100 percent.", "target", "101")]
    [InlineData("target", "A rate takes one decimal at most.", "target", "12.55")]
    [InlineData("target", "Write a number above 0, such as 25 or 10000.", "target", "0")]
    [InlineData("target", "Write a number above 0, such as 25 or 10000.", "target", "12,5")]
    [InlineData("target", "Write a number above 0, such as 25 or 10000.", "target", "many")]
    [InlineData("target", "Write a whole number.", "kind", "Leads", "target", "2.5")]
    [InlineData("target", "Money takes two decimals at most.", "kind", "EarnedMediaValue", "currency", "EUR", "target", "2.555")]
    [InlineData("target", "The target is too large: at most 1,000,000,000.", "kind", "Leads", "target", "99999999999")]
    [InlineData("currency", "Earned media value needs a currency of three letters, as in ILS or EUR.", "kind", "EarnedMediaValue", "currency", "€")]
    [InlineData("end", "The last day is over already. Today is November 23, 2026.", "end", "2026-11-22")]
    [InlineData("end", "The last day is before the first one.", "start", "2026-12-31", "end", "2026-12-30")]
    [InlineData("end", "A goal lasts five years at most.", "end", "2032-01-01")]
    [InlineData("end", "Choose a day.", "end", "soon")]
    [InlineData("whose", "That campaign is not there any more. Choose another one.", "whose", "999")]
    [InlineData("kind", "Choose what is counted.", "kind", "99")]
    public async Task A_goal_that_makes_no_sense_is_refused_at_its_field(string field, string error, params string[] changed)
    {
        await using var bot = await TestBot.StartAsync();
        var form = await FormAsync(bot, GoalRoutes.Add);

        (string, string)[] inputs = [("target", "10"), ("end", "2026-12-31"), .. changed.Chunk(2).Select(pair => (pair[0], pair[1]))];
        var errors = CardReader.Errors(await bot.SubmitAsync("olivia", form, "save", inputs));

        Assert.Equal(error, Assert.Contains(field, errors));
        Assert.Equal(0, await bot.QueryAsync(db => db.Goals.CountAsync()));
    }

    [Fact]
    public async Task A_goal_counts_by_the_workspaces_clock()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await SayAsync(bot, "e1", prompt);
        await SetAsync(bot, ("kind", "Said"), ("target", "5"), ("start", "2026-11-23"), ("end", "2026-11-30"));
        Assert.Contains("1 of 5", CardReader.Text(await bot.CommandAsync("e1", "goals")), StringComparison.Ordinal);

        // On Kiritimati the 24th begins when it is ten in the morning of the 23rd in London.
        await bot.QueryAsync(db => db.Goals.ExecuteUpdateAsync(set => set.SetProperty(g => g.StartsOn, "2026-11-24")));
        Assert.Contains("starts on November 24, 2026", CardReader.Text(await bot.CommandAsync("e1", "goals")), StringComparison.Ordinal);
        await bot.QueryAsync(db => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.TimeZone, "Pacific/Kiritimati")));
        bot.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("1 of 5", CardReader.Text(await bot.CommandAsync("e1", "goals")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_programme_of_four_people_shows_no_figures()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.QueryAsync(db => db.People.Where(p => p.Roles == Roles.None && p.ExternalId != "e1").ExecuteUpdateAsync(set => set.SetProperty(p => p.Reachable, false)));
        var prompt = await bot.PublishAsync("News");
        await SetAsync(bot, ("kind", "Said"), ("target", "5"), ("end", "2026-12-31"));
        await SayAsync(bot, "e1", prompt);

        Assert.Contains("5 by December 31, 2026 · not shown: fewer than 5 people could take part", CardReader.Text(await bot.CommandAsync("olivia", "goals")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Hebrew_it_reads_well()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await SetAsync(bot, ("kind", "Said"), ("target", "2"), ("end", "2026-12-31"));
        await SayAsync(bot, "e1", prompt);

        var card = CardReader.Card(await bot.CommandAsync("dana", "goals", TestBot.Hebrew));

        Assert.True(card.Rtl);
        Assert.Contains("1 מתוך 2 עד 31 בדצמבר 2026 · בקצב", CardReader.Text(card), StringComparison.Ordinal);
        Assert.Contains("שיתופים שדווחו · כל התוכנית", CardReader.Text(card), StringComparison.Ordinal);
    }

    private static async Task SayAsync(TestBot bot, string person, AdaptiveCard prompt) =>
        await bot.PressAsync(person, await bot.ShareAsync(person, prompt), "share.said");

    private static async Task SetAsync(TestBot bot, params (string Id, string Value)[] changed)
    {
        var said = CardReader.Text(await bot.SubmitAsync("olivia", await FormAsync(bot, GoalRoutes.Add), "save", changed));
        Assert.StartsWith("The goal is set: ", said, StringComparison.Ordinal);
    }

    private static async Task CostsAsync(TestBot bot, params (string Id, string Value)[] changed) =>
        Assert.IsType<PrivateReply>(await bot.SubmitAsync("olivia", await FormAsync(bot, GoalRoutes.Costs), "save", changed));

    private static async Task<Form> FormAsync(TestBot bot, string verb) =>
        CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "goals")), verb));
}
