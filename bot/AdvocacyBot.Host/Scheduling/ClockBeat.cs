using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>Whether schedules are kept: that the scheduler says it runs does not mean that it fires anything.</summary>
internal sealed class ClockBeat(ISchedulerFactory schedulers, SchedulerOptions options, TimeProvider clock)
{
    /// <summary>The look at the clock comes each minute; a busy machine may be late for one.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(3);

    private long beatAt = clock.GetTimestamp();

    /// <summary>The minute's look at the clock has been here.</summary>
    public void Beat() => Volatile.Write(ref beatAt, clock.GetTimestamp());

    /// <returns>What is wrong; null: all is well.</returns>
    public async Task<string?> TroubleAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        if (scheduler.Status != SchedulerStatus.Running)
        {
            return "scheduler not running";
        }

        if (!options.Clustered)
        {
            return clock.GetElapsedTime(Volatile.Read(ref beatAt)) > LongestSilence ? "scheduler fires nothing" : null;
        }

        // On several hosts the clock strikes on one of them: each says in the database that it is alive, and the others take its work when it does not.
        var own = (await scheduler.QueryClusterNodes(cancellationToken)).FirstOrDefault(node => node.IsCurrentNode);
        return own?.LastCheckInUtc is { } at && clock.GetUtcNow() - at < LongestSilence ? null : "scheduler does not check in";
    }
}
