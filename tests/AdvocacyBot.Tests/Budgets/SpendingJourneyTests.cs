using AdvocacyBot.Core.Budgets;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Budgets;

/// <summary>The programme's budget: rewards count by themselves, comms record the rest, and too much is said. Monday, 23 November 2026.</summary>
[BothDatabases]
public sealed class SpendingJourneyTests
{
    [Fact]
    public async Task Spending_on_a_campaign_or_the_programme_comes_out_of_the_budget_as_rewards_do_and_goes_back()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Open day");
        await BudgetAsync(bot, "500");
        await RewardAsync(bot, "20.50");
        var results = CardReader.Card(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "campaigns")), "campaign.results"));
        var form = CardReader.Form(await bot.PressAsync("carmen", results, "budget.spend"));
        Assert.Equal("1", CardReader.Inputs(form.Card)["campaign"]);
        var said = CardReader.Text(await bot.SubmitAsync("carmen", form, "record", ("what", "*Posters*"), ("amount", "99.50"), ("day", "2026-11-20")));
        Assert.Contains("\\*Posters\\* (99.50 EUR) is recorded.", said, StringComparison.Ordinal);
        Assert.Contains("500.00 EUR planned, 120.00 EUR spent, 380.00 EUR left", said, StringComparison.Ordinal);
        await SpendAsync(bot, "carmen", "Photographer", "80", ("campaign", "0"));

        var budget = CardReader.Card(await bot.CommandAsync("olivia", "budget"));
        Assert.Equal(
            """
            Programme budget
            EUR, January 1, 2026 to December 31, 2026
            500.00 EUR planned, 200.00 EUR spent, 300.00 EUR left
            20.50 EUR on 1 reward, 179.50 EUR on 2 other things
            Spent, rewards aside
            November 23: Photographer (80.00 EUR) · The programme as a whole
            November 20: \*Posters\* (99.50 EUR) · Open day
            Rewards count by themselves: /advocate rewards. Only owner and comms see this; who recorded what stands in the audit log.
            """,
            CardReader.Text(budget));
        Assert.Contains("Spent on it: 99.50 EUR", CardReader.Text(await bot.DispatchAsync(await bot.PressOfAsync("carmen", "campaign.results", 1))), StringComparison.Ordinal);
        var calendar = CardReader.Text(await bot.CommandAsync("carmen", "campaigns calendar"));
        Assert.Contains("Spent: 99.50 EUR", calendar, StringComparison.Ordinal);
        Assert.Contains("Spent: 100.50 EUR", calendar, StringComparison.Ordinal);

        var back = CardReader.Form(await bot.PressAsync("olivia", budget, "budget.take_back"));
        Assert.Equal(["reason"], CardReader.Errors(await bot.SubmitAsync("olivia", back, "back", ("spending", "1"))).Keys);
        Assert.Contains("399.50 EUR left", CardReader.Text(await bot.SubmitAsync("olivia", back, "back", ("spending", "1"), ("reason", "Not printed"))), StringComparison.Ordinal);
        Assert.Contains("\\*Posters\\* (99.50 EUR), taken back: Not printed", CardReader.Text(await bot.CommandAsync("carmen", "budget")), StringComparison.Ordinal);
        Assert.Equal(
            ["carmen spending.recorded #1: -> 99.50 EUR campaign #1", "carmen spending.recorded #2: -> 80.00 EUR", "olivia spending.taken_back #1: 99.50 EUR campaign #1 ->"],
            await bot.QueryAsync(async db => (await (
                from entry in db.Audit
                join person in db.People on entry.ActorId equals person.Id
                where entry.Action.StartsWith("spending.")
                orderby entry.Id
                select $"{person.ExternalId} {entry.Action} #{entry.SubjectId}: {entry.Before} -> {entry.After}").ToListAsync()).ConvertAll(line => line.Replace(":  ->", ": ->", StringComparison.Ordinal).Trim())));
    }

    [Fact]
    public async Task More_than_is_left_is_recorded_on_purpose_only_and_owners_hear_of_it()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "100");

        var refused = CardReader.Errors(await SpendAsync(bot, "carmen", "Film", "130"));
        Assert.StartsWith("130.00 EUR is 30.00 EUR more than is left (100.00 EUR).", refused["amount"], StringComparison.Ordinal);
        Assert.Empty(await bot.QueryAsync(db => db.Spending.ToListAsync()));

        var recorded = CardReader.Card(await SpendAsync(bot, "carmen", "Film", "130", ("over", "true")));
        Assert.Equal("Attention", CardReader.Elements(recorded).OfType<TextBlock>().Single(block => block.Text == "100.00 EUR planned, 130.00 EUR spent: 30.00 EUR more than planned").Color);
        await bot.SendOutboxAsync();
        Assert.Contains("More was spent than the budget has", CardReader.Text(Assert.Single(bot.NotesTo("olivia"))), StringComparison.Ordinal);
        Assert.Contains("30.00 EUR more than planned", CardReader.Text(await bot.CommandAsync("carmen", "campaigns calendar")), StringComparison.Ordinal);

        // Nothing is left for rewards, and the owner may give more without giving all of it.
        Assert.Contains("amount", CardReader.Errors(await RewardAsync(bot, "1")).Keys);
        await BudgetAsync(bot, "120");
        Assert.Contains("10.00 EUR more than planned", CardReader.Text(await bot.CommandAsync("carmen", "budget")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_are_not_told_of_what_was_taken_back_before_the_message_went_out()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "100");
        await SpendAsync(bot, "carmen", "Film", "130", ("over", "true"));
        await bot.SubmitAsync("carmen", CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("carmen", "budget.take_back", 0))), "back", ("spending", "1"), ("reason", "Free after all"));

        await bot.SendOutboxAsync();

        Assert.Empty(bot.NotesTo("olivia"));
    }

    [Theory]
    [InlineData("day", "2026-11-24", "has not come yet")]
    [InlineData("day", "2025-12-31", "runs from January 1, 2026 to December 31, 2026")]
    [InlineData("day", "yesterday", "Give a day")]
    [InlineData("amount", "many", "Give an amount in EUR")]
    [InlineData("what", "", "Say what it is")]
    [InlineData("campaign", "77", "Choose one")]
    [InlineData("budget", "77", "Choose one")]
    public async Task What_cannot_be_is_said_at_its_field(string field, string value, string message)
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "500");

        Assert.Contains(message, CardReader.Errors(await SpendAsync(bot, "carmen", "Film", "130", (field, value)))[field], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_budget_it_is_said_who_sets_one()
    {
        await using var bot = await TestBot.StartAsync();

        Assert.Contains("An owner sets one with /advocate budget.", CardReader.Text(await bot.CommandAsync("carmen", "budget")), StringComparison.Ordinal);
        Assert.Contains("Set one: an amount", CardReader.Text(await bot.CommandAsync("olivia", "budget")), StringComparison.Ordinal);
        Assert.Contains("No budget has begun yet", CardReader.Text(await bot.DispatchAsync(await bot.PressOfAsync("carmen", "budget.spend", 0))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hebrew_reads_from_the_right()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "500");
        await SpendAsync(bot, "dana", "צלמת", "80");

        var card = CardReader.Card(await bot.CommandAsync("dana", "budget", TestBot.Hebrew));

        Assert.True(card.Rtl);
        var text = CardReader.Text(card).Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal).Replace("\u2066", "", StringComparison.Ordinal);
        Assert.Contains("500.00 EUR בתכנון, 80.00 EUR הוצאו, 420.00 EUR נותרו", text, StringComparison.Ordinal);
        Assert.Contains("צלמת (80.00 EUR) · התוכנית כולה", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_erased_is_not_left_in_what_they_recorded_and_the_money_stays_spent()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "500");
        await SpendAsync(bot, "carmen", "Film", "80");
        await SpendAsync(bot, "carmen", "Twice", "80");
        await bot.SubmitAsync("carmen", CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("carmen", "budget.take_back", 0))), "back", ("spending", "2"), ("reason", "Twice"));
        var carmen = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "carmen").Select(p => p.Id).SingleAsync());
        var held = System.Text.Encoding.UTF8.GetString((await bot.ScopedAsync((ExportPerson export) => export.RunAsync(carmen, CancellationToken.None)))!);
        Assert.Contains("\"spending\"", held, StringComparison.Ordinal);

        var erase = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "me")), "me.erase"));
        await bot.SubmitAsync("carmen", erase, "erase", ("sure", "true"));

        Assert.False(await bot.QueryAsync(db => db.Spending.AnyAsync(s => s.RecordedById == carmen || s.ReversedById == carmen)));
        Assert.Contains("80.00 EUR spent", CardReader.Text(await bot.CommandAsync("olivia", "budget")), StringComparison.Ordinal);
        await using var csv = new StringWriter();
        await bot.Services.GetRequiredService<SpendingCsv>().WriteAsync(csv, CancellationToken.None);
        Assert.DoesNotContain("carmen", csv.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_spending_comes_out_as_csv_with_formulas_defused()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "500");
        await SpendAsync(bot, "carmen", "=cmd|calc", "20.50");

        await using var csv = new StringWriter();
        Assert.Equal(1, await bot.Services.GetRequiredService<SpendingCsv>().WriteAsync(csv, CancellationToken.None));
        Assert.Equal("1,2026-11-23T10:00:00.000Z,2026-11-23T10:00:00.000Z,web,test,carmen,'=cmd|calc,,20.50,EUR,2026-01-01,2026-12-31,,,", csv.ToString().Split("\r\n")[1]);
    }

    private static async Task<Reply> SpendAsync(TestBot bot, string by, string what, string amount, params (string Id, string Value)[] more)
    {
        var form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync(by, "budget.spend", 0)));
        return await bot.SubmitAsync(by, form, "record", [("what", what), ("amount", amount), .. more]);
    }

    private static async Task BudgetAsync(TestBot bot, string amount)
    {
        var form = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "budget")), "reward.budget"));
        Assert.IsType<PrivateReply>(await bot.SubmitAsync("olivia", form, "save", ("currency", "EUR"), ("amount", amount)));
    }

    private static async Task<Reply> RewardAsync(TestBot bot, string amount)
    {
        var form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("carmen", "reward.give", 0)));
        var person = CardReader.Elements(form.Card).OfType<InputChoiceSet>().Single(choices => choices.Id == "person").Choices[0].Value;
        return await bot.SubmitAsync("carmen", form, "give", ("person", person), ("what", "Lunch"), ("amount", amount));
    }
}
