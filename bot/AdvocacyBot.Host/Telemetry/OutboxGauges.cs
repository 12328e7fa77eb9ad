using System.Diagnostics.Metrics;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.Telemetry;

/// <summary>How much waits in the outbox, for how long, and how much of it nobody knows: read now and then, so that a collector's question costs no query.</summary>
internal sealed partial class OutboxGauges(
    IDbContextFactory<AdvocacyDb> contexts, IOptions<TelemetryOptions> options, TimeProvider clock, ILogger<OutboxGauges> logger) : BackgroundService
{
    private readonly Meter meter = new(BotTelemetry.Name);
    private Reading last = new(0, 0, 0, 0);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        meter.CreateObservableGauge("advocacybot.outbox.due", () => last.Due, "{delivery}", "Deliveries that could be sent now and wait.");
        meter.CreateObservableGauge("advocacybot.outbox.age", () => last.Age, "s", "How long the oldest of those has waited.");
        meter.CreateObservableGauge("advocacybot.outbox.sending", () => last.Sending, "{delivery}", "Deliveries on their way, or in doubt after a crash.");
        meter.CreateObservableGauge("advocacybot.outbox.unknown", () => last.Unknown, "{delivery}", "Deliveries of which nobody knows whether they arrived.");
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
        {
            try
            {
                last = await ReadAsync(stoppingToken);
            }
            catch (System.Data.Common.DbException e)
            {
                Log.NotRead(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Reading> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.Deliveries
            .Where(d => (d.State == DeliveryState.Pending && d.NotBefore <= now) || d.State == DeliveryState.Sending || d.State == DeliveryState.Unknown)
            .GroupBy(d => d.State)
            .Select(group => new { State = group.Key, Count = group.LongCount(), Oldest = group.Min(d => d.NotBefore) })
            .ToListAsync(cancellationToken);
        var due = open.Find(o => o.State == DeliveryState.Pending);
        return new Reading(due?.Count ?? 0, due is null ? 0 : (now - due.Oldest).TotalSeconds, Count(DeliveryState.Sending), Count(DeliveryState.Unknown));

        long Count(DeliveryState state) => open.Find(o => o.State == state)?.Count ?? 0;
    }

    private sealed record Reading(long Due, double Age, long Sending, long Unknown);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The outbox could not be measured")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
