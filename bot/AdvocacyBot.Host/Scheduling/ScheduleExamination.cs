using System.Data.Common;
using System.Globalization;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>For "doctor": who keeps the schedule, and which hosts are at work.</summary>
internal static class ScheduleExamination
{
    /// <summary>After so many missed check-ins a host's work is the others'.</summary>
    private const int Missed = 2;

    private const string ThereSql = "SELECT to_regclass('qrtz_scheduler_state') IS NOT NULL";
    private const string HostsSql = "SELECT count(*) FROM qrtz_scheduler_state WHERE last_checkin_time > $1";

    public static async Task<(bool Fine, string Text)> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<SchedulerOptions>();
        var database = services.GetRequiredService<Database>();
        if (!options.Clustered)
        {
            return (true, database.IsSqlite
                ? "one host, which keeps the schedule in memory; the database says what is due"
                : "one host, which keeps the schedule in memory. Before a second one is started on this database, set Scheduler:Clustered=true for both");
        }

        try
        {
            var since = (services.GetRequiredService<TimeProvider>().GetUtcNow() - (options.CheckIn * Missed)).Ticks;
            var hosts = await HostsAsync(database, since, cancellationToken);
            return (true, string.Create(
                CultureInfo.InvariantCulture,
                $"clustered, each host says every {options.CheckIn.TotalSeconds:0} s that it is alive; {(hosts is null ? "the first start makes Quartz's tables" : $"at work now: {hosts}")}"));
        }
        catch (DbException e)
        {
            return (false, $"clustered, but Quartz's tables cannot be read: {e.Message}");
        }
    }

    /// <param name="database">PostgreSQL.</param>
    /// <param name="since">In Quartz's units: ticks, UTC.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>How many hosts are alive; null: Quartz has no tables yet.</returns>
    private static async Task<long?> HostsAsync(Database database, long since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = ThereSql;
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return null;
        }

        command.CommandText = HostsSql;
        var parameter = command.CreateParameter();
        parameter.Value = since;
        command.Parameters.Add(parameter);
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
