using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Recognition;

/// <summary>What owners and sponsors get once a month, in private.</summary>
[BothDatabases]
public sealed class MonthTests
{
    [Fact]
    public async Task Owners_and_sponsors_get_the_month_once_whatever_restarts_and_nobody_else_does()
    {
        await using var bot = await StartAsync();
        await ShareAsync(bot, "e1", byName: true);
        await MonthPassesAsync(bot);

        var owner = Assert.Single(bot.NotesTo("olivia"));
        Assert.Equal(2, bot.NotesTo("e2").Count);
        Assert.All(new[] { "carmen", "e1", "e3" }, person => Assert.Empty(bot.NotesTo(person)));
        var text = CardReader.Text(owner);
        Assert.Contains("November 2026: the month for those who lead the programme", text, StringComparison.Ordinal);
        Assert.Contains("8% of the people who could see a campaign took part: 1 of 12", text, StringComparison.Ordinal);
        Assert.Contains("Participation week by week", text, StringComparison.Ordinal);
        Assert.Contains("In words: November 1: no rate;", text, StringComparison.Ordinal);
        Assert.Contains("November 23 to November 29: 8%; November 30: 0%.", text, StringComparison.Ordinal);
        Assert.Contains("Campaigns published: 1", text, StringComparison.Ordinal);
        Assert.Contains("The month before has no rate to compare with", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sponsors_read_whom_to_thank_and_for_what_and_only_who_agreed_is_named()
    {
        await using var bot = await StartAsync();
        await ShareAsync(bot, "e1", byName: true);
        await ShareAsync(bot, "e3", byName: false);
        await MonthPassesAsync(bot);

        var note = bot.NotesTo("e2").Single(card => CardReader.Text(card).Contains("Whom to thank", StringComparison.Ordinal));
        var text = CardReader.Text(note);
        Assert.Contains("Whom to thank for November 2026", text, StringComparison.Ordinal);
        Assert.Contains("Employee 1 shared Launch", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 3", text, StringComparison.Ordinal);
        Assert.DoesNotContain("more p", text, StringComparison.Ordinal);

        var form = CardReader.Form(await bot.PressAsync("e2", note, "thanks.say"));
        Assert.Contains("Employee 1", CardReader.Elements(form.Card).OfType<InputChoiceSet>().Single().Choices[0].Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_agreed_to_be_named_the_note_says_so()
    {
        await using var bot = await StartAsync();
        await ShareAsync(bot, "e1", byName: false);
        await MonthPassesAsync(bot);

        var text = string.Join('\n', bot.NotesTo("e2").Select(CardReader.Text));
        Assert.Contains("nobody chose to be named", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_in_which_nobody_took_part_thanks_nobody_and_one_without_a_campaign_has_no_rate()
    {
        await using var bot = await StartAsync();
        await MonthPassesAsync(bot);
        Assert.Contains("A quiet month", CardReader.Text(Assert.Single(bot.NotesTo("olivia"))), StringComparison.Ordinal);
        Assert.Single(bot.NotesTo("e2"));

        await using var empty = await TestBot.StartAsync();
        await MonthPassesAsync(empty);
        Assert.Contains("No campaign was live this month", CardReader.Text(Assert.Single(empty.NotesTo("olivia"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_people_are_the_fewest_of_whom_numbers_are_told()
    {
        await using var bot = await StartAsync();
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId != "olivia" && p.ExternalId != "e1" && p.ExternalId != "carmen").ExecuteUpdateAsync(set => set.SetProperty(p => p.Reachable, false)));
        await ShareAsync(bot, "e1", byName: false);
        await MonthPassesAsync(bot);

        var text = CardReader.Text(Assert.Single(bot.NotesTo("olivia")));
        Assert.Contains("no numbers are shown for groups of fewer than 5", text, StringComparison.Ordinal);
        Assert.DoesNotContain("%", text.Replace("13%", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_budget_stands_in_the_owners_month_and_not_in_the_sponsors()
    {
        await using var bot = await StartAsync();
        var form = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "rewards")), "reward.budget"));
        await bot.SubmitAsync("olivia", form, "save", ("currency", "EUR"), ("amount", "100"));
        await MonthPassesAsync(bot);

        Assert.Contains("100.00 EUR planned, 0.00 EUR spent, 100.00 EUR left", CardReader.Text(Assert.Single(bot.NotesTo("olivia"))), StringComparison.Ordinal);
        Assert.DoesNotContain("EUR", CardReader.Text(bot.NotesTo("e2")[0]), StringComparison.Ordinal);
        Assert.Contains("November 2026", CardReader.Text(await bot.CommandAsync("carmen", "digest month")), StringComparison.Ordinal);
    }

    /// <summary>Employee 2 is a sponsor, and a campaign runs.</summary>
    private static async Task<TestBot> StartAsync()
    {
        var bot = await TestBot.StartAsync();
        await bot.GiveAsync("e2", Roles.Sponsor);
        await bot.PublishAsync("Launch");
        return bot;
    }

    private static async Task ShareAsync(TestBot bot, string person, bool byName)
    {
        var prompt = CardReader.Card(await bot.CommandAsync(person, "content"));
        await bot.PressAsync(person, await bot.ShareAsync(person, prompt, byName), "share.said");
    }

    private static async Task MonthPassesAsync(TestBot bot)
    {
        // To 1 December, 10:00.
        bot.Clock.Advance(TimeSpan.FromDays(8));
        for (var run = 0; run < 2; run++)
        {
            await bot.Services.GetRequiredService<PlanMonthlyNotes>().RunAsync(CancellationToken.None);
            await bot.SendOutboxAsync();
            await bot.RestartAsync();
        }
    }
}
