using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Rewards;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Rewards;

/// <summary>Rewards that comms hand out: with a record, out of a budget that cannot be overspent, and back again.</summary>
[BothDatabases]
public sealed class RewardJourneyTests
{
    [Fact]
    public async Task A_reward_is_noted_told_and_taken_from_the_budget_and_taking_it_back_gives_the_money_back()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "500");
        var given = await GiveAsync(bot, "carmen", "e1", "A *book*", "20.50");
        await bot.SendOutboxAsync();

        Assert.Contains("A \\*book\\* (20.50 EUR) goes to Employee 1.", CardReader.Text(given), StringComparison.Ordinal);
        Assert.Contains("500.00 EUR planned, 20.50 EUR spent, 479.50 EUR left", CardReader.Text(given), StringComparison.Ordinal);
        Assert.Contains("A reward for you: A \\*book\\* (20.50 EUR)", CardReader.Text(Assert.Single(bot.NotesTo("e1"))), StringComparison.Ordinal);
        var list = CardReader.Card(await bot.CommandAsync("carmen", "rewards"));
        Assert.Contains("November 23, Employee 1: A \\*book\\* (20.50 EUR)", CardReader.Text(list), StringComparison.Ordinal);

        var form = CardReader.Form(await bot.PressAsync("carmen", list, "reward.take_back"));
        Assert.Equal(["reason"], CardReader.Errors(await bot.SubmitAsync("carmen", form, "back", ("reward", "1"))).Keys);
        await bot.SubmitAsync("carmen", form, "back", ("reward", "1"), ("reason", "Given twice"));
        await bot.SendOutboxAsync();

        var after = CardReader.Text(await bot.CommandAsync("olivia", "rewards"));
        Assert.Contains("500.00 EUR planned, 0.00 EUR spent, 500.00 EUR left", after, StringComparison.Ordinal);
        Assert.Contains("A \\*book\\* (20.50 EUR), taken back", after, StringComparison.Ordinal);
        Assert.Contains("Given twice", CardReader.Text(bot.NotesTo("e1")[1]), StringComparison.Ordinal);
        Assert.Equal(
            ["person.reward_taken_back: #1 20.50 EUR ->", "person.rewarded: -> #1 20.50 EUR", "workspace.budget_changed: -> 500.00 EUR 2026-01-01..2026-12-31"],
            (await bot.QueryAsync(db => db.Audit.ToListAsync())).Where(a => a.Action.Contains("reward", StringComparison.Ordinal) || a.Action.Contains("budget", StringComparison.Ordinal))
                .Select(a => $"{a.Action}: {a.Before} -> {a.After}".Replace("  ", " ", StringComparison.Ordinal).Trim()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task More_than_is_left_is_refused_in_words_that_help()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "100");
        await GiveAsync(bot, "carmen", "e1", "Lunch", "70");

        var refused = CardReader.Errors(await GiveAsync(bot, "carmen", "e2", "Lunch", "40"));

        Assert.Equal(
            "40.00 EUR is 10.00 EUR more than is left: the budget has 30.00 EUR. Give less, take a reward back, or ask an owner for a larger budget.", refused["amount"]);
        Assert.Equal(1, await bot.QueryAsync(db => db.Rewards.CountAsync()));
        Assert.IsType<PrivateReply>(await GiveAsync(bot, "carmen", "e2", "Lunch", "30"));
    }

    [Fact]
    public async Task Many_who_spend_at_once_do_not_overspend()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "100");
        var forms = new List<FormSubmitted>();
        foreach (var person in new[] { "carmen", "dana", "olivia" })
        {
            var form = CardReader.Form(await bot.PressAsync(person, CardReader.Card(await bot.CommandAsync(person, "rewards")), "reward.give"));
            forms.Add(bot.Answer(person, form, "give", TestBot.General, ("person", await IdAsync(bot, "e1")), ("what", "Lunch"), ("amount", "60")));
        }

        await Task.WhenAll(forms.Select(bot.DispatchAsync));

        Assert.Equal([6000L], await bot.QueryAsync(db => db.Rewards.Select(r => r.Amount).ToListAsync()));
    }

    [Fact]
    public async Task A_budget_has_its_days_and_is_changed_not_doubled()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "100");
        await GiveAsync(bot, "carmen", "e1", "Lunch", "70");
        var form = await BudgetFormAsync(bot);

        Assert.Contains("overlaps", CardReader.Errors(await bot.SubmitAsync("olivia", form, "save", ("currency", "EUR"), ("amount", "5"), ("first", "2026-12-01"), ("last", "2027-01-31")))["first"], StringComparison.Ordinal);
        Assert.Contains("70.00 EUR of it are spent already", CardReader.Errors(await bot.SubmitAsync("olivia", form, "save", ("currency", "EUR"), ("amount", "69.99")))["amount"], StringComparison.Ordinal);
        Assert.Contains("before the first", CardReader.Errors(await bot.SubmitAsync("olivia", form, "save", ("currency", "EUR"), ("amount", "5"), ("first", "2027-02-01"), ("last", "2027-01-31")))["last"], StringComparison.Ordinal);
        Assert.Contains("three letters", CardReader.Errors(await bot.SubmitAsync("olivia", form, "save", ("currency", "euros"), ("amount", "5")))["currency"], StringComparison.Ordinal);
        Assert.IsType<PrivateReply>(await bot.SubmitAsync("olivia", form, "save", ("currency", "eur"), ("amount", "70")));
        await BudgetAsync(bot, "10", "USD");

        Assert.Equal(["EUR 7000", "USD 1000"], await bot.QueryAsync(db => db.RewardBudgets.OrderBy(b => b.Currency).Select(b => b.Currency + " " + b.Amount).ToListAsync()));
        bot.Clock.Advance(TimeSpan.FromDays(60));
        var next = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "rewards")), "reward.give"));
        Assert.Equal(["none"], CardReader.Elements(next.Card).OfType<InputChoiceSet>().Single(c => c.Id == "budget").Choices.Select(c => c.Value));
    }

    [Fact]
    public async Task What_costs_nothing_needs_no_budget_and_an_amount_does()
    {
        await using var bot = await TestBot.StartAsync();

        Assert.Contains("An amount needs a budget", CardReader.Errors(await GiveAsync(bot, "carmen", "e1", "Lunch", "5"))["budget"], StringComparison.Ordinal);
        Assert.IsType<PrivateReply>(await GiveAsync(bot, "carmen", "e1", "Lunch with the CEO", ""));
        Assert.Contains("Rewards go to somebody else.", CardReader.Errors(await GiveAsync(bot, "carmen", "carmen", "Lunch", "", listed: false)).Values);
    }

    [Fact]
    public async Task A_reward_cannot_be_taken_back_twice()
    {
        await using var bot = await TestBot.StartAsync();
        await GiveAsync(bot, "carmen", "e1", "Lunch", "");
        var list = CardReader.Card(await bot.CommandAsync("carmen", "rewards"));
        var forms = new[] { "carmen", "olivia" }.Select(async p => (p, CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync(p, "reward.take_back", 0))))).ToList();
        foreach (var (person, form) in await Task.WhenAll(forms))
        {
            await bot.SubmitAsync(person, form, "back", ("reward", "1"), ("reason", "Mistake"));
        }

        Assert.Equal(1, await bot.QueryAsync(db => db.Audit.CountAsync(a => a.Action == "person.reward_taken_back")));
        Assert.NotNull(list);
    }

    [Fact]
    public async Task All_rewards_come_out_as_csv_with_formulas_defused()
    {
        await using var bot = await TestBot.StartAsync();
        await BudgetAsync(bot, "500");
        await GiveAsync(bot, "carmen", "e1", "=cmd|calc", "20.50");
        await GiveAsync(bot, "carmen", "e2", "Lunch, and more", "");

        await using var csv = new StringWriter();
        var written = await bot.Services.GetRequiredService<RewardsCsv>().WriteAsync(csv, CancellationToken.None);

        var lines = csv.ToString().Split("\r\n");
        Assert.Equal((2, 4), (written, lines.Length));
        Assert.StartsWith("id,given_at,platform,workspace,person,given_by,what,reason,amount,currency", lines[0], StringComparison.Ordinal);
        Assert.Equal("1,2026-11-23T10:00:00.000Z,web,test,e1,carmen,'=cmd|calc,,20.50,EUR,2026-01-01,2026-12-31,,,", lines[1]);
        Assert.Equal("2,2026-11-23T10:00:00.000Z,web,test,e2,carmen,\"Lunch, and more\",,,,,,,,", lines[2]);
    }

    private static async Task<Form> BudgetFormAsync(TestBot bot) =>
        CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "rewards")), "reward.budget"));

    private static async Task BudgetAsync(TestBot bot, string amount, string currency = "EUR") =>
        Assert.IsType<PrivateReply>(await bot.SubmitAsync("olivia", await BudgetFormAsync(bot), "save", ("currency", currency), ("amount", amount)));

    private static async Task<Reply> GiveAsync(TestBot bot, string by, string to, string what, string amount, bool listed = true)
    {
        var form = CardReader.Form(await bot.PressAsync(by, CardReader.Card(await bot.CommandAsync(by, "rewards")), "reward.give"));
        var id = await IdAsync(bot, to);
        Assert.Equal(listed, CardReader.Elements(form.Card).OfType<InputChoiceSet>().Single(c => c.Id == "person").Choices.Any(c => c.Value == id));
        var free = amount.Length == 0 ? new[] { ("budget", "none") } : [];
        return await bot.SubmitAsync(by, form, "give", [("person", id), ("what", what), ("amount", amount), .. free]);
    }

    private static async Task<string> IdAsync(TestBot bot, string person) =>
        $"{await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == person).Select(p => p.Id).SingleAsync())}";
}
