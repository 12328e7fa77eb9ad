using System.Globalization;
using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>
/// The sending job of each workspace and its two triggers: now, and when the next delivery falls due. A trigger that is set again replaces itself, so however often it is
/// asked, one run waits; on several hosts it waits in the database, and any of them may take it.
/// </summary>
internal static class SendJobs
{
    /// <summary>Quartz looks at what it has acquired already: a trigger closer than this would be one too early or a busy loop.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(250);

    public static JobKey Key(long workspace) => new(Name(workspace));

    /// <summary>Makes the job known.</summary>
    public static ValueTask AddAsync(IScheduler scheduler, long workspace, CancellationToken cancellationToken) => scheduler.AddJob(
        JobBuilder.Create<SendJob>().WithIdentity(Key(workspace)).StoreDurably().RequestRecovery().UsingJobData(SendJob.WorkspaceId, workspace).Build(),
        AddJobOptions.Replacing,
        cancellationToken);

    public static async Task NowAsync(IScheduler scheduler, long workspace, CancellationToken cancellationToken) => await scheduler.ScheduleJob(
        TriggerBuilder.Create(scheduler.TimeProvider).ForJob(Key(workspace)).WithIdentity("now", Name(workspace)).StartNow().Build(), ScheduleJobOptions.Replacing, cancellationToken);

    public static async Task AgainAsync(IScheduler scheduler, long workspace, DateTimeOffset next, CancellationToken cancellationToken)
    {
        var soonest = scheduler.TimeProvider.GetUtcNow() + Soonest;
        await scheduler.ScheduleJob(
            TriggerBuilder.Create(scheduler.TimeProvider).ForJob(Key(workspace)).WithIdentity("later", Name(workspace)).StartAt(next > soonest ? next : soonest).Build(),
            ScheduleJobOptions.Replacing,
            cancellationToken);
    }

    private static string Name(long workspace) => "send-" + workspace.ToString(CultureInfo.InvariantCulture);
}
