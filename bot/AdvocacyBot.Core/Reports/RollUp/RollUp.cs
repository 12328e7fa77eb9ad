using System.Data.Common;
using System.Text.Json;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>
/// Keeps the days that the report is read from: adds what is new in the ledger and the clicks, counts days again in which rows were changed or taken away, and notes who
/// could see a prompt. Everything in the days can be thrown away; it comes back.
/// </summary>
public sealed partial class RollUp(Database database, TimeProvider clock, ILogger<RollUp> logger) : IDisposable
{
    /// <summary>Rows that are added in one step.</summary>
    private const int Portion = 50_000;

    /// <summary>Days that are counted again in one step.</summary>
    private const int MostDays = 28;

    /// <summary>
    /// On PostgreSQL a row can become visible after one with a higher id; what is younger than this is left for later, and read beside the days.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Brings the days up to date.</summary>
    /// <param name="patience">Stops after the step that goes beyond it; null: goes on to the end.</param>
    /// <param name="cancellationToken">Stops between or within steps; what is written stays right.</param>
    /// <returns>False: there is more to do.</returns>
    public async Task<bool> RunAsync(TimeSpan? patience, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await one.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            await BeginAsync(cancellationToken);
            while (true)
            {
                if (!await StepAsync(connection, cancellationToken))
                {
                    return true;
                }

                if (patience is { } most && clock.GetElapsedTime(started) > most)
                {
                    return false;
                }
            }
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    /// <summary>The row after which nothing has to be looked for: what is younger may still be joined by an older one.</summary>
    internal bool IsSettled(long recordedAt)
    {
        if (database.IsSqlite)
        {
            return true;
        }

        // A row that claims to come from the future is as settled as any other.
        var age = clock.GetUtcNow().ToUnixTimeMilliseconds() - recordedAt;
        return Math.Abs(age) > Settling.TotalMilliseconds;
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var connection = await database.OpenAsync(cancellationToken);
        await RollUpWriter.RunAsync(connection, transaction: null, RollUpSql.Begin, [], cancellationToken);
        await RollUpWriter.RunAsync(connection, transaction: null, RollUpSql.Claim, [], cancellationToken);
    }

    /// <returns>False: there was nothing to do.</returns>
    private async Task<bool> StepAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var at = await ProgressAsync(connection, transaction: null, cancellationToken);
        var workspaces = await WorkspacesAsync(connection, cancellationToken);
        foreach (var (id, zone, counted) in workspaces.Where(w => w.TimeZone != w.Counted))
        {
            await CountAgainAsync(connection, id, zone, forget: counted is not null, at, cancellationToken);
        }

        var days = workspaces.ToDictionary(w => w.Id, w => new LocalDays(w.TimeZone));
        var repaired = await RepairAsync(connection, days, at, cancellationToken);
        if (await AddNewAsync(connection, days, at, cancellationToken))
        {
            return true;
        }

        foreach (var (id, local) in days)
        {
            await SeeAsync(connection, id, local, from: null, at, cancellationToken);
        }

        return repaired;
    }

    internal static async Task<(long Ledger, long Click)> ProgressAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        await using var command = DigestSql.Command(connection, RollUpSql.Progress);
        command.Transaction = transaction;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetInt64(1)) : (0, 0);
    }

    private static async Task<List<(long Id, string TimeZone, string? Counted)>> WorkspacesAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var all = new List<(long, string, string?)>();
        await using var command = DigestSql.Command(connection, RollUpSql.Workspaces);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add((reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        }

        return all;
    }

    /// <summary>A portion of the rows that are not in the days yet.</summary>
    /// <returns>Whether there were any.</returns>
    private async Task<bool> AddNewAsync(DbConnection connection, Dictionary<long, LocalDays> days, (long Ledger, long Click) at, CancellationToken cancellationToken)
    {
        var added = new NewRows(days);
        var to = await added.ReadAsync(connection, transaction: null, at, Portion, IsSettled, cancellationToken);
        if (to == at)
        {
            return false;
        }

        var rows = new List<DayRow>();
        foreach (var ((workspace, day), facts) in added.Facts)
        {
            var before = DayBytes.Read(await FactsAsync(connection, workspace, day, cancellationToken));
            before.Add(facts);
            rows.Add(new DayRow(workspace, day, DayBytes.Write(before)));
        }

        await WriteFactsAsync(at, to, rows, cancellationToken);
        return true;
    }

    private Task<bool> WriteFactsAsync((long Ledger, long Click) at, (long Ledger, long Click) to, List<DayRow> rows, CancellationToken cancellationToken) =>
        RollUpWriter.WriteAsync(database, at, to, async (c, t) =>
        {
            foreach (var row in rows)
            {
                await RollUpWriter.SetFactsAsync(c, t, row, cancellationToken);
            }

            return true;
        }, cancellationToken);

    private static async Task<byte[]?> FactsAsync(DbConnection connection, long workspace, int day, CancellationToken cancellationToken)
    {
        await using var command = DigestSql.Command(connection, RollUpSql.Facts, workspace, (long)day);
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    /// <summary>All days of a workspace, by the clocks of its new time zone.</summary>
    private async Task CountAgainAsync(
        DbConnection connection, long workspace, string zone, bool forget, (long Ledger, long Click) at, CancellationToken cancellationToken)
    {
        var rows = new List<DayRow>();
        if (forget)
        {
            var days = new LocalDays(zone);
            await using var first = DigestSql.Command(connection, RollUpSql.FirstOf, workspace);
            if (await first.ExecuteScalarAsync(cancellationToken) is long since)
            {
                await foreach (var row in CountAsync(connection, transaction: null, workspace, days, days.Of(since), Today(days) + MostDays, at, cancellationToken))
                {
                    rows.Add(row);
                }
            }
        }

        await RollUpWriter.WriteAsync(database, at, at, async (c, t) =>
        {
            await RollUpWriter.RunAsync(c, t, RollUpSql.ForgetDays, [workspace], cancellationToken);
            foreach (var row in rows)
            {
                await RollUpWriter.SetFactsAsync(c, t, row, cancellationToken);
            }

            await RollUpWriter.RunAsync(c, t, RollUpSql.SetCalendar, [workspace, zone], cancellationToken);
            return true;
        }, cancellationToken);
        if (forget)
        {
            Log.CountedAgain(logger, workspace, rows.Count);
        }
    }

    /// <summary>Counts days from the rows themselves, as far as the days go.</summary>
    internal static async IAsyncEnumerable<DayRow> CountAsync(
        DbConnection connection, DbTransaction? transaction, long workspace, LocalDays days, int first, int last, (long Ledger, long Click) at,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = first; from <= last; from += MostDays)
        {
            var to = Math.Min(last, from + MostDays - 1);
            var facts = Enumerable.Range(from, to - from + 1).ToDictionary(day => day, _ => new DayFacts());
            await using (var command = DigestSql.Command(connection, RollUpSql.EntriesOf, workspace, days.Start(from), days.Start(to + 1), at.Ledger))
            {
                command.Transaction = transaction;
                await using var r = await command.ExecuteReaderAsync(cancellationToken);
                while (await r.ReadAsync(cancellationToken))
                {
                    facts[days.Of(r.GetInt64(5))].AddEntry(r.GetInt64(0), r.GetInt64(1), (LedgerKind)r.GetInt64(2), r.IsDBNull(3) ? null : r.GetString(3), (int)r.GetInt64(4));
                }
            }

            await using (var command = DigestSql.Command(connection, RollUpSql.ClicksOf, workspace, days.Start(from), days.Start(to + 1), at.Click))
            {
                command.Transaction = transaction;
                await using var r = await command.ExecuteReaderAsync(cancellationToken);
                while (await r.ReadAsync(cancellationToken))
                {
                    facts[days.Of(r.GetInt64(4))].AddClick(r.GetInt64(0), r.GetInt64(1), (int)r.GetInt64(2), r.IsDBNull(3) ? null : r.GetString(3));
                }
            }

            foreach (var (day, counted) in facts)
            {
                yield return new DayRow(workspace, day, DayBytes.Write(counted));
            }
        }
    }

    /// <summary>Counts what somebody has changed.</summary>
    /// <returns>Whether anything was.</returns>
    private async Task<bool> RepairAsync(DbConnection connection, Dictionary<long, LocalDays> days, (long Ledger, long Click) at, CancellationToken cancellationToken)
    {
        var stale = new List<(long Id, string What, long Workspace, long From, long? To)>();
        await using (var command = DigestSql.Command(connection, RollUpSql.Stale))
        {
            await using var r = await command.ExecuteReaderAsync(cancellationToken);
            while (await r.ReadAsync(cancellationToken))
            {
                stale.Add((r.GetInt64(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.IsDBNull(4) ? null : r.GetInt64(4)));
            }
        }

        if (stale.Count == 0)
        {
            return false;
        }

        var rows = new List<DayRow>();
        foreach (var workspace in stale.Where(s => s.What == "F" && days.ContainsKey(s.Workspace)).GroupBy(s => s.Workspace))
        {
            var local = days[workspace.Key];
            foreach (var (first, last) in Ranges(workspace.SelectMany(s => (int[])[local.Of(s.From), local.Of(s.To!.Value - 1)])))
            {
                await foreach (var row in CountAsync(connection, transaction: null, workspace.Key, local, first, last, at, cancellationToken))
                {
                    rows.Add(row);
                }
            }
        }

        foreach (var workspace in stale.Where(s => s.What == "S" && days.ContainsKey(s.Workspace)).GroupBy(s => s.Workspace))
        {
            var local = days[workspace.Key];
            await SeeAsync(connection, workspace.Key, local, workspace.Min(s => local.Of(s.From)), at, cancellationToken);
        }

        var blocks = new List<(long Block, byte[] Bytes)>();
        foreach (var block in stale.Where(s => s.What == "P").Select(s => s.From).Distinct())
        {
            var groups = new ProfileGroups();
            await ReadProfilesAsync(connection, transaction: null, block * ProfileGroups.BlockSize, ((block + 1) * ProfileGroups.BlockSize) - 1, groups, cancellationToken);
            blocks.Add((block, groups.Write()));
        }

        await RollUpWriter.WriteAsync(database, at, at, async (c, t) =>
        {
            // Where some of the notes are gone, another host has counted, perhaps from younger rows.
            var ids = JsonSerializer.Serialize(stale.Select(s => s.Id));
            if (await RollUpWriter.RunAsync(c, t, (database.IsSqlite ? DigestSql.IdsSqlite : DigestSql.IdsPostgres) + RollUpSql.ForgetStale, [ids], cancellationToken) < stale.Count)
            {
                return false;
            }

            foreach (var row in rows)
            {
                await RollUpWriter.SetFactsAsync(c, t, row, cancellationToken);
            }

            foreach (var (block, bytes) in blocks)
            {
                await RollUpWriter.RunAsync(c, t, RollUpSql.SetProfiles, [block, bytes], cancellationToken);
            }

            return true;
        }, cancellationToken);
        return true;
    }

    /// <summary>Adds what the rows say of people between two ids.</summary>
    internal static async Task ReadProfilesAsync(
        DbConnection connection, DbTransaction? transaction, long first, long last, ProfileGroups groups, CancellationToken cancellationToken)
    {
        await using var command = DigestSql.Command(connection, RollUpSql.Profiles, first, last);
        command.Transaction = transaction;
        await using var r = await command.ExecuteReaderAsync(cancellationToken);
        while (await r.ReadAsync(cancellationToken))
        {
            groups.Add(r.GetInt64(0), new ProfileKey(Text(r, 1), Text(r, 2), Text(r, 3)));
        }

        static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    /// <summary>Days in a row, as their first and last.</summary>
    internal static IEnumerable<(int First, int Last)> Ranges(IEnumerable<int> days)
    {
        (int First, int Last)? open = null;
        foreach (var day in days.Distinct().Order())
        {
            if (open is { } range && day <= range.Last + 1)
            {
                open = (range.First, day);
                continue;
            }

            if (open is { } closed)
            {
                yield return closed;
            }

            open = (day, day);
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    /// <summary>Notes who could see a prompt, from a day on, or for the days that nobody has looked at yet.</summary>
    private async Task SeeAsync(DbConnection connection, long workspace, LocalDays days, int? from, (long Ledger, long Click) at, CancellationToken cancellationToken)
    {
        var today = Today(days);
        await using var known = DigestSql.Command(connection, RollUpSql.LastSeen, workspace);
        var next = await known.ExecuteScalarAsync(cancellationToken) is { } last and not DBNull ? Convert.ToInt32(last, System.Globalization.CultureInfo.InvariantCulture) + 1 : (int?)null;
        if (next is null)
        {
            next = await CouldSee.FirstDayAsync(connection, transaction: null, workspace, days, cancellationToken);
        }

        if (next is null || (from is null && next > today))
        {
            return;
        }

        var first = from is { } asked ? Math.Min(asked, next.Value) : next.Value;
        while (first <= today)
        {
            var to = Math.Min(today, first + 399);
            var seen = await CouldSee.ReadAsync(connection, transaction: null, workspace, days, first, to, cancellationToken);
            var start = first;
            await RollUpWriter.WriteAsync(database, at, at, async (c, t) =>
            {
                for (var i = 0; i < seen.Count; i++)
                {
                    await RollUpWriter.SetSeenAsync(c, t, new DayRow(workspace, start + i, seen[i]), cancellationToken);
                }

                return true;
            }, cancellationToken);
            first = to + 1;
        }
    }

    private int Today(LocalDays days) => days.Of(clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Workspace {Workspace} has another time zone: {Days} days of its report were counted again")]
        public static partial void CountedAgain(ILogger logger, long workspace, int days);
    }
}
