using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Composition;
using AdvocacyBot.Host.Feeds;
using Npgsql;
using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>Quartz: a look at the clock each minute, a tidy-up each hour, and one sending job per workspace that is fired when there is something to send.</summary>
internal static class Schedule
{
    /// <summary>Jobs at once: each workspace that sends takes one for as long as it sends.</summary>
    private const int MostJobs = 64;

    /// <summary>Connections that Quartz may open beside the programme's own.</summary>
    private const int MostConnections = 8;

    /// <exception cref="StartupException">The settings do not go together.</exception>
    public static void AddSchedule(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(SchedulerOptions.Section).Get<SchedulerOptions>() ?? new SchedulerOptions();
        var database = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        if (options.Clustered && database.Provider != DatabaseProvider.PostgreSql)
        {
            throw new StartupException("Scheduler:Clustered needs PostgreSQL, because a SQLite file belongs to one host: set Database:Provider=PostgreSql ('move-database' moves a programme), or leave it off.");
        }

        if (options.CheckIn < TimeSpan.FromSeconds(1) || options.CheckIn > TimeSpan.FromMinutes(1))
        {
            throw new StartupException($"Scheduler:CheckIn is {options.CheckIn}. It can be from 00:00:01 to 00:01:00.");
        }

        services.AddSingleton(options);
        services.AddSingleton<ClockBeat>();
        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultThreadPool(MostJobs);
            if (options.Clustered)
            {
                quartz.UsePersistentStore(store =>
                {
                    store.UsePostgres(NpgsqlFactory.Instance, Connection(database.ConnectionString));
                    store.UseSystemTextJsonSerializer();
                    store.ProvisionSchema();
                    store.UseClustering(cluster =>
                    {
                        cluster.CheckinInterval = options.CheckIn;
                        cluster.CheckinMisfireThreshold = options.CheckIn;
                    });
                });
            }

            // By name, so that several hosts share them.
            Repeat<ClockJob>("clock", TimeSpan.FromMinutes(1));
            Repeat<FeedJob>("feeds", TimeSpan.FromMinutes(1));
            Repeat<RollUpJob>("roll-up", TimeSpan.FromMinutes(1));
            Repeat<RhythmJob>("rhythm", TimeSpan.FromMinutes(30));
            Repeat<ProgressJob>("progress", TimeSpan.FromSeconds(5));
            Repeat<TidyJob>("tidy", TimeSpan.FromHours(1));

            void Repeat<T>(string name, TimeSpan every)
                where T : IJob => quartz.ScheduleJob<T>(
                    trigger => trigger.WithIdentity(name).StartNow().WithSimpleSchedule(schedule => Every(schedule, every)), job => job.WithIdentity(name));
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddSingleton<SendRequests>();
        services.AddHostedService<SendTrigger>();
    }

    /// <summary>Turns missed while the machine slept or a run took long are made up for by one, not by as many.</summary>
    private static void Every(SimpleScheduleBuilder schedule, TimeSpan interval) =>
        schedule.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount);

    private static string Connection(string configured)
    {
        var builder = new NpgsqlConnectionStringBuilder(configured) { ApplicationName = "AdvocacyBot scheduler" };
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, MostConnections);
        return builder.ConnectionString;
    }
}
