using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AdvocacyBot.Core.Data;

public enum DatabaseProvider
{
    Sqlite = 0,
    PostgreSql = 1,
}

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>ADO.NET connection string. SQLite: a relative <c>Data Source</c> is taken from the content root.</summary>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=data/advocacy.db";
}

/// <summary>The one database: how to reach it, and who may write now.</summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>On each connection to PostgreSQL, which keeps their plans in its memory.</summary>
    private const int StatementsPrepared = 64;

    private readonly NpgsqlDataSource? postgres;
    private readonly string connectionString;
    private readonly SemaphoreSlim gate = new(1, 1);

    public Database(IOptions<DatabaseOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Provider = options.Value.Provider;
        connectionString = options.Value.ConnectionString;
        if (Provider == DatabaseProvider.PostgreSql)
        {
            postgres = NpgsqlDataSource.Create(Prepared(connectionString));
        }
    }

    public DatabaseProvider Provider { get; }

    public bool IsSqlite => Provider == DatabaseProvider.Sqlite;

    /// <summary>The SQLite file, absolute or as configured; null on PostgreSQL and for in-memory databases.</summary>
    public string? SqliteFile
    {
        get
        {
            if (!IsSqlite)
            {
                return null;
            }

            var builder = new SqliteConnectionStringBuilder(connectionString);
            return builder.Mode == SqliteOpenMode.Memory || builder.DataSource == ":memory:" ? null : builder.DataSource;
        }
    }

    /// <summary>Points an EF context at the database.</summary>
    /// <param name="builder">The context's options.</param>
    /// <param name="migrationsAssembly">Assembly with the context's migrations.</param>
    /// <param name="historyTable">Table that remembers which of them ran; one per context.</param>
    public void Configure(DbContextOptionsBuilder builder, string migrationsAssembly, string historyTable)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Lists travel as one parameter: as one for each value they would make another statement for each length, which is translated and prepared anew, and SQLite looks
        // each of them up by its name.
        if (postgres is not null)
        {
            builder.UseNpgsql(postgres, o => o
                .MigrationsAssembly(migrationsAssembly).MigrationsHistoryTable(historyTable).UseParameterizedCollectionMode(ParameterTranslationMode.Parameter));
        }
        else
        {
            builder.UseSqlite(connectionString, o => o
                .MigrationsAssembly(migrationsAssembly).MigrationsHistoryTable(historyTable).UseParameterizedCollectionMode(ParameterTranslationMode.Parameter));
        }
    }

    /// <summary>What a connection asks again and again is parsed and planned once, unless the setting says otherwise.</summary>
    private static string Prepared(string connectionString)
    {
        var set = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return set.ContainsKey("Max Auto Prepare") || set.ContainsKey("MaxAutoPrepare")
            ? connectionString
            : new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = StatementsPrepared }.ConnectionString;
    }

    /// <summary>A connection of its own, open, outside EF; the caller disposes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (postgres is not null)
        {
            return await postgres.OpenConnectionAsync(cancellationToken);
        }

        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>
    /// SQLite has one writer at a time: writers of this process wait here in order instead of polling the file's lock. Held for the length of
    /// a transaction, so nothing slow (network) belongs inside. PostgreSQL needs no gate and gets none.
    /// </summary>
    public async ValueTask<WriteTurn> EnterWriteAsync(CancellationToken cancellationToken)
    {
        if (!IsSqlite)
        {
            return default;
        }

        await gate.WaitAsync(cancellationToken);
        return new WriteTurn(gate);
    }

    public async ValueTask DisposeAsync()
    {
        gate.Dispose();
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
    }
}

/// <summary>Leaving ends the turn.</summary>
public readonly struct WriteTurn(SemaphoreSlim? gate) : IDisposable, IEquatable<WriteTurn>
{
    private readonly SemaphoreSlim? gate = gate;

    public void Dispose() => gate?.Release();

    public bool Equals(WriteTurn other) => ReferenceEquals(gate, other.gate);

    public override bool Equals(object? obj) => obj is WriteTurn other && Equals(other);

    public override int GetHashCode() => gate?.GetHashCode() ?? 0;

    public static bool operator ==(WriteTurn left, WriteTurn right) => left.Equals(right);

    public static bool operator !=(WriteTurn left, WriteTurn right) => !left.Equals(right);
}
