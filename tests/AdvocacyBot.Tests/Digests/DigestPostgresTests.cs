using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Digests;

/// <summary>The statements of the digest on the other database.</summary>
[Collection(PostgresCollection.Name)]
public sealed class DigestPostgresTests(PostgresFixture postgres)
{
    [PostgresFact]
    public async Task The_numbers_agree_with_a_slow_and_obvious_count_on_any_history()
    {
        await using var world = await DigestWorld.CreateAsync(await postgres.CreateDatabaseAsync());
        DigestQueryTests.AgreesOnAnyHistory(world, histories: 40);
    }

    [PostgresFact]
    public async Task Hosts_that_plan_at_the_same_time_write_one_digest_together()
    {
        await using var world = await DigestWorld.CreateAsync(await postgres.CreateDatabaseAsync());
        await world.ChangeAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, 200).Select(_ => world.NewChannel()));
            return Task.CompletedTask;
        });

        var plans = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => world.Plan.RunAsync(CancellationToken.None))));

        Assert.Equal(200, plans.Sum(p => p.ToSend));
        Assert.Equal(200, (await world.DeliveriesAsync()).Count);
    }

    [PostgresFact]
    public async Task A_skipped_week_is_sent_after_all_when_its_day_is_moved_ahead()
    {
        await using var world = await DigestWorld.CreateAsync(await postgres.CreateDatabaseAsync());
        await PlanDigestsTests.SkippedWeekIsSentAfterAllAsync(world);
    }

    [PostgresFact]
    public async Task Posting_now_writes_one_delivery_a_day()
    {
        await using var world = await DigestWorld.CreateAsync(await postgres.CreateDatabaseAsync());
        await DigestDeliveryTests.PostsOnceADayAsync(world, "last", "2026-11-16", "Weekly digest: November 16 to November 22");
        Assert.All(await world.DeliveriesAsync(), delivery => Assert.Equal(DeliveryKind.Digest, delivery.Kind));
    }
}
