using System.Diagnostics;
using AdvocacyBot.Core;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Benchmarks;

/// <summary>
/// The database of a benchmark: nothing: a temporary SQLite file; <c>postgres</c>: a PostgreSQL server of its own with 512 MB of buffers, which is gone afterwards; a name that ends
/// in <c>.db</c>: a SQLite file that stays; anything else: a PostgreSQL connection string. What stays is empty or was filled by an earlier run.
/// </summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable, IDbContextFactory<AdvocacyDb>
{
    private readonly string? file;
    private readonly PostgresServer? server;

    private BenchmarkDatabase(DatabaseOptions options, string? file, PostgresServer? server)
    {
        this.file = file;
        this.server = server;
        Database = new Database(Options.Create(options));
    }

    public Database Database { get; }

    public static async Task<BenchmarkDatabase> OpenAsync(string? where)
    {
        if (where is null)
        {
            var temporary = Path.Combine(Path.GetTempPath(), $"advocacy-bench-{Guid.NewGuid():N}.db");
            return new BenchmarkDatabase(new DatabaseOptions { ConnectionString = $"Data Source={temporary}" }, temporary, server: null);
        }

        if (where.EndsWith(".db", StringComparison.Ordinal))
        {
            return new BenchmarkDatabase(new DatabaseOptions { ConnectionString = $"Data Source={where}" }, file: null, server: null);
        }

        if (where != "postgres")
        {
            return new BenchmarkDatabase(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = where }, file: null, server: null);
        }

        var started = await PostgresServer.StartAsync("-c shared_buffers=512MB -c work_mem=32MB -c max_wal_size=4GB");
        var connection = $"Host={started.SocketFolder};Username=postgres;Database=postgres;Command Timeout=0";
        return new BenchmarkDatabase(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = connection }, file: null, started);
    }

    /// <summary>Makes the tables as the product does, triggers included.</summary>
    public async Task MigrateAsync()
    {
        await using var db = Context();
        await db.Database.MigrateAsync();
    }

    public AdvocacyDb CreateDbContext() => Context();

    public AdvocacyDb Context()
    {
        var options = new DbContextOptionsBuilder<AdvocacyDb>();
        Database.Configure(options, typeof(AdvocacyDb).Assembly.GetName().Name!, CoreServices.MigrationsHistory);
        return new AdvocacyDb(options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)).Options);
    }

    /// <summary>This process's processor time is told beside the clock's, since the clock also counts what else the machine is doing.</summary>
    public static async Task MeasureAsync<T>(string what, int times, Func<int, Task<T>> run)
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

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (server is not null)
        {
            Npgsql.NpgsqlConnection.ClearAllPools();
            await server.DisposeAsync();
        }

        if (file is not null)
        {
            foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
            {
                File.Delete(left);
            }
        }
    }
}
