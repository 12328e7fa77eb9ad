using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Ledger;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Benchmarks.Reports;

/// <summary>
/// <c>[rows] [database] [rounds]</c>: entries of the ledger that are durable one by one, written by a thousand callers at a time through the product's writer, beside one prepared
/// insert in a loop with a transaction for each thousand. Same tables, indexes, triggers and durability; rounds alternate.
/// </summary>
internal static class IngestBenchmark
{
    private const int Callers = 1000;
    private const int Transaction = 1000;

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50_000;
        var rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 9;
        await using var bench = await BenchmarkDatabase.OpenAsync(args.ElementAtOrDefault(1));
        await bench.MigrateAsync();
        using var committer = new GroupCommitter(bench.Database);
        await committer.StartAsync(CancellationToken.None);
        var ledger = new LedgerWriter(committer);
        var (plain, ours) = (new List<double>(), new List<double>());
        var next = 0L;
        for (var round = 0; round <= rounds; round++)
        {
            var slow = await RateAsync(rows, () => PlainAsync(bench.Database, next, rows));
            next += rows;
            var fast = await RateAsync(rows, () => OursAsync(ledger, next, rows));
            next += rows;

            // The first round warms up.
            if (round > 0)
            {
                plain.Add(slow);
                ours.Add(fast);
                Console.WriteLine($"  round {round}: plain {slow:N0} per second, durable one by one {fast:N0}, ratio {fast / slow:N2}");
            }
        }

        await committer.StopAsync(CancellationToken.None);
        var ratios = plain.Zip(ours, (slow, fast) => fast / slow).Order().ToList();
        Console.WriteLine($"{bench.Database.Provider}: plain {Median(plain):N0} per second, durable one by one {Median(ours):N0}; ratio: median {ratios[rounds / 2]:N2}, lowest {ratios[0]:N2}, highest {ratios[^1]:N2}");
        return 0;
    }

    /// <summary>An entry like those of real shares.</summary>
    public static LedgerEvent Entry(long number, DateTimeOffset at) => new()
    {
        Key = $"said:{at.ToUnixTimeMilliseconds()}:{number}", WorkspaceId = 1, ConversationId = 1 + (number % 2000), CampaignId = 1 + (number * 7919 % 2000), PersonId = 1 + (number * 104_729 % 100_000),
        ShareId = number, Kind = LedgerKind.Said, Amount = 1, Network = null, At = at, RecordedAt = at,
    };

    public static DbCommand Command(DbConnection connection, BatchStatement statement)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the product's own constant.
        command.CommandText = statement.Sql;
#pragma warning restore CA2100
        foreach (var (i, value) in statement.Values.Index())
        {
            var parameter = command.CreateParameter();
            if (connection is SqliteConnection)
            {
                parameter.ParameterName = $"${(i + 1).ToString(CultureInfo.InvariantCulture)}";
            }

            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static async Task PlainAsync(Database database, long from, int rows)
    {
        var at = TimeProvider.System.GetUtcNow();
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = Command(connection, LedgerWriter.Statement(Entry(0, at)));
        if (!database.IsSqlite)
        {
            // SQLite's provider prepares by itself; a parameter without a value has no type to prepare for.
            for (var i = 0; i < command.Parameters.Count; i++)
            {
                command.Parameters[i].DbType = command.Parameters[i].Value is long ? System.Data.DbType.Int64 : System.Data.DbType.String;
            }
        }

        await command.PrepareAsync();
        for (var done = 0; done < rows; done += Transaction)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            command.Transaction = transaction;
            for (var i = done; i < Math.Min(rows, done + Transaction); i++)
            {
                var values = LedgerWriter.Statement(Entry(from + i, at)).Values;
                for (var p = 0; p < values.Length; p++)
                {
                    command.Parameters[p].Value = values[p] ?? DBNull.Value;
                }

                await command.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }
    }

    private static async Task OursAsync(LedgerWriter ledger, long from, int rows)
    {
        var at = TimeProvider.System.GetUtcNow();
        var left = rows;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Decrement(ref left); i >= 0; i = Interlocked.Decrement(ref left))
            {
                await ledger.AppendAsync([Entry(from + i, at)], CancellationToken.None);
            }
        })));
    }

    private static async Task<double> RateAsync(int rows, Func<Task> write)
    {
        var watch = Stopwatch.StartNew();
        await write();
        return rows / watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
