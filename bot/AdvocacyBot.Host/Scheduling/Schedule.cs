using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>Quartz: a look at the clock each minute, a tidy-up each hour, and one sending job per workspace that is fired when there is something to send.</summary>
internal static class Schedule
{
    public static void AddSchedule(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ScheduleJob<ClockJob>(trigger => trigger.StartNow().WithSimpleSchedule(every => Every(every, TimeSpan.FromMinutes(1))));
            quartz.ScheduleJob<ProgressJob>(trigger => trigger.StartNow().WithSimpleSchedule(every => Every(every, TimeSpan.FromSeconds(5))));
            quartz.ScheduleJob<TidyJob>(trigger => trigger.StartNow().WithSimpleSchedule(every => Every(every, TimeSpan.FromHours(1))));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddSingleton<SendRequests>();
        services.AddHostedService<SendTrigger>();
    }

    /// <summary>Turns missed while the machine slept or a run took long are made up for by one, not by as many.</summary>
    private static void Every(SimpleScheduleBuilder schedule, TimeSpan interval) =>
        schedule.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount);
}
