using System.Data.Common;
using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Benchmarks.Digests;

/// <summary>
/// Fills a database with a programme's year: 2,000 channels of 50 members and a campaign a week each. Rows are computed by the database itself from their
/// numbers, and indexes are made afterwards, so that ten million events take a minute or so.
/// </summary>
internal sealed class DigestData(BenchmarkDatabase bench, long events)
{
    private readonly Database database = bench.Database;

    public const int Channels = 2_000;
    public const int MembersOfEach = 50;
    public const int CampaignsOfEach = 52;

    /// <summary>The year ends here; the week that is read is its last.</summary>
    public static readonly DateTimeOffset End = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private static readonly long Year = (long)TimeSpan.FromDays(364).TotalMilliseconds;

    public async Task FillAsync()
    {
        await bench.MigrateAsync();
        await using (var db = bench.Context())
        {
            if (await db.Workspaces.AnyAsync())
            {
                // Filled by an earlier run.
                return;
            }
        }

        // SQLite changes its journal only where nobody else has the file open.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var indexes = await IndexesAsync(connection);
        if (database.IsSqlite)
        {
            await RunAsync(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000");
        }

        foreach (var (name, _) in indexes)
        {
            await RunAsync(connection, $"DROP INDEX \"{name}\"");
        }

        foreach (var statement in Statements().Concat(Extras()))
        {
            await RunAsync(connection, statement);
        }

        foreach (var (_, sql) in indexes)
        {
            await RunAsync(connection, sql);
        }

        await RunAsync(connection, database.IsSqlite ? "PRAGMA journal_mode = WAL" : "VACUUM ANALYZE");
    }

    /// <summary>The last week of every channel.</summary>
    public static List<DigestScope> LastWeek() =>
        [.. Enumerable.Range(1, Channels).Select(i => new DigestScope(
            i, new DigestPeriod(new NodaTime.LocalDate(2026, 11, 16), 7, End.AddDays(-14), End.AddDays(-7), End, Complete: true)))];

    /// <summary>Numbers are spread by multiplying with primes: the same data every time, and no row beside its neighbour in meaning.</summary>
    private IEnumerable<string> Statements()
    {
        var start = End.ToUnixTimeMilliseconds() - Year;
        var people = Channels * MembersOfEach;
        yield return $"""
            INSERT INTO workspaces ("Id", "Platform", "ExternalId", "Name", "Language", "TimeZone", "CreatedAt") VALUES (1, 'web', 'bench', 'Bench', 'en', 'Etc/UTC', {start})
            """;
        yield return $"""
            INSERT INTO conversations ("Id", "WorkspaceId", "ExternalId", "Kind", "Name", "DigestOn", "DigestHour", "CreatedAt")
            SELECT n, 1, 'c' || n, 0, 'Channel ' || n, {True}, 9, {start} FROM {Series(Channels)}
            """;
        yield return $"""
            INSERT INTO people ("Id", "WorkspaceId", "ExternalId", "Name", "Roles", "ConsentedAt", "AppearByName", "Reachable", "CreatedAt")
            SELECT n, 1, 'p' || n, 'Person ' || n, 0, {start}, {(database.IsSqlite ? "n % 3 = 0" : "(n % 3 = 0)")}, {True}, {start} FROM {Series(people)}
            """;
        yield return $"""
            INSERT INTO memberships ("ConversationId", "PersonId", "JoinedAt", "LeftAt")
            SELECT 1 + (n - 1) % {Channels}, n, {start}, CASE WHEN n % 20 = 0 THEN {start} + {Year} / 2 END FROM {Series(people)}
            """;
        yield return $"""
            INSERT INTO campaigns ("Id", "WorkspaceId", "AuthorId", "Code", "State", "Title", "Summary", "Link", "ContentType", "Networks", "Minutes", "Language", "CreatedAt", "UpdatedAt", "Version")
            SELECT n, 1, 1, 'k' || n, 2, 'Campaign number ' || n, 'What it is about', 'https://example.com/' || n, 0, 'linkedin,x', 2, 'en', {start}, {start}, 1
            FROM {Series(Channels * CampaignsOfEach)}
            """;

        // A campaign a week in each channel, open for two.
        yield return $"""
            INSERT INTO prompts ("CampaignId", "ConversationId", "StartsAt", "PostedAt", "EndedAt", "MessageId")
            SELECT n, 1 + (n - 1) % {Channels}, {start} + ((n - 1) / {Channels}) * 604800000, {start} + ((n - 1) / {Channels}) * 604800000,
                   {start} + ((n - 1) / {Channels}) * 604800000 + 1209600000, 'm' || n
            FROM {Series(Channels * CampaignsOfEach)}
            """;
        for (var from = 0L; from < events; from += 1_000_000)
        {
            var count = Math.Min(1_000_000, events - from);
            yield return $"""
                INSERT INTO ledger ("Key", "WorkspaceId", "ConversationId", "CampaignId", "PersonId", "ShareId", "Kind", "Amount", "Network", "At", "RecordedAt")
                SELECT 'said:' || n || ':0:linkedin', 1, 1 + n % {Channels}, 1 + n % {Channels} + {Channels} * ((n - 1) * 52 / {events}),
                       1 + n % {Channels} + {Channels} * (n / {Channels} * 7919 % {MembersOfEach}), n,
                       CASE n / 7 % 10 WHEN 0 THEN 2 WHEN 1 THEN 3 WHEN 2 THEN 6 WHEN 3 THEN 6 WHEN 4 THEN 7 WHEN 5 THEN 2 ELSE 1 END,
                       CASE WHEN n / 11 % 50 = 0 THEN -1 ELSE 1 END, 'linkedin', {At}, {At}
                FROM {Series(count, from)}
                """;
        }

        // Half as many clicks: seven of ten by people, one by a crawler.
        for (var from = 0L; from < events / 2; from += 1_000_000)
        {
            var count = Math.Min(1_000_000, (events / 2) - from);
            yield return $"""
                INSERT INTO clicks ("ShareId", "ConversationId", "CampaignId", "Network", "At", "UserAgentId", "Visitor", "Flags", "Class", "RuleVersion")
                SELECT (n * 7919) % 100000, 1 + n % {Channels}, 1 + n % {Channels} + {Channels} * ((n - 1) * 52 / {events / 2}), 'linkedin', {start} + n * {Year} / {events / 2}, 1, n, 0,
                       CASE n / 7 % 10 WHEN 7 THEN 1 WHEN 8 THEN 4 WHEN 9 THEN 6 ELSE 0 END, 1
                FROM {Series(count, from)}
                """;
        }
    }

    /// <summary>What stands beside the events: segments, networks' sizes, applicants and leads, prices, and goals of different lengths, of the programme and of campaigns.</summary>
    private IEnumerable<string> Extras()
    {
        var start = End.ToUnixTimeMilliseconds() - Year;
        var people = Channels * MembersOfEach;
        yield return $"""
            INSERT INTO person_profiles ("PersonId", "HumanId", "Department", "Location", "Personas", "UpdatedAt")
            SELECT n, n, 'Department ' || n % 40, 'Place ' || n % 12, '|engineer' || n % 6 || '|speaker' || n % 7 || '|', {start} FROM {Series(people)}
            """;
        yield return $"""
            INSERT INTO person_networks ("PersonId", "Network", "Size", "UpdatedAt") SELECT n * 4, 'linkedin', 100 + n % 900, {start} FROM {Series(people / 4)}
            """;
        yield return $"""
            INSERT INTO conversions ("WorkspaceId", "ExternalId", "Type", "ShareId", "PersonId", "CampaignId", "ConversationId", "Network", "At", "RecordedAt")
            SELECT 1, 'c' || n, n % 2, n, 1 + n % {people}, 1 + n % {Channels * CampaignsOfEach}, 1 + n % {Channels}, 'linkedin', {start} + n * {Year} / 40000, {start} + n * {Year} / 40000
            FROM {Series(40_000)}
            """;
        yield return $"""INSERT INTO click_costs ("WorkspaceId", "Currency", "Network", "Cost", "CountsOpened") VALUES (1, 'EUR', '*', 1500000, {True})""";
        yield return $"""
            INSERT INTO goals ("WorkspaceId", "CampaignId", "Kind", "Target", "Currency", "StartsOn", "EndsOn", "CreatedAt", "Version") VALUES
            (1, NULL, 0, 40000000, NULL, '2026-01-01', '2026-12-31', {start}, 1), (1, NULL, 3, 4000000000000, NULL, '2026-01-01', '2026-12-31', {start}, 1),
            (1, NULL, 4, 4000000000000, NULL, '2026-10-01', '2026-12-31', {start}, 1), (1, NULL, 7, 4000000000000, 'EUR', '2026-01-01', '2026-12-31', {start}, 1),
            (1, NULL, 5, 20000000000, NULL, '2026-10-01', '2026-12-31', {start}, 1), (1, NULL, 1, 90000000000, NULL, '2026-11-01', '2026-11-30', {start}, 1),
            (1, {(Channels * (CampaignsOfEach - 1)) + 1}, 3, 50000000, NULL, '2026-11-01', '2026-12-31', {start}, 1),
            (1, {(Channels * (CampaignsOfEach - 1)) + 2}, 4, 50000000, NULL, '2026-11-01', '2026-12-31', {start}, 1)
            """;
    }

    private string True => database.IsSqlite ? "1" : "true";

    private string At => string.Create(CultureInfo.InvariantCulture, $"{End.ToUnixTimeMilliseconds() - Year} + n * {Year} / {events}");

    private string Series(long count, long from = 0) => database.IsSqlite
        ? $"(WITH RECURSIVE s(n) AS (SELECT {from + 1} UNION ALL SELECT n + 1 FROM s WHERE n < {from + count}) SELECT n FROM s)"
        : $"generate_series({from + 1}::bigint, {from + count}::bigint) s(n)";

    private async Task<List<(string Name, string Sql)>> IndexesAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = database.IsSqlite
            ? "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('ledger', 'clicks')"
            : "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('ledger', 'clicks') AND indexname LIKE 'IX_%'";
        await using var reader = await command.ExecuteReaderAsync();
        var indexes = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            indexes.Add((reader.GetString(0), reader.GetString(1)));
        }

        return indexes;
    }

    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are made here from constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
