using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Host.Scheduling;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Web.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace AdvocacyBot.Tests.Host.InProcess;

/// <summary>The scheduler on a clock that the test moves: Quartz takes the container's.</summary>
public sealed class ScheduleTests
{
    // Sunday 22 November 2026; Jerusalem is two hours ahead.
    private static readonly DateTimeOffset SundayBeforeNine = new(2026, 11, 22, 6, 55, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_channel_gets_its_digest_by_its_own_clock_once_whatever_is_restarted()
    {
        using var folder = new HostFolder();
        var clock = new ManualTimeProvider(SundayBeforeNine);
        await using (var host = LiveHost.Start(folder, clock))
        {
            await FirstLookAsync(host);
            Assert.Empty(await DigestsAsync(folder));
            clock.Advance(TimeSpan.FromMinutes(10));
            await AwaitDigestAsync(host, "hadashot");
        }

        clock.Advance(TimeSpan.FromHours(1));
        await using (var host = LiveHost.Start(folder, clock))
        {
            await FirstLookAsync(host);
            Assert.Equal(["hadashot"], await DigestsAsync(folder));
            clock.Advance(new DateTimeOffset(2026, 11, 23, 9, 5, 0, TimeSpan.Zero) - clock.GetUtcNow());
            await AwaitDigestAsync(host, "general");
        }

        await using (var host = LiveHost.Start(folder, clock))
        {
            await FirstLookAsync(host);
            Assert.Equal(["general", "hadashot"], await DigestsAsync(folder));

            // 09:00 in New York.
            clock.Advance(new DateTimeOffset(2026, 11, 23, 14, 1, 0, TimeSpan.Zero) - clock.GetUtcNow());
            await AwaitDigestAsync(host, "product-news");
            Assert.Equal(["general", "hadashot", "product-news"], await DigestsAsync(folder));
        }
    }

    [Fact]
    public async Task A_thousand_signals_ask_for_one_run()
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        await FirstLookAsync(host);
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Standby();
        var signal = host.Services.GetRequiredService<DeliverySignal>();

        for (var i = 0; i < 1000; i++)
        {
            signal.Raise(1);
        }

        var waiting = await Eventually.SeeAsync(() => scheduler.GetTriggersOfJob(new JobKey("send-1")).AsTask(), triggers => triggers.Count > 0, "a run of the sending job");
        Assert.Single(waiting);
    }

    [Fact]
    public void A_run_that_has_begun_does_not_cover_what_is_asked_later()
    {
        var requests = new SendRequests();

        Assert.True(requests.Ask(1));
        Assert.False(requests.Ask(1));
        Assert.True(requests.Ask(2));
        requests.Take(1);

        Assert.True(requests.Ask(1));
        Assert.False(requests.Ask(2));
    }

    [Fact]
    public async Task A_step_that_fails_does_not_keep_the_others_from_their_turn()
    {
        using var folder = new HostFolder();
        var clock = new ManualTimeProvider(SundayBeforeNine);
        await using var host = LiveHost.Start(folder, clock);
        await FirstLookAsync(host);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync($"ALTER TABLE campaigns RENAME TO campaigns_lost");
        await using var scope = host.Services.CreateAsyncScope();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => scope.ServiceProvider.GetRequiredService<AdvanceCampaigns>().RunAsync(CancellationToken.None));

        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(["hadashot"], await Eventually.SeeAsync(() => DigestsAsync(folder, planned: true), planned => planned.Count > 0, "a planned digest"));
    }

    /// <summary>The clock job has run once: what was due before has been planned, and what waits has been signalled.</summary>
    private static async Task FirstLookAsync(LiveHost host)
    {
        using var http = host.Http();
        await Eventually.SeeAsync(
            async () =>
            {
                using var response = await http.GetAsync("/health/ready");
                return response.IsSuccessStatusCode;
            },
            "readiness");
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await Eventually.SeeAsync(
            async () => (await scheduler.GetMetadata()).JobsExecuted,
            executed => executed >= 2,
            "two jobs");
    }

    private static async Task AwaitDigestAsync(LiveHost host, string channel)
    {
        using var http = host.Http();
        await new ChatPerson(http, "olivia").AwaitMessageAsync(message => message.Channel == channel && IsPosted(message));
    }

    private static bool IsPosted(MessageView message) => message is { Private: false, Author: null, Card: not null };

    private static Task<List<string>> DigestsAsync(HostFolder folder, bool planned = false) => folder.QueryAsync(db =>
        (from d in db.Deliveries
         join c in db.Conversations on d.ConversationId equals c.Id
         where d.Kind == DeliveryKind.Digest && (planned || d.State == DeliveryState.Sent || d.State == DeliveryState.Sending)
         orderby c.ExternalId
         select c.ExternalId).ToListAsync());
}
