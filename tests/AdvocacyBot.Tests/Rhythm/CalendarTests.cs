using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Rhythm;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Rhythm;

/// <summary>The calendar in both languages. The clock starts on Monday, 23 November 2026, 10:00 in London.</summary>
[BothDatabases]
public sealed class CalendarTests
{
    [Fact]
    public async Task It_shows_what_was_is_and_will_be_week_by_week()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Now");
        await RecurrenceJourneyTests.RepeatAsync(bot, ("day", "Wednesday"), ("time", "08:15"));
        await ScheduleAsync(bot, "Soon", "2026-12-03", "14:00");
        bot.Clock.Advance(TimeSpan.FromDays(7));

        var card = CardReader.Card(await bot.CommandAsync("carmen", "campaigns calendar"));

        Assert.Equal(
            """
            Campaign calendar
            Times are by each channel’s clock.
            Last week: 23 Nov – 29 Nov
            Mon 23 Nov, 10:00 · Now
            Running · general
            This week: 30 Nov – 6 Dec
            Wed 2 Dec, 08:15 · Now
            Recurring, planned · general
            Thu 3 Dec, 14:00 · Soon
            Scheduled · general
            Next week: 7 Dec – 13 Dec
            Wed 9 Dec, 08:15 · Now
            Recurring, planned · general
            14 Dec – 20 Dec
            Wed 16 Dec, 08:15 · Now
            Recurring, planned · general
            21 Dec – 27 Dec
            Wed 23 Dec, 08:15 · Now
            Recurring, planned · general
            Programme budget for rewards
            None for these weeks. An owner sets one with /advocate rewards.
            """,
            CardReader.Text(card));
        var later = CardReader.Card(await bot.PressAsync("carmen", card, RhythmRoutes.List));
        Assert.Contains("every week, Wednesday, 08:15", CardReader.Text(later), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("carmen", TestBot.General, "Programme budget for rewards", "EUR, December 1, 2026 to December 31, 2026", "479.50 EUR of 500.00 EUR left; 20.50 EUR spent on 1 reward", "Spent on one reward: 20.50 EUR")]
    [InlineData("dana", TestBot.Hebrew, "תקציב התוכנית לתגמולים", "EUR", "נותרו 479.50 EUR מתוך 500.00 EUR; 20.50 EUR הוצאו על תגמול אחד", "הוצא על תגמול אחד: 20.50 EUR")]
    public async Task It_shows_the_budget_that_runs_in_its_weeks_and_what_each_week_cost(string person, string channel, string title, string budget, string left, string week)
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Now");
        await bot.QueryAsync(async db =>
        {
            var workspace = await db.Workspaces.Select(w => w.Id).SingleAsync();
            var running = new RewardBudget { WorkspaceId = workspace, Currency = "EUR", FirstDay = "2026-12-01", LastDay = "2026-12-31", Amount = 50_000 };
            db.AddRange(running, new RewardBudget { WorkspaceId = workspace, Currency = "GBP", FirstDay = "2027-06-01", LastDay = "2027-06-30", Amount = 700 });
            await db.SaveChangesAsync();
            db.AddRange(
                new Reward { WorkspaceId = workspace, BudgetId = running.Id, What = "a book", Currency = "EUR", Amount = 2_050, GivenAt = new DateTimeOffset(2026, 12, 2, 9, 0, 0, TimeSpan.Zero) },
                new Reward { WorkspaceId = workspace, BudgetId = running.Id, What = "a mistake", Currency = "EUR", Amount = 900, GivenAt = new DateTimeOffset(2026, 12, 2, 9, 0, 0, TimeSpan.Zero), ReversedAt = bot.Clock.GetUtcNow() });
            return await db.SaveChangesAsync();
        });

        var lines = CardReader.Text(await bot.CommandAsync(person, "campaigns calendar", channel)).Replace("\u2066", "", StringComparison.Ordinal).Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal).Split('\n');

        var at = Array.IndexOf(lines, title);
        Assert.StartsWith(budget, lines[at + 1], StringComparison.Ordinal);
        Assert.Equal(left, lines[at + 2]);
        Assert.Single(lines, line => line == week);
        Assert.DoesNotContain(lines, line => line.Contains("GBP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_Hebrew_weeks_begin_on_Sunday_and_the_card_reads_from_the_right()
    {
        await using var bot = await TestBot.StartAsync();
        await ScheduleAsync(bot, "Soon", "2026-11-29", "14:00");

        var card = CardReader.Card(await bot.CommandAsync("dana", "campaigns calendar", TestBot.Hebrew));

        Assert.True(card.Rtl);
        var lines = CardReader.Text(card).Split('\n');
        Assert.Contains("יומן הקמפיינים", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("השבוע הבא: 29 ", lines.Single(line => line.StartsWith("השבוע הבא", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_back_and_forth()
    {
        await using var bot = await TestBot.StartAsync();
        await ScheduleAsync(bot, "Far", "2027-01-13", "09:00");
        var card = CardReader.Card(await bot.CommandAsync("carmen", "campaigns calendar"));
        Assert.DoesNotContain("Far", CardReader.Text(card), StringComparison.Ordinal);

        card = CardReader.Card(await bot.PressAsync("carmen", card, RhythmRoutes.Page));
        Assert.StartsWith("12 Oct", CardReader.Text(card).Split('\n')[2], StringComparison.Ordinal);
        Assert.Contains("Far", CardReader.Text(await bot.CommandAsync("carmen", "campaigns calendar 6")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_button_begins_a_campaign()
    {
        await using var bot = await TestBot.StartAsync();
        CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "campaigns calendar")), RhythmRoutes.Compose));
    }

    internal static async Task ScheduleAsync(TestBot bot, string title, string date, string time)
    {
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/" + title), ("title", title)));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "Text")));
        var preview = CardReader.Form(await bot.SubmitAsync("carmen", schedule, "next", ("startDate", date), ("startTime", time)));
        await bot.SubmitAsync("carmen", preview, "publish");
    }
}
