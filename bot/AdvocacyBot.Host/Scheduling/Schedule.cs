using System.Globalization;
using AdvocacyBot.Core.Delivery;
using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>Quartz: a look at the clock each minute, a tidy-up each hour, and one sending job per workspace that is fired when there is something to send.</summary>
internal static class Schedule
{
    public static void AddSchedule(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ScheduleJob<ClockJob>(trigger => trigger.StartNow().WithSimpleSchedule(every => every.WithInterval(TimeSpan.FromMinutes(1)).RepeatForever()));
            quartz.ScheduleJob<TidyJob>(trigger => trigger.StartNow().WithSimpleSchedule(every => every.WithInterval(TimeSpan.FromHours(1)).RepeatForever()));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<SendTrigger>();
    }
}

/// <summary>Fires a workspace's sending job when its outbox was written to.</summary>
internal sealed partial class SendTrigger(DeliverySignal signal, ISchedulerFactory schedulers, ILogger<SendTrigger> logger) : BackgroundService
{
    private readonly System.Threading.Channels.Channel<long> raised = System.Threading.Channels.Channel.CreateUnbounded<long>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Listen(workspace => raised.Writer.TryWrite(workspace));
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        var known = new HashSet<long>();
        await foreach (var workspace in raised.Reader.ReadAllAsync(stoppingToken))
        {
            var key = new JobKey("send-" + workspace.ToString(CultureInfo.InvariantCulture));
            try
            {
                if (known.Add(workspace))
                {
                    await scheduler.AddJob(
                        JobBuilder.Create<SendJob>().WithIdentity(key).StoreDurably().RequestRecovery().UsingJobData(SendJob.WorkspaceId, workspace).Build(),
                        AddJobOptions.Replacing,
                        stoppingToken);
                }

                await scheduler.TriggerJob(key, cancellationToken: stoppingToken);
            }
            catch (SchedulerException e)
            {
                // The minute's look at the clock raises it again.
                Log.NotFired(logger, workspace, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The sending job of workspace {Workspace} could not be fired; it is tried again within a minute")]
        public static partial void NotFired(ILogger logger, long workspace, Exception exception);
    }
}
