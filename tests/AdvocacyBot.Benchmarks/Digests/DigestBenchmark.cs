using System.Diagnostics;
using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Benchmarks.Digests;

/// <summary>
/// <c>[events] [PostgreSQL connection string]</c>: how long one channel's week, and the week of all 2,000 channels, take to read out of a year of events.
/// Without a connection string a temporary SQLite file is made and deleted. A PostgreSQL database has to be empty, or filled by an earlier run.
/// </summary>
public static class DigestBenchmark
{
    public static async Task RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var events = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var file = Path.Combine(Path.GetTempPath(), $"advocacy-digest-{Guid.NewGuid():N}.db");
        var options = args.Length > 1
            ? new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = args[1] }
            : new DatabaseOptions { ConnectionString = $"Data Source={file}" };
        try
        {
            await using var database = new Database(Options.Create(options));
            var watch = Stopwatch.StartNew();
            await new DigestData(database, events).FillAsync();
            Console.WriteLine($"{options.Provider}: {events:N0} events and {events / 2:N0} clicks of {DigestData.Channels:N0} channels in {watch.Elapsed.TotalSeconds:N0} s");

            var query = new DigestQuery(database);
            var scopes = DigestData.LastWeek();
            for (var i = 0; i < 50; i++)
            {
                await query.ReadAsync(scopes[i], DigestData.End, CancellationToken.None);
            }

            await MeasureAsync("one channel, one week", 400, i => query.ReadAsync(scopes[(i * 7) % scopes.Count], DigestData.End, CancellationToken.None));
            await MeasureAsync("all channels, one week", 7, _ => query.ReadAllAsync(scopes, DigestData.End, CancellationToken.None));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
            {
                File.Delete(left);
            }
        }
    }

    /// <summary>This process's processor time is told beside the clock's, since the clock also counts what else the machine is doing.</summary>
    private static async Task MeasureAsync<T>(string what, int times, Func<int, Task<T>> run)
    {
        var took = new List<double>(times);
        var processor = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            await run(i);
            took.Add(watch.Elapsed.TotalMilliseconds);
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        took.Sort();
        Console.WriteLine(
            $"  {what}: median {took[times / 2]:N2} ms, best {took[0]:N2} ms, 95th percentile {took[(int)(times * 0.95)]:N2} ms, of processor time {processor.TotalMilliseconds / times:N2} ms each");
    }
}
