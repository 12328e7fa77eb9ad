using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Tests.Digests;

public sealed class DigestQueryTests
{
    private static readonly DigestPeriod LastWeek = DigestWeek.Period("Etc/UTC", new LocalDate(2026, 11, 16), Instant.FromDateTimeOffset(DigestWorld.Monday.AddHours(9)));

    [Fact]
    public async Task The_numbers_agree_with_a_slow_and_obvious_count_on_any_history()
    {
        await using var world = await DigestWorld.CreateAsync();
        AgreesOnAnyHistory(world, histories: 150);
    }

    [Fact]
    public async Task A_person_who_shares_reacts_and_suggests_counts_once_in_the_rate_and_once_in_each()
    {
        await using var world = await DigestWorld.CreateAsync();
        var channel = await world.AddAsync(world.NewChannel());
        var people = await world.AddMembersAsync(channel, 8);
        var prompt = await world.AddCampaignAsync(channel, "News", DigestWorld.Monday.AddDays(-5));
        var at = DigestWorld.Monday.AddDays(-3);
        await world.ChangeAsync(db =>
        {
            db.AddRange(
                world.Event(prompt, people[0], LedgerKind.Opened, at),
                world.Event(prompt, people[0], LedgerKind.Said, at),
                world.Event(prompt, people[0], LedgerKind.Reacted, at),
                world.Event(prompt, people[0], LedgerKind.Suggested, at),
                world.Event(prompt, people[1], LedgerKind.Reacted, at),
                world.Event(prompt, people[2], LedgerKind.Declined, at));
            return Task.CompletedTask;
        });

        var numbers = await ReadAsync(world, channel);

        Assert.Equal(new DigestRate(2, 8), numbers.Rate);
        Assert.Equal((1, 2, 1), (numbers.Sharers, numbers.Reactors, numbers.Suggesters));
        Assert.Equal((new DigestRung(1, 1), new DigestRung(1, 1), DigestRung.None), (numbers.Opened, numbers.Said, numbers.Posted));
        Assert.Equal([new CampaignResult(prompt.CampaignId, "News", 2, 0) { Sharers = 1 }], numbers.BestCampaigns);
    }

    [Fact]
    public async Task A_withdrawal_lowers_the_week_it_counted_in_even_when_it_comes_a_week_later()
    {
        await using var world = await DigestWorld.CreateAsync();
        var channel = await world.AddAsync(world.NewChannel());
        var people = await world.AddMembersAsync(channel, 5);
        var prompt = await world.AddCampaignAsync(channel, "News", DigestWorld.Monday.AddDays(-13));
        var lastWeek = DigestWorld.Monday.AddDays(-3);
        var weekBefore = DigestWorld.Monday.AddDays(-10);
        await world.ChangeAsync(db =>
        {
            db.AddRange(
                world.Event(prompt, people[0], LedgerKind.Said, lastWeek),
                world.Event(prompt, people[1], LedgerKind.Said, weekBefore),
                world.Event(prompt, people[2], LedgerKind.Said, weekBefore),
                world.Event(prompt, people[2], LedgerKind.Said, weekBefore, amount: -1));
            return Task.CompletedTask;
        });

        var numbers = await ReadAsync(world, channel);

        Assert.Equal((new DigestRate(1, 5), new DigestRate(1, 5)), (numbers.Rate, numbers.RateBefore));
    }

    [Fact]
    public async Task Only_people_who_were_there_while_a_campaign_was_live_could_see_it()
    {
        await using var world = await DigestWorld.CreateAsync();
        var channel = await world.AddAsync(world.NewChannel());
        await world.AddMembersAsync(channel, 5);
        var (live, ended) = (DigestWorld.Monday.AddDays(-6), DigestWorld.Monday.AddDays(-4));
        await world.AddCampaignAsync(channel, "News", live, ended);
        await world.AddMembersAsync(channel, 1, joinedAt: ended);
        var leftBefore = world.NewPerson("Left");
        var notReachable = world.NewPerson("Robot", p => p.Reachable = false);
        await world.ChangeAsync(async db =>
        {
            db.AddRange(leftBefore, notReachable);
            await db.SaveChangesAsync();
            db.AddRange(
                new Membership { ConversationId = channel.Id, PersonId = leftBefore.Id, JoinedAt = DigestWorld.Monday.AddDays(-60), LeftAt = live },
                new Membership { ConversationId = channel.Id, PersonId = notReachable.Id, JoinedAt = DigestWorld.Monday.AddDays(-60) });
        });

        Assert.Equal(new DigestRate(0, 5), (await ReadAsync(world, channel)).Rate);
    }

    [Fact]
    public async Task Without_a_live_campaign_there_is_no_rate_but_there_is_what_came_in_late()
    {
        await using var world = await DigestWorld.CreateAsync();
        var channel = await world.AddAsync(world.NewChannel());
        var people = await world.AddMembersAsync(channel, 6);
        var prompt = await world.AddCampaignAsync(channel, "Old", DigestWorld.Monday.AddDays(-30), DigestWorld.Monday.AddDays(-20));
        await world.AddAsync(world.Event(prompt, people[0], LedgerKind.Posted, DigestWorld.Monday.AddDays(-1)));

        var numbers = await ReadAsync(world, channel);

        Assert.Null(numbers.Rate);
        Assert.Equal((1, 6, false), (numbers.Acted, numbers.GroupSize, numbers.FirstWeek));
    }

    [Fact]
    public async Task The_busy_tables_are_read_through_their_indexes()
    {
        await using var world = await DigestWorld.CreateAsync();
        await using var connection = await world.Database.OpenAsync(CancellationToken.None);

        foreach (var sql in new[] { DigestSql.Events, DigestSql.Visits, DigestSql.Fetches, DigestSql.Stays, DigestSql.Prompts, DigestSql.HadPromptBefore })
        {
            var plan = new List<string>();
            await using var command = DigestSql.Command(connection, "EXPLAIN QUERY PLAN " + DigestSql.WantedSqlite + sql, "[]", 0L);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                plan.Add(reader.GetString(3));
            }

            Assert.DoesNotContain(plan, step => step is "SCAN l" or "SCAN k" or "SCAN m" or "SCAN r" or "SCAN c" or "SCAN p");
            Assert.Contains(plan, step => step.Contains("INDEX", StringComparison.Ordinal));
            if (sql is DigestSql.Events or DigestSql.Visits)
            {
                Assert.Contains(plan, step => step.Contains("COVERING INDEX", StringComparison.Ordinal));
            }
        }
    }

    internal static void AgreesOnAnyHistory(DigestWorld world, int histories)
    {
        var now = DigestWorld.Monday.AddHours(9);
        var running = DigestWeek.Period("Etc/UTC", new LocalDate(2026, 11, 23), Instant.FromDateTimeOffset(DigestWorld.Monday.AddDays(2)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(histories), Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            async seed =>
            {
                var (rows, channels) = await DigestHistory.WriteAsync(world, seed);
                DigestScope[] scopes = [new(channels[0], LastWeek), new(channels[1], seed % 2 == 0 ? LastWeek : running)];

                var numbers = await world.Query.ReadAllAsync(scopes, now, CancellationToken.None);

                Assert.Equivalent(rows.Read(scopes[0], now), numbers[0], strict: true);
                Assert.Equivalent(rows.Read(scopes[1], now), numbers[1], strict: true);
                Assert.Equivalent(numbers[1], await world.Query.ReadAsync(scopes[1], now, CancellationToken.None), strict: true);
                Assert.True(numbers[0].Rate is null || numbers[0].Rate!.Share is >= 0 and <= 1);
            }));
    }

    private static Task<DigestNumbers> ReadAsync(DigestWorld world, Conversation channel) =>
        world.Query.ReadAsync(new DigestScope(channel.Id, LastWeek), world.Clock.GetUtcNow(), CancellationToken.None);
}
