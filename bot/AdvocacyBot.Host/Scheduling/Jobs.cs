using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Rhythm;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>
/// Ends campaigns whose end has come, plans the digests that are due, and wakes the sending of what waits. Holds no state: the database remembers, so a
/// missed minute costs nothing, and a step that fails is tried again in the next one without holding up the others.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class ClockJob(
    PlanDigests digests,
    PlanWeeklyNotes weeklyNotes,
    PlanMonthlyNotes monthlyNotes,
    NoteRests rests,
    AdvanceCampaigns campaigns,
    MakeOccurrences occurrences,
    AdvocacyDb db,
    DeliverySignal signal,
    ClockBeat beat,
    TimeProvider clock,
    ILogger<ClockJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        beat.Beat();
        await TryAsync("campaigns", campaigns.RunAsync, cancellationToken);
        await TryAsync("recurring campaigns", occurrences.RunAsync, cancellationToken);
        await TryAsync("digests", digests.RunAsync, cancellationToken);
        await TryAsync("pauses", rests.RunAsync, cancellationToken);
        await TryAsync("weekly notes", weeklyNotes.RunAsync, cancellationToken);
        await TryAsync("monthly notes", monthlyNotes.RunAsync, cancellationToken);
        await TryAsync("outbox", WakeSendersAsync, cancellationToken);
    }

    private async Task<int> WakeSendersAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // What is being sent now is among the second; after a crash, what is in doubt.
        var waiting = await db.Deliveries
            .Where(d => (d.State == DeliveryState.Pending || d.State == DeliveryState.Sending
                || (d.State == DeliveryState.Unknown && d.Reason != null && Settlements.All.Contains(d.Reason))) && d.NotBefore <= now)
            .Select(d => d.WorkspaceId).Distinct().ToListAsync(cancellationToken);
        waiting.ForEach(signal.Raise);
        return waiting.Count;
    }

    private async Task TryAsync<T>(string step, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, step, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The minute's look at the clock failed at the {Step}; it is tried again in a minute")]
        public static partial void Failed(ILogger logger, string step, Exception exception);
    }
}

/// <summary>Sends one workspace's outbox; Quartz keeps it from running twice at once, on several hosts too.</summary>
[DisallowConcurrentExecution]
internal sealed partial class SendJob(DeliveryWorker worker, Settlements settlements, ILogger<SendJob> logger) : IJob
{
    public const string WorkspaceId = "workspace";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var workspace = context.MergedJobDataMap.GetLong(WorkspaceId);
        try
        {
            if ((await worker.PassAsync(workspace, cancellationToken)).Next is { } next)
            {
                await SendJobs.AgainAsync(context.Scheduler, workspace, next, cancellationToken);
            }

            await settlements.RunAsync(workspace, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, workspace, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Sending for workspace {Workspace} failed; it is tried again within a minute")]
        public static partial void Failed(ILogger logger, long workspace, Exception exception);
    }
}

/// <summary>Shows how far running broadcasts are, in the chats of who published them.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ProgressJob(UpdateProgress progress, ILogger<ProgressJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await progress.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The progress of broadcasts could not be shown; it is tried again in a moment")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
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
        await db.AccountCodes.Where(c => c.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        await db.DialogStates.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }
}
