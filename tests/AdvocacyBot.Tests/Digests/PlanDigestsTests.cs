using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Digests;

public sealed class PlanDigestsTests
{
    [Fact]
    public async Task A_due_digest_is_written_once_however_often_the_job_runs()
    {
        await using var world = await DigestWorld.CreateAsync();
        var channel = await world.AddAsync(world.NewChannel());
        var signalled = new List<long>();
        world.Signal.Listen(signalled.Add);

        var first = await world.Plan.RunAsync(CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromHours(1));
        var second = await world.Plan.RunAsync(CancellationToken.None);

        var delivery = Assert.Single(await world.DeliveriesAsync());
        Assert.Equal((1, 0), (first.ToSend, second.ToSend));
        Assert.Equal(
            (DeliveryKind.Digest, $"digest:{channel.Id}:2026-W48", "2026-11-16", DeliveryState.Pending, world.Workspace.Id, channel.Id),
            (delivery.Kind, delivery.Key, delivery.Period, delivery.State, delivery.WorkspaceId, delivery.ConversationId));
        Assert.NotEqual(Guid.Empty, delivery.PublicId);
        Assert.Equal([world.Workspace.Id], signalled);
    }

    [Fact]
    public async Task A_digest_older_than_three_days_is_written_as_skipped_so_that_it_is_seen()
    {
        await using var world = await DigestWorld.CreateAsync();
        await world.AddAsync(world.NewChannel());
        world.MoveTo(DigestWorld.Monday.AddHours(9).AddDays(3).AddMilliseconds(1));
        var signalled = new List<long>();
        world.Signal.Listen(signalled.Add);

        var plan = await world.Plan.RunAsync(CancellationToken.None);

        var delivery = Assert.Single(await world.DeliveriesAsync());
        Assert.Equal((0, 1), (plan.ToSend, plan.TooLate));
        Assert.Equal((DeliveryState.Skipped, "too_late"), (delivery.State, delivery.Reason));
        Assert.Empty(signalled);
    }

    [Fact]
    public async Task A_skipped_week_is_sent_after_all_when_its_day_is_moved_ahead()
    {
        await using var world = await DigestWorld.CreateAsync();
        await SkippedWeekIsSentAfterAllAsync(world);
    }

    [Fact]
    public async Task A_digest_skipped_when_it_was_to_be_sent_is_not_written_again()
    {
        await using var world = await DigestWorld.CreateAsync();
        await world.AddAsync(world.NewChannel());
        await world.Plan.RunAsync(CancellationToken.None);
        await world.ChangeAsync(async db =>
        {
            var delivery = await db.Deliveries.SingleAsync();
            (delivery.State, delivery.Reason) = (DeliveryState.Skipped, "digest_off");
        });

        var plan = await world.Plan.RunAsync(CancellationToken.None);

        Assert.Equal(0, plan.ToSend);
        Assert.Equal(DeliveryState.Skipped, Assert.Single(await world.DeliveriesAsync()).State);
    }

    [Fact]
    public async Task Channels_that_want_none_get_none()
    {
        await using var world = await DigestWorld.CreateAsync();
        await world.AddAsync(world.NewChannel(c => c.DigestOn = false));
        await world.AddAsync(world.NewChannel(c => c.RemovedAt = DigestWorld.Monday));
        await world.AddAsync(world.NewChannel(kind: ConversationKind.Personal));
        await world.AddAsync(world.NewChannel(createdAt: DigestWorld.Monday.AddHours(9).AddSeconds(1)));
        var groupChat = await world.AddAsync(world.NewChannel(kind: ConversationKind.GroupChat));

        await world.Plan.RunAsync(CancellationToken.None);

        Assert.Equal(groupChat.Id, Assert.Single(await world.DeliveriesAsync()).ConversationId);
    }

    [Fact]
    public async Task A_removed_workspace_gets_none()
    {
        await using var world = await DigestWorld.CreateAsync();
        await world.AddAsync(world.NewChannel());
        await world.ChangeAsync(async db => (await db.Workspaces.SingleAsync()).RemovedAt = DigestWorld.Monday);

        await world.Plan.RunAsync(CancellationToken.None);

        Assert.Empty(await world.DeliveriesAsync());
    }

    [Fact]
    public async Task Every_channel_goes_by_its_own_zone_or_else_the_workspaces()
    {
        await using var world = await DigestWorld.CreateAsync();
        var newYork = await world.AddAsync(world.NewChannel(c => c.TimeZone = "America/New_York"));
        var london = await world.AddAsync(world.NewChannel(c => c.TimeZone = "Europe/London"));
        var jerusalem = await world.AddAsync(world.NewChannel(c => c.TimeZone = "Asia/Jerusalem"));

        await world.Plan.RunAsync(CancellationToken.None);

        var keys = (await world.DeliveriesAsync()).ConvertAll(d => (d.ConversationId, d.Key, d.State));
        Assert.Contains((newYork.Id, $"digest:{newYork.Id}:2026-W47", DeliveryState.Skipped), keys);
        Assert.Contains((london.Id, $"digest:{london.Id}:2026-W48", DeliveryState.Pending), keys);
        Assert.Contains((jerusalem.Id, $"digest:{jerusalem.Id}:2026-W47", DeliveryState.Pending), keys);
    }

    [Fact]
    public async Task An_unknown_zone_is_reported_and_stops_nobody()
    {
        await using var world = await DigestWorld.CreateAsync();
        var odd = await world.AddAsync(world.NewChannel(c => c.TimeZone = "Mars/Olympus"));
        await world.AddAsync(world.NewChannel());

        var plan = await world.Plan.RunAsync(CancellationToken.None);

        Assert.Equal([odd.Id], plan.UnknownZones);
        Assert.Equal(2, plan.ToSend);
    }

    [Fact]
    public async Task Two_thousand_channels_are_planned_and_each_workspace_is_signalled_once()
    {
        await using var world = await DigestWorld.CreateAsync();
        await world.ChangeAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, 2_000).Select(_ => world.NewChannel()));
            return Task.CompletedTask;
        });
        var signalled = new List<long>();
        world.Signal.Listen(signalled.Add);

        var plan = await world.Plan.RunAsync(CancellationToken.None);

        Assert.Equal(2_000, plan.ToSend);
        Assert.Equal(2_000, (await world.DeliveriesAsync()).Select(d => d.PublicId).Distinct().Count());
        Assert.Single(signalled);
    }

    [Fact]
    public async Task Hosts_that_plan_at_the_same_time_write_one_digest_together()
    {
        await using var world = await DigestWorld.CreateAsync();
        await world.ChangeAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, 50).Select(_ => world.NewChannel()));
            return Task.CompletedTask;
        });

        var plans = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.Plan.RunAsync(CancellationToken.None))));

        Assert.Equal(50, plans.Sum(p => p.ToSend));
        Assert.Equal(50, (await world.DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task What_is_planned_reads_back_through_the_model()
    {
        await using var world = await DigestWorld.CreateAsync();
        await world.AddAsync(world.NewChannel());
        await world.Plan.RunAsync(CancellationToken.None);
        var id = Assert.Single(await world.DeliveriesAsync()).PublicId;

        await using var db = world.CreateDbContext();

        Assert.NotNull(await db.Deliveries.SingleOrDefaultAsync(d => d.PublicId == id && d.NotBefore <= world.Clock.GetUtcNow()));
    }

    internal static async Task SkippedWeekIsSentAfterAllAsync(DigestWorld world)
    {
        var channel = await world.AddAsync(world.NewChannel());
        world.MoveTo(DigestWorld.Monday.AddDays(5));
        await world.Plan.RunAsync(CancellationToken.None);
        var before = Assert.Single(await world.DeliveriesAsync());

        await world.ChangeAsync(async db => (await db.Conversations.SingleAsync(c => c.Id == channel.Id)).DigestDay = DayOfWeek.Sunday);
        await world.Plan.RunAsync(CancellationToken.None);
        world.MoveTo(DigestWorld.Monday.AddDays(6).AddHours(10));
        var plan = await world.Plan.RunAsync(CancellationToken.None);
        await world.Plan.RunAsync(CancellationToken.None);

        var after = Assert.Single(await world.DeliveriesAsync());
        Assert.Equal(1, plan.ToSend);
        Assert.Equal((before.Id, before.Key, DeliveryState.Pending, null, "2026-11-22"), (after.Id, after.Key, after.State, after.Reason, after.Period));
    }
}
