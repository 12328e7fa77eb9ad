using System.Data;
using System.Data.Common;
using System.Text.Json;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Reports.RollUp;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Core.Reports;

/// <summary>Reads what a period is counted from, on one connection and as of one moment.</summary>
internal sealed class ReportReading(DbConnection connection, DbTransaction transaction, bool sqlite, CancellationToken cancellationToken)
{
    /// <summary>From so many rows on that are not in the days, they are added to them first, as far as they are settled.</summary>
    public const int MostBeside = 20_000;

    private const string Days =
        """SELECT "Day", "Facts", "Seen" FROM report_days WHERE "WorkspaceId" = $1 AND "Day" >= $2 AND "Day" <= $3 ORDER BY "Day" """;

    private const string Unreachable = """SELECT "Id" FROM people WHERE "WorkspaceId" = $1 AND "Reachable" = $2""";

    // The plus keeps SQLite to the primary key: only so many ids are looked at.
    private const string Campaigns = """SELECT "Id", "ContentType", "Language" FROM campaigns WHERE +"WorkspaceId" = $1 AND "Id" >= $2 AND "Id" <= $3""";

    private const string Sizes =
        """
        SELECT n."PersonId", n."Network", n."Size" FROM person_networks n JOIN people p ON p."Id" = n."PersonId" WHERE p."WorkspaceId" = $1 AND n."Size" IS NOT NULL
        """;

    private const string Profiles =
        """
        SELECT f."PersonId", f."Department", f."Location" FROM person_profiles f JOIN people p ON p."Id" = f."PersonId"
        WHERE p."WorkspaceId" = $1 AND (f."Department" IS NOT NULL OR f."Location" IS NOT NULL)
        """;

    private const string Titles = """SELECT c."Id", c."Title" FROM campaigns c WHERE c."Id" IN (SELECT "Id" FROM ids)""";

    /// <summary>No more are looked for than it takes.</summary>
    private const string Audience =
        """
        SELECT COUNT(*) FROM (
            SELECT DISTINCT m."PersonId" FROM prompts r
            JOIN memberships m ON m."ConversationId" = r."ConversationId" AND (r."EndedAt" IS NULL OR m."JoinedAt" < r."EndedAt") AND (m."LeftAt" IS NULL OR m."LeftAt" > r."PostedAt")
            JOIN people p ON p."Id" = m."PersonId" AND p."Reachable"
            WHERE r."CampaignId" IN (SELECT "Id" FROM ids) AND r."PostedAt" IS NOT NULL
            LIMIT $2) enough
        """;

    /// <summary>A transaction in which everything is read as of one moment, and in which nobody is held up.</summary>
    public static async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection is SqliteConnection lite ? lite.BeginTransaction(deferred: true) : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <summary>The period's days, with what happened since they were summed up.</summary>
    public async Task<List<StoredDay>> DaysAsync(long workspace, ReportPeriod period)
    {
        var at = await RollUp.RollUp.ProgressAsync(connection, transaction, cancellationToken);
        var days = new List<StoredDay>();
        await ForEachAsync(
            Days, r => days.Add(new StoredDay(r.GetInt32(0), r.IsDBNull(1) ? null : r.GetFieldValue<byte[]>(1), r.IsDBNull(2) ? null : r.GetFieldValue<byte[]>(2))),
            workspace, (long)period.FirstDay, (long)period.LastDay);
        var beside = new NewRows(new Dictionary<long, LocalDays> { [workspace] = new(period.TimeZone) });
        await beside.ReadAsync(connection, transaction, at, int.MaxValue, static _ => true, cancellationToken);
        foreach (var ((_, day), facts) in beside.Facts.Where(f => f.Key.Day >= period.FirstDay && f.Key.Day <= period.LastDay))
        {
            var index = days.FindIndex(d => d.Day == day);
            var before = index < 0 ? new StoredDay(day, Facts: null, Seen: null) : days[index];
            facts.Add(DayBytes.Read(before.Facts));
            var after = before with { Facts = DayBytes.Write(facts) };
            if (index < 0)
            {
                days.Add(after);
            }
            else
            {
                days[index] = after;
            }
        }

        days.Sort((a, b) => a.Day.CompareTo(b.Day));
        return days;
    }

    public async Task<List<long>> UnreachableAsync(long workspace)
    {
        var people = new List<long>();
        await ForEachAsync(Unreachable, r => people.Add(r.GetInt64(0)), workspace, false);
        return people;
    }

    public async Task<Dictionary<long, (ContentType Type, string Language)>> CampaignsAsync(long workspace, long first, long last)
    {
        var campaigns = new Dictionary<long, (ContentType, string)>();
        await ForEachAsync(Campaigns, r => campaigns[r.GetInt64(0)] = ((ContentType)r.GetInt32(1), r.GetString(2)), workspace, first, last);
        return campaigns;
    }

    /// <summary>How many people somebody reaches on a network, by their own count.</summary>
    public async Task<List<(long Person, string Network, int Size)>> SizesAsync(long workspace)
    {
        var sizes = new List<(long, string, int)>();
        await ForEachAsync(Sizes, r => sizes.Add((r.GetInt64(0), r.GetString(1), r.GetInt32(2))), workspace);
        return sizes;
    }

    public async Task<List<(long Person, string? Department, string? Location)>> ProfilesAsync(long workspace)
    {
        var profiles = new List<(long, string?, string?)>();
        await ForEachAsync(Profiles, r => profiles.Add((r.GetInt64(0), r.IsDBNull(1) ? null : r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2))), workspace);
        return profiles;
    }

    public async Task<Dictionary<long, string>> TitlesAsync(IEnumerable<long> campaigns)
    {
        var titles = new Dictionary<long, string>();
        await ForEachAsync(WithIds(Titles), r => titles[r.GetInt64(0)] = r.GetString(1), JsonSerializer.Serialize(campaigns));
        return titles;
    }

    /// <summary>Whether so many people could see one of the campaigns that nobody's doings are told by a figure of theirs.</summary>
    public async Task<bool> IsLargeAsync(IEnumerable<long> campaigns)
    {
        var people = 0L;
        await ForEachAsync(WithIds(Audience), r => people = r.GetInt64(0), JsonSerializer.Serialize(campaigns), (long)DigestNumbers.SmallestGroup);
        return people >= DigestNumbers.SmallestGroup;
    }

    private string WithIds(string sql) => (sqlite ? DigestSql.IdsSqlite : DigestSql.IdsPostgres) + sql;

    private async Task ForEachAsync(string sql, Action<DbDataReader> row, params object[] values)
    {
        await using var command = DigestSql.Command(connection, sql, values);
        command.Transaction = transaction;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            row(reader);
        }
    }
}
