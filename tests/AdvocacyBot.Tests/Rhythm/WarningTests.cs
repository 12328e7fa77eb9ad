using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Rhythm;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Rhythm;

/// <summary>What comms are told about the programme's rhythm. The clock starts on Monday, 23 November 2026, 10:00 in London.</summary>
[BothDatabases]
public sealed class WarningTests
{
    [Fact]
    public async Task When_nothing_is_planned_comms_hear_of_it_once_a_week()
    {
        await using var bot = await TestBot.StartAsync();
        Assert.Equal(0, await PlanAsync(bot));
        await bot.PublishAsync("Good one");
        await bot.SuggestAsync("e1", "https://example.com/idea");
        await bot.SendOutboxAsync();

        Assert.Equal(2, await PlanAsync(bot));
        Assert.Equal(0, await PlanAsync(bot));
        await bot.SendOutboxAsync();
        var note = bot.NotesTo("carmen")[^1];
        Assert.Contains("No campaign starts in the next 7 days.", CardReader.Text(note), StringComparison.Ordinal);
        Assert.Contains("One suggestion waits", CardReader.Text(note), StringComparison.Ordinal);
        Assert.Contains("idea", CardReader.Text(await bot.PressAsync("carmen", note, "suggestion.queue")), StringComparison.Ordinal);
        CardReader.Form(await bot.PressAsync("carmen", note, RhythmRoutes.Compose));
        Assert.Equal("he", bot.NotesTo("dana")[^1].Lang);

        bot.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await PlanAsync(bot));
        bot.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        Assert.Equal(2, await PlanAsync(bot));
        Assert.Empty(bot.NotesTo("e1"));
    }

    [Fact]
    public async Task Something_planned_a_recurrence_or_a_stop_is_no_reason_to_warn()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Tip");
        await CalendarTests.ScheduleAsync(bot, "Soon", "2026-11-28", "09:00");
        Assert.Equal(0, await PlanAsync(bot));
        bot.Clock.Advance(TimeSpan.FromDays(7));
        await bot.SendOutboxAsync();
        await RecurrenceJourneyTests.RepeatAsync(bot, ("day", "Friday"));
        Assert.Equal(0, await PlanAsync(bot));
    }

    [Theory]
    [InlineData(-4, false)]
    [InlineData(8, false)]
    [InlineData(24 * 5, false)]
    [InlineData(24 * 7, true)]
    public async Task Only_in_working_hours(int hours, bool told)
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Tip");
        bot.Clock.Advance(TimeSpan.FromHours(hours < 0 ? 24 + hours : hours));
        Assert.Equal(told, await PlanAsync(bot) > 0);
    }

    [Fact]
    public async Task Too_many_in_a_channel_come_with_a_move_that_a_button_makes()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("One");
        await bot.PublishAsync("Two");
        await bot.PublishAsync("Three");
        await CalendarTests.ScheduleAsync(bot, "Four", "2026-11-26", "11:00");

        Assert.Equal(2, await PlanAsync(bot));
        await bot.SendOutboxAsync();
        var note = bot.NotesTo("carmen")[^1];
        Assert.Contains("general: 4 campaigns within seven days from Mon 23 Nov.", CardReader.Text(note), StringComparison.Ordinal);
        Assert.Contains("“Four” could start on Mon 30 Nov instead.", CardReader.Text(note), StringComparison.Ordinal);
        var moved = CardReader.Text(await bot.PressAsync("carmen", note, RhythmRoutes.Move));

        Assert.Contains("moved to Mon 30 Nov", moved, StringComparison.Ordinal);
        Assert.Equal("2026-11-30T11:00", await bot.QueryAsync(db => db.Campaigns.Where(c => c.Title == "Four").Select(c => c.LocalStart).SingleAsync()));
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 11, 0, 0, TimeSpan.Zero), await bot.QueryAsync(db => db.Deliveries.Where(d => d.State == DeliveryState.Pending).Select(d => d.NotBefore).SingleAsync()));
        bot.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("Four", CardReader.Text(await bot.PressAsync("dana", bot.NotesTo("dana")[^1], RhythmRoutes.Move)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_seen_to_before_the_note_is_sent_is_not_said()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Tip");
        Assert.Equal(2, await PlanAsync(bot));
        await CalendarTests.ScheduleAsync(bot, "Soon", "2026-11-26", "11:00");
        await bot.SendOutboxAsync();

        Assert.Empty(bot.NotesTo("carmen"));
    }

    [Fact]
    public async Task Three_weeks_of_falling_participation_are_told_with_the_best_campaign_to_use_again()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Long one");
        var channel = await bot.QueryAsync(db => db.Prompts.Select(p => p.ConversationId).FirstAsync());

        // From Tuesday on a week each: 4, 3, 2, then 1 of those who can see it act.
        for (var week = 0; week < 4; week++)
        {
            await ActAsync(bot, channel, TestData.Now.AddDays(2 + 7 * week), 4 - week);
        }

        bot.Clock.Advance(TimeSpan.FromDays(28));
        await CalendarTests.ScheduleAsync(bot, "Soon", "2026-12-23", "11:00");
        Assert.Equal(2, await PlanAsync(bot));
        await bot.SendOutboxAsync();
        var note = bot.NotesTo("carmen")[^1];

        Assert.Contains("general: 33% → 25% → 17% → 8%", CardReader.Text(note), StringComparison.Ordinal);
        Assert.Equal("Long one", CardReader.Inputs(CardReader.Form(await bot.PressAsync("carmen", note, "campaign.duplicate")).Card)["title"]);
        Assert.Contains("\u2066", CardReader.Text(bot.NotesTo("dana")[^1]), StringComparison.Ordinal);
    }

    private static Task<int> PlanAsync(TestBot bot) => bot.ScopedAsync((PlanWarnings plan) => plan.RunAsync(CancellationToken.None));

    private static Task<int> ActAsync(TestBot bot, long channel, DateTimeOffset at, int people) => bot.QueryAsync(async db =>
    {
        var campaign = await db.Campaigns.Select(c => c.Id).FirstAsync();
        string[] colleagues = ["e1", "e2", "e3", "e4"];
        var ids = await db.People.Where(p => colleagues.Contains(p.ExternalId)).OrderBy(p => p.Id).Select(p => p.Id).Take(people).ToListAsync();
        db.Ledger.AddRange(ids.Select(id => new LedgerEvent
        {
            Key = $"test:{at.ToUnixTimeSeconds()}:{id}",
            WorkspaceId = 1,
            ConversationId = channel,
            CampaignId = campaign,
            PersonId = id,
            Kind = LedgerKind.Said,
            Amount = 1,
            At = at,
            RecordedAt = at,
        }));
        return await db.SaveChangesAsync();
    });
}
