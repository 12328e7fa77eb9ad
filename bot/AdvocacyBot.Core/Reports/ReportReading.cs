using System.Data;
using System.Data.Common;
using System.Globalization;
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

    private const string Stamps = """SELECT "Day", "Stamp" FROM report_days WHERE "WorkspaceId" = $1 AND "Day" >= $2 AND "Day" <= $3""";

    private const string Days = """SELECT "Day", "Facts", "Seen", "Stamp" FROM report_days WHERE "WorkspaceId" = $2 AND "Day" IN (SELECT "Id" FROM ids)""";

    private const string Unreachable = """SELECT "Id" FROM people WHERE "WorkspaceId" = $1 AND "Reachable" = $2""";

    // The plus keeps SQLite to the primary key: only so many ids are looked at. Ids come as one text, since a row for each would take several times as long to hand over.
    private const string Campaigns =
        """
        SELECT "ContentType", "Language", string_agg(CAST("Id" AS TEXT), ',') FROM campaigns WHERE +"WorkspaceId" = $1 AND "Id" >= $2 AND "Id" <= $3 GROUP BY "ContentType", "Language"
        """;

    // Ids alone lead there: whose people these are, the days know, and looking each of a hundred thousand up takes longer than all the rest.
    private const string Sizes =
        """
        SELECT "Network", string_agg("PersonId" || ',' || "Size", ',') FROM person_networks WHERE "PersonId" >= $1 AND "PersonId" <= $2 AND "Size" IS NOT NULL GROUP BY "Network"
        """;

    /// <summary>Those that came through a personal link and stand.</summary>
    private const string Conversions =
        """
        SELECT "PersonId", "Type", COUNT(*) FROM conversions
        WHERE "WorkspaceId" = $1 AND "At" >= $2 AND "At" < $3 AND "CampaignId" IS NOT NULL AND "Type" IS NOT NULL AND "ReversedAt" IS NULL GROUP BY "PersonId", "Type"
        """;

    private const string Titles = """SELECT c."Id", c."Title" FROM campaigns c WHERE c."Id" IN (SELECT "Id" FROM ids)""";

    /// <summary>No more are looked for than it takes.</summary>
    private const string AudienceSqlite =
        """
        SELECT COUNT(*) FROM (
            SELECT DISTINCT m."PersonId" FROM prompts r
            JOIN memberships m ON m."ConversationId" = r."ConversationId" AND (r."EndedAt" IS NULL OR m."JoinedAt" < r."EndedAt") AND (m."LeftAt" IS NULL OR m."LeftAt" > r."PostedAt")
            JOIN people p ON p."Id" = m."PersonId" AND p."Reachable"
            WHERE r."CampaignId" IN (SELECT "Id" FROM ids) AND r."PostedAt" IS NOT NULL
            LIMIT $2) enough
        """;

    /// <summary>The same, campaign by campaign: asked for all at once, PostgreSQL goes through everybody's stays.</summary>
    private const string AudiencePostgres =
        """
        SELECT COUNT(*) FROM (
            SELECT DISTINCT one."PersonId" FROM ids i CROSS JOIN LATERAL (
                SELECT DISTINCT m."PersonId" FROM prompts r
                JOIN memberships m ON m."ConversationId" = r."ConversationId" AND (r."EndedAt" IS NULL OR m."JoinedAt" < r."EndedAt") AND (m."LeftAt" IS NULL OR m."LeftAt" > r."PostedAt")
                JOIN people p ON p."Id" = m."PersonId" AND p."Reachable"
                WHERE r."CampaignId" = i."Id" AND r."PostedAt" IS NOT NULL
                LIMIT $2) one
            LIMIT $2) enough
        """;

    /// <summary>A transaction in which everything is read as of one moment, and in which nobody is held up.</summary>
    public static async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection is SqliteConnection lite ? lite.BeginTransaction(deferred: true) : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <summary>Days as they are stored, with what happened since they were summed up.</summary>
    public async Task<List<StoredDay>> DaysAsync(long workspace, string timeZone, int first, int last)
    {
        var days = await StoredAsync(workspace, first, last);
        await AddNewAsync(days, workspace, new LocalDays(timeZone), first, last);
        return [.. days.Values];
    }

    /// <summary>Days as they would be stored if everything were summed up now: those that are out of date are counted from the rows, and nothing is written.</summary>
    /// <param name="workspace">Whose.</param>
    /// <param name="timeZone">Its own.</param>
    /// <param name="first">First day.</param>
    /// <param name="last">Last day.</param>
    /// <param name="today">Nobody can have seen anything after it.</param>
    /// <returns>Null: too much is not summed up yet.</returns>
    public async Task<List<StoredDay>?> CurrentDaysAsync(long workspace, string timeZone, int first, int last, int today)
    {
        var at = await RollUp.RollUp.ProgressAsync(connection, transaction, cancellationToken);
        if (!await AnyAsync(RollUpSql.IsCounted, workspace, timeZone)
            || await AnyAsync("""SELECT 1 FROM ledger WHERE "Id" > $1 ORDER BY "Id" LIMIT 1 OFFSET $2""", at.Ledger, (long)MostBeside)
            || await AnyAsync("""SELECT 1 FROM clicks WHERE "Id" > $1 ORDER BY "Id" LIMIT 1 OFFSET $2""", at.Click, (long)MostBeside))
        {
            return null;
        }

        var local = new LocalDays(timeZone);
        var stale = new List<(bool Facts, int From, int To)>();
        await ForEachAsync(
            RollUpSql.StaleOf, r => stale.Add((r.GetString(0) == "F", local.Of(r.GetInt64(1)), r.IsDBNull(2) ? int.MaxValue : local.Of(r.GetInt64(2) - 1))), workspace);
        var days = await StoredAsync(workspace, first, last);
        var changed = stale.Where(s => s.Facts).SelectMany(s => (int[])[s.From, s.To]).Where(day => day >= first && day <= last);
        foreach (var (from, to) in RollUp.RollUp.Ranges(changed))
        {
            await foreach (var row in RollUp.RollUp.CountAsync(connection, transaction, workspace, local, from, to, at, cancellationToken))
            {
                days[row.Day] = Of(days, row.Day) with { Facts = row.Bytes };
            }
        }

        await AddNewAsync(days, workspace, local, first, last);
        await SeeAgainAsync(days, workspace, local, first, Math.Min(last, today), stale.Where(s => !s.Facts).Select(s => s.From));
        return [.. days.Values];
    }

    private async Task SeeAgainAsync(SortedDictionary<int, StoredDay> days, long workspace, LocalDays local, int first, int last, IEnumerable<int> changed)
    {
        int? seen = null;
        await ForEachAsync(RollUpSql.LastSeen, r => seen = r.IsDBNull(0) ? null : (int)r.GetInt64(0), workspace);
        var next = seen is { } known ? known + 1 : await CouldSee.FirstDayAsync(connection, transaction, workspace, local, cancellationToken) ?? int.MaxValue;
        var from = Math.Max(first, changed.Append(next).Min());
        if (from > last)
        {
            return;
        }

        foreach (var (i, set) in (await CouldSee.ReadAsync(connection, transaction, workspace, local, from, last, cancellationToken)).Index())
        {
            days[from + i] = Of(days, from + i) with { Seen = set };
        }
    }

    private async Task<SortedDictionary<int, StoredDay>> StoredAsync(long workspace, int first, int last)
    {
        var (days, others) = (new SortedDictionary<int, StoredDay>(), new List<int>());
        await ForEachAsync(Stamps, r =>
        {
            if (DayCache.Find(r.GetInt64(1)) is { } kept)
            {
                days[kept.Day] = kept;
            }
            else
            {
                others.Add(r.GetInt32(0));
            }
        }, workspace, (long)first, (long)last);
        if (others.Count > 0)
        {
            await ForEachAsync(WithIds(Days), r =>
            {
                var day = new StoredDay(r.GetInt32(0), r.IsDBNull(1) ? null : r.GetFieldValue<byte[]>(1), r.IsDBNull(2) ? null : r.GetFieldValue<byte[]>(2));
                days[day.Day] = day;
                DayCache.Add(r.GetInt64(3), day);
            }, JsonSerializer.Serialize(others), workspace);
        }

        return days;
    }

    /// <summary>Adds the rows that are in no day yet.</summary>
    private async Task AddNewAsync(SortedDictionary<int, StoredDay> days, long workspace, LocalDays local, int first, int last)
    {
        var at = await RollUp.RollUp.ProgressAsync(connection, transaction, cancellationToken);
        var beside = new NewRows(new Dictionary<long, LocalDays> { [workspace] = local });
        await beside.ReadAsync(connection, transaction, at, int.MaxValue, static _ => true, cancellationToken);
        foreach (var ((_, day), facts) in beside.Facts.Where(f => f.Key.Day >= first && f.Key.Day <= last))
        {
            facts.Add(DayBytes.Read(Of(days, day).Facts));
            days[day] = Of(days, day) with { Facts = DayBytes.Write(facts) };
        }
    }

    private static StoredDay Of(SortedDictionary<int, StoredDay> days, int day) => days.GetValueOrDefault(day) ?? new StoredDay(day, Facts: null, Seen: null);

    public async Task<List<long>> UnreachableAsync(long workspace)
    {
        var people = new List<long>();
        await ForEachAsync(Unreachable, r => people.Add(r.GetInt64(0)), workspace, false);
        return people;
    }

    /// <summary>A workspace's campaigns between two ids, by kind of content and language.</summary>
    public async Task<List<(ContentType Type, string Language, List<long> Campaigns)>> CampaignsAsync(long workspace, long first, long last)
    {
        var campaigns = new List<(ContentType, string, List<long>)>();
        await ForEachAsync(Campaigns, r => campaigns.Add(((ContentType)r.GetInt32(0), r.GetString(1), Numbers(r.GetString(2)))), workspace, first, last);
        return campaigns;
    }

    /// <summary>How many people somebody reaches on a network, by their own count; between two ids, of whatever workspace.</summary>
    public async Task<List<(long Person, string Network, int Size)>> SizesAsync(long first, long last)
    {
        var sizes = new List<(long, string, int)>();
        await ForEachAsync(Sizes, r =>
        {
            var (network, numbers) = (r.GetString(0), Numbers(r.GetString(1)));
            for (var i = 0; i < numbers.Count; i += 2)
            {
                sizes.Add((numbers[i], network, (int)numbers[i + 1]));
            }
        }, first, last);
        return sizes;
    }

    /// <summary>What is known of people between two ids and of some beside them, of whatever workspace.</summary>
    /// <param name="first">Smallest id.</param>
    /// <param name="last">Largest id.</param>
    public async Task<ProfileGroups> ProfilesAsync(long first, long last)
    {
        var (groups, kept) = (new ProfileGroups(), new HashSet<long>());
        var (from, to) = (first / ProfileGroups.BlockSize, last / ProfileGroups.BlockSize);
        await ForEachAsync(RollUpSql.ProfileBlocks, r =>
        {
            kept.Add(r.GetInt64(0));
            groups.Add(r.GetFieldValue<byte[]>(1));
        }, from, to);
        for (var block = from; block <= to; block++)
        {
            if (!kept.Contains(block))
            {
                await RollUp.RollUp.ReadProfilesAsync(
                    connection, transaction, block * ProfileGroups.BlockSize, ((block + 1) * ProfileGroups.BlockSize) - 1, groups, cancellationToken);
            }
        }

        return groups;
    }

    /// <summary>Applicants and leads of a time: whose link it was (null: nobody's any more), of which type, how many.</summary>
    public async Task<List<(long? Person, ConversionType Type, int Count)>> ConversionsAsync(long workspace, DateTimeOffset start, DateTimeOffset end)
    {
        var counted = new List<(long?, ConversionType, int)>();
        await ForEachAsync(
            Conversions, r => counted.Add((r.IsDBNull(0) ? null : r.GetInt64(0), (ConversionType)r.GetInt32(1), r.GetInt32(2))), workspace, start.ToUnixTimeMilliseconds(),
            end.ToUnixTimeMilliseconds());
        return counted;
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
        await ForEachAsync(WithIds(sqlite ? AudienceSqlite : AudiencePostgres), r => people = r.GetInt64(0), JsonSerializer.Serialize(campaigns), (long)DigestNumbers.SmallestGroup);
        return people >= DigestNumbers.SmallestGroup;
    }

    private static List<long> Numbers(ReadOnlySpan<char> text)
    {
        var numbers = new List<long>();
        foreach (var number in text.Split(','))
        {
            numbers.Add(long.Parse(text[number], CultureInfo.InvariantCulture));
        }

        return numbers;
    }

    private string WithIds(string sql) => (sqlite ? DigestSql.IdsSqlite : DigestSql.IdsPostgres) + sql;

    private async Task<bool> AnyAsync(string sql, params object[] values)
    {
        await using var command = DigestSql.Command(connection, sql, values);
        command.Transaction = transaction;
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

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
