using System.Data.Common;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Reports.RollUp;

namespace AdvocacyBot.Core.Reports;

/// <summary>Reads the figures of a report.</summary>
public sealed class ReportQuery(Database database, RollUp.RollUp rollUp)
{
    /// <summary>Campaigns that the page compares.</summary>
    public const int ShownCampaigns = 20;

    /// <summary>Campaigns in an exported table.</summary>
    public const int ExportedCampaigns = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="workspace">Whose.</param>
    /// <param name="period">Which weeks.</param>
    /// <param name="mostCampaigns">Campaigns with a line of their own.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Null: a large history is being summed up for the first time; ask again in a while.</returns>
    public async Task<ReportNumbers?> ReadAsync(long workspace, ReportPeriod period, int mostCampaigns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        await using var connection = await database.OpenAsync(cancellationToken);
        if (await IsBehindAsync(connection, workspace, period, cancellationToken) && !await rollUp.RunAsync(Patience, cancellationToken))
        {
            return null;
        }

        await using var transaction = await ReportReading.BeginAsync(connection, cancellationToken);
        var reading = new ReportReading(connection, transaction, database.IsSqlite, cancellationToken);
        var days = await reading.DaysAsync(workspace, period.TimeZone, period.FirstDay, period.LastDay);
        var unreachable = await reading.UnreachableAsync(workspace);
        var tally = new PeriodTally(days);
        var weeks = new List<WeekLine>(period.Weeks);
        var next = 0;
        foreach (var start in period.WeekStarts)
        {
            var end = LocalDays.Number(start) + 7;
            for (; next < days.Count && days[next].Day < end; next++)
            {
                tally.Read(days[next]);
            }

            var (couldSee, acted, sharers, reactors, suggesters, clicks) = tally.EndWeek(unreachable);
            weeks.Add(new WeekLine(start, end > period.LastDay, couldSee, acted, sharers, reactors, suggesters, clicks));
        }

        tally.Sort();
        return await new ReportBreakdown(reading, tally, workspace, mostCampaigns).ReadAsync(period, weeks);
    }

    /// <summary>Whether the days have to be brought up to date before they can be read.</summary>
    private static async Task<bool> IsBehindAsync(DbConnection connection, long workspace, ReportPeriod period, CancellationToken cancellationToken)
    {
        var (ledger, click) = await RollUp.RollUp.ProgressAsync(connection, transaction: null, cancellationToken);
        return await AnyAsync(RollUpSql.AnyStale)
            || !await AnyAsync(RollUpSql.IsCounted, workspace, period.TimeZone)
            || !await AnyAsync("""SELECT 1 FROM report_days WHERE "WorkspaceId" = $1 AND "Day" = $2 AND "Seen" IS NOT NULL""", workspace, (long)period.LastDay)
            || await AnyAsync("""SELECT 1 FROM ledger WHERE "Id" > $1 ORDER BY "Id" LIMIT 1 OFFSET $2""", ledger, (long)ReportReading.MostBeside - 1)
            || await AnyAsync("""SELECT 1 FROM clicks WHERE "Id" > $1 ORDER BY "Id" LIMIT 1 OFFSET $2""", click, (long)ReportReading.MostBeside - 1);

        async Task<bool> AnyAsync(string sql, params object[] values)
        {
            await using var command = DigestSql.Command(connection, sql, values);
            return await command.ExecuteScalarAsync(cancellationToken) is not null;
        }
    }
}
