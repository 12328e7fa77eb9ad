using AdvocacyBot.Core;
using AdvocacyBot.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>
/// A database of a test's own, migrated and filled with <see cref="TestData"/>: a copy of one that is made once per test run. SQLite, unless the test runs
/// inside <see cref="OnPostgres"/>.
/// </summary>
internal sealed class TestDatabase : IDisposable
{
    private static readonly AsyncLocal<PostgresFixture?> Postgres = new();
    private static readonly Lazy<Task<byte[]>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private readonly string? folder;

    private TestDatabase(DatabaseProvider provider, string connectionString, string? folder)
    {
        Provider = provider;
        ConnectionString = connectionString;
        this.folder = folder;
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>The databases that the calling test asks for from now on are PostgreSQL's.</summary>
    public static void OnPostgres(PostgresFixture fixture) => Postgres.Value = fixture;

    public static async Task<TestDatabase> CreateAsync()
    {
        if (Postgres.Value is { } postgres)
        {
            return new TestDatabase(DatabaseProvider.PostgreSql, await postgres.CopyTemplateAsync(), folder: null);
        }

        var own = Directory.CreateTempSubdirectory("advocacy").FullName;
        var file = Path.Combine(own, "test.db");
        await File.WriteAllBytesAsync(file, await SqliteTemplate.Value);
        return new TestDatabase(DatabaseProvider.Sqlite, $"Data Source={file}", own);
    }

    /// <summary>Migrates and fills an empty database.</summary>
    public static async Task PrepareAsync(DatabaseProvider provider, string connectionString)
    {
        await using var database = new Database(Options.Create(new DatabaseOptions { Provider = provider, ConnectionString = connectionString }));
        await using var db = new AdvocacyDb(ContextOptions(database));
        await db.Database.MigrateAsync();
        await TestData.SeedAsync(db);
    }

    /// <summary>As the product's own contexts are set up.</summary>
    public static DbContextOptions<AdvocacyDb> ContextOptions(Database database)
    {
        var options = new DbContextOptionsBuilder<AdvocacyDb>();
        database.Configure(options, typeof(AdvocacyDb).Assembly.GetName().Name!, CoreServices.MigrationsHistory);
        return options
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning, CoreEventId.ManyServiceProvidersCreatedWarning))
            .Options;
    }

    // Without pooling the last connection's end leaves one complete file behind.
    public static string Sqlite(string file) => $"Data Source={file};Pooling=False";

    public void Configure(DatabaseOptions options)
    {
        options.Provider = Provider;
        options.ConnectionString = ConnectionString;
    }

    public void Dispose()
    {
        if (folder is not null)
        {
            using (var connection = new SqliteConnection(ConnectionString))
            {
                SqliteConnection.ClearPool(connection);
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<byte[]> MakeSqliteTemplateAsync()
    {
        var temporary = Directory.CreateTempSubdirectory("advocacy").FullName;
        try
        {
            var file = Path.Combine(temporary, "template.db");
            await PrepareAsync(DatabaseProvider.Sqlite, Sqlite(file));
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }
}
