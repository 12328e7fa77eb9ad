using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Data;

/// <summary>From the schema of each version that there has been to today's, with rows in every table: what was there is there, value by value.</summary>
[Collection(PostgresCollection.Name)]
public sealed class MigrationStepTests(PostgresFixture postgres) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("advocacy").FullName;

    /// <summary>Every version but the last.</summary>
    public static TheoryData<string> Versions()
    {
        using var db = new AdvocacyDb(new DbContextOptionsBuilder<AdvocacyDb>().UseSqlite("Data Source=:memory:").Options);
        return [.. db.Database.GetMigrations().SkipLast(1)];
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public Task On_SQLite_a_filled_database_becomes_todays(string version) =>
        UpgradeAsync(version, new() { ConnectionString = TestDatabase.Sqlite(Path.Combine(folder, version + ".db")) });

    [PostgresTheory]
    [MemberData(nameof(Versions))]
    public async Task On_PostgreSQL_a_filled_database_becomes_todays(string version) =>
        await UpgradeAsync(version, new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = await postgres.CreateDatabaseAsync() });

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Made from what stands in the others, and made anew where a migration throws it away.</summary>
    private static readonly string[] Derived = ["report_days", "report_progress", "report_stale"];

    private static async Task UpgradeAsync(string version, DatabaseOptions options)
    {
        await using var database = new Database(Options.Create(options));
        await using var db = new AdvocacyDb(TestDatabase.ContextOptions(database));
        await db.GetService<IMigrator>().MigrateAsync(version);
        SortedDictionary<string, (IReadOnlyList<string> Columns, List<string> Rows)> before;
        await using (var connection = await database.OpenAsync(CancellationToken.None))
        {
            var rows = new AnyRows(connection, database.IsSqlite);
            await rows.FillAsync();
            before = await rows.ReadAllAsync();
        }

        await db.Database.MigrateAsync();

        await using var after = await database.OpenAsync(CancellationToken.None);
        var now = new AnyRows(after, database.IsSqlite);
        var tables = await now.TablesAsync();
        Assert.All(before, table => Assert.Contains(table.Key, tables));
        foreach (var (table, (columns, rows)) in before)
        {
            Assert.NotEmpty(rows);
            if (!Derived.Contains(table, StringComparer.Ordinal))
            {
                Assert.Equal(rows, await now.ReadAsync(table, columns));
            }
        }
    }
}
