using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>Plans the digests that are due and ends what has ended. Holds no state: the database remembers, so a missed minute costs nothing.</summary>
[DisallowConcurrentExecution]
internal sealed class ClockJob(PlanDigests digests, AdvanceCampaigns campaigns, AdvocacyDb db, DeliverySignal signal) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await campaigns.RunAsync(cancellationToken);
        await digests.RunAsync(cancellationToken);
        foreach (var workspace in await db.Deliveries.Where(d => d.State == DeliveryState.Pending).Select(d => d.WorkspaceId).Distinct().ToListAsync(cancellationToken))
        {
            signal.Raise(workspace);
        }
    }
}

/// <summary>Sends one workspace's outbox; Quartz keeps it from running twice at once.</summary>
[DisallowConcurrentExecution]
internal sealed class SendJob(DeliveryWorker worker) : IJob
{
    public const string WorkspaceId = "workspace";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await worker.RunAsync(context.MergedJobDataMap.GetLong(WorkspaceId), cancellationToken);
}

/// <summary>Forgets what only had to be remembered for a while.</summary>
[DisallowConcurrentExecution]
internal sealed class TidyJob(Database database, AdvocacyDb db, TimeProvider clock) : IJob
{
    /// <summary>Platforms repeat an interaction within hours at most.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var old = now - Remembered;
        using var write = await database.EnterWriteAsync(cancellationToken);
        await db.SeenInteractions.Where(s => s.At < old).ExecuteDeleteAsync(cancellationToken);
        await db.DialogStates.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }
}
