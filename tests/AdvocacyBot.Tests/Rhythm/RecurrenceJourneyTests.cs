using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Rhythm;
using AdvocacyBot.Tests.Broadcasts;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Rhythm;

/// <summary>Campaigns that come again. The clock starts on Monday, 23 November 2026, 10:00 in London.</summary>
[BothDatabases]
public sealed class RecurrenceJourneyTests
{
    [Fact]
    public async Task Each_time_it_is_a_campaign_of_its_own_with_fresh_links()
    {
        await using var bot = await TestBot.StartAsync();
        var source = await bot.PublishAsync("Weekly tip");
        await bot.ShareAsync("e1", source);
        await RepeatAsync(bot, ("day", "Wednesday"), ("time", "09:30"));

        // The two days before are the first in which it is there.
        Assert.Equal(1, await MakeAsync(bot));
        Assert.Equal(0, await MakeAsync(bot));
        var first = await bot.QueryAsync(db => db.Campaigns.Include(c => c.Prompts).SingleAsync(c => c.Occurrence == "2026-11-25"));
        Assert.Equal((CampaignState.Scheduled, "2026-11-25T09:30", "2026-12-02T09:30"), (first.State, first.LocalStart, first.LocalEnd));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 9, 30, 0, TimeSpan.Zero), Assert.Single(first.Prompts).StartsAt);

        bot.Clock.Advance(TimeSpan.FromDays(2));
        await bot.SendOutboxAsync();
        await bot.ShareAsync("e1", bot.Sender.Sent[^1].Message.Card);
        var shares = await bot.QueryAsync(db => db.Shares.OrderBy(s => s.Id).ToListAsync());
        Assert.Equal(2, shares.Select(s => s.Code).Distinct().Count());
        Assert.Equal(first.Id, shares[1].CampaignId);
    }

    [Fact]
    public async Task Each_channel_starts_by_its_own_clock_also_when_clocks_change()
    {
        await using var bot = await TestBot.StartAsync();
        var channels = await bot.QueryAsync(db => db.Conversations.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        await bot.PublishAsync("Both", channels: string.Join(',', channels));
        await RepeatAsync(bot, ("day", "Monday"), ("from", "2027-03-22"), ("times", "2"));

        bot.Clock.Advance(new DateTimeOffset(2027, 3, 28, 0, 0, 0, TimeSpan.Zero) - bot.Clock.GetUtcNow());
        await MakeAsync(bot);
        var starts = await bot.QueryAsync(db => db.Prompts.Where(p => db.Campaigns.Any(c => c.Id == p.CampaignId && c.Occurrence == "2027-03-29")).OrderBy(p => p.ConversationId).Select(p => p.StartsAt).ToListAsync());

        // 09:00 is 08:00 UTC in London, summer time since yesterday, and 06:00 UTC in Jerusalem, summer time since Friday.
        Assert.Equal([new DateTimeOffset(2027, 3, 29, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 3, 29, 6, 0, 0, TimeSpan.Zero)], starts);
    }

    [Fact]
    public async Task An_audience_gets_each_one_by_direct_message_as_it_stands_by_then_and_as_each_wants_it()
    {
        await using var bot = await TestBot.StartAsync();
        foreach (var person in Enumerable.Range(1, 6).Select(i => $"e{i}"))
        {
            await bot.ProfileAsync(person, profile => profile.Department = "Sales");
        }

        foreach (var person in new[] { "carmen", "dana", "olivia", "h1", "h2" })
        {
            await bot.ProfileAsync(person, profile => profile.Department = "Research");
        }

        await bot.BroadcastAsync("For sales", people: [("department", "Sales")]);
        Assert.Equal(6, bot.Prompts().Count);
        await RepeatAsync(bot, ("day", "Wednesday"), ("time", "10:30"));
        var calendar = CardReader.Text(await bot.CommandAsync("carmen", "campaigns calendar"));
        Assert.Contains("Recurring, planned · Direct messages", calendar, StringComparison.Ordinal);

        // By Wednesday somebody came to the department, somebody paused, and somebody wants none of it.
        await bot.ProfileAsync("e7", profile => profile.Department = "Sales");
        await bot.PreferAsync("e1", chosen => chosen.PausedUntil = "2027-01-01");
        await bot.PreferAsync("e2", chosen => chosen.PromptsPerWeek = 0);
        Assert.Equal(1, await MakeAsync(bot));
        var made = await bot.QueryAsync(db => db.Campaigns.Include(c => c.Prompts).SingleAsync(c => c.Occurrence == "2026-11-25"));
        Assert.Equal((CampaignState.Scheduled, true), (made.State, Assert.Single(made.Prompts).Direct));
        Assert.Contains("For sales\nScheduled · Direct messages", CardReader.Text(await bot.CommandAsync("carmen", "campaigns calendar")), StringComparison.Ordinal);
        await bot.SendOutboxAsync();
        Assert.Equal(6, bot.Prompts().Count);

        bot.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromHours(1));
        await bot.SendOutboxAsync();

        Assert.Equal(["e3", "e4", "e5", "e6", "e7"], bot.Prompts().Skip(6).Select(prompt => prompt.Message.Recipient!.Id).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(bot.Sender.Sent, sent => sent.Message.Recipient is null && CardReader.Text(sent.Message.Card).Contains("For sales", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_missed_is_passed_over_and_not_made_up_for()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Weekly tip");
        await RepeatAsync(bot, ("day", "Wednesday"));

        bot.Clock.Advance(TimeSpan.FromDays(30));
        await MakeAsync(bot);

        Assert.Equal(["2026-12-23"], await bot.QueryAsync(db => db.Campaigns.Where(c => c.RecurrenceId != null).Select(c => c.Occurrence).ToListAsync()));
    }

    [Fact]
    public async Task It_ends_after_its_times_and_its_day()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Three times");
        await RepeatAsync(bot, ("day", "Wednesday"), ("times", "3"));
        await bot.PublishAsync("Until");
        await RepeatAsync(bot, ("day", "Thursday"), ("until", "2026-12-10"));

        for (var day = 0; day < 25; day++)
        {
            await MakeAsync(bot);
            bot.Clock.Advance(TimeSpan.FromDays(1));
        }

        var made = await bot.QueryAsync(db => db.Campaigns.Where(c => c.RecurrenceId != null).OrderBy(c => c.Id).Select(c => new { c.Title, c.Occurrence }).ToListAsync());
        Assert.Equal(["2026-11-25", "2026-12-02", "2026-12-09"], made.Where(c => c.Title == "Three times").Select(c => c.Occurrence));
        Assert.Equal(["2026-11-26", "2026-12-03", "2026-12-10"], made.Where(c => c.Title == "Until").Select(c => c.Occurrence));
    }

    [Fact]
    public async Task A_day_is_skipped_and_brought_back_and_what_was_made_for_it_is_closed()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Weekly tip");
        var card = await RepeatAsync(bot, ("day", "Wednesday"));
        await MakeAsync(bot);
        card = CardReader.Card(await bot.PressAsync("carmen", card, RhythmRoutes.Skip));
        Assert.Equal(CampaignState.Closed, await bot.QueryAsync(db => db.Campaigns.Where(c => c.Occurrence == "2026-11-25").Select(c => c.State).SingleAsync()));

        // The next button is about the day after, which nothing has been made for.
        card = CardReader.Card(await bot.PressAsync("carmen", card, RhythmRoutes.Skip));
        Assert.Contains("Wed 2 Dec (skipped)", CardReader.Text(card), StringComparison.Ordinal);
        card = CardReader.Card(await bot.PressAsync("carmen", card, RhythmRoutes.Keep));
        Assert.DoesNotContain("Wed 2 Dec (skipped)", CardReader.Text(card), StringComparison.Ordinal);
        await bot.PressAsync("carmen", card, RhythmRoutes.Skip);
        bot.Clock.Advance(TimeSpan.FromDays(9));
        await MakeAsync(bot);

        Assert.Equal(["2026-11-25"], await bot.QueryAsync(db => db.Campaigns.Where(c => c.RecurrenceId != null).Select(c => c.Occurrence).ToListAsync()));
    }

    [Fact]
    public async Task Stopping_closes_what_has_not_started_and_makes_nothing_more()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Weekly tip");
        var card = await RepeatAsync(bot, ("day", "Wednesday"));
        await MakeAsync(bot);

        Assert.Contains("Stopped", CardReader.Text(await bot.PressAsync("carmen", card, RhythmRoutes.Stop)), StringComparison.Ordinal);
        Assert.Contains("any more", CardReader.Text(await bot.PressAsync("carmen", card, RhythmRoutes.Stop)), StringComparison.Ordinal);
        bot.Clock.Advance(TimeSpan.FromDays(20));
        await MakeAsync(bot);

        Assert.Equal(CampaignState.Closed, await bot.QueryAsync(db => db.Campaigns.Where(c => c.RecurrenceId != null).Select(c => c.State).SingleAsync()));
        Assert.Equal(["recurrence.started", "recurrence.stopped"], (await bot.QueryAsync(db => db.Audit.OrderBy(a => a.Id).Select(a => a.Action).ToListAsync())).Where(a => a.StartsWith("recurrence.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Words_that_were_edited_hold_from_the_next_one_on()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Before");
        await RepeatAsync(bot, ("day", "Wednesday"));
        await bot.QueryAsync(db => db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, "After")));
        await MakeAsync(bot);

        Assert.Equal("After", await bot.QueryAsync(db => db.Campaigns.Where(c => c.RecurrenceId != null).Select(c => c.Title).SingleAsync()));
    }

    [Fact]
    public async Task The_form_says_what_cannot_be()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Weekly tip");
        var form = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "campaigns")), RhythmRoutes.Repeat));

        var errors = CardReader.Errors(await bot.SubmitAsync("carmen", form, "save", ("every", "0"), ("from", "2026-11-22"), ("time", "25:00"), ("times", "x")));
        Assert.Equal(["every", "from", "time", "times"], errors.Keys.Order(StringComparer.Ordinal));
        errors = CardReader.Errors(await bot.SubmitAsync("carmen", form, "save", ("day", "Monday"), ("from", "2026-11-24"), ("until", "2026-11-29")));
        Assert.Equal(["until"], errors.Keys);
    }

    /// <summary>Repeats the newest campaign.</summary>
    internal static async Task<AdaptiveCard> RepeatAsync(TestBot bot, params (string Id, string Value)[] changed)
    {
        var form = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "campaigns")), RhythmRoutes.Repeat));
        return CardReader.Card(await bot.SubmitAsync("carmen", form, "save", changed));
    }

    private static Task<int> MakeAsync(TestBot bot) => bot.Services.GetRequiredService<MakeOccurrences>().RunAsync(CancellationToken.None);
}
