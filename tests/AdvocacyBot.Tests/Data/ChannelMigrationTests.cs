using AdvocacyBot.Core.Data;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Data;

/// <summary>The channels' own tables: from the schema of each version that there has been to today's, with rows in every table, on both databases.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ChannelMigrationTests(PostgresFixture postgres) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("advocacy").FullName;

    /// <summary>Every version of each channel; today's too, for a start that changes nothing.</summary>
    public static TheoryData<string, string> Versions()
    {
        using var slack = new SlackDb(Nowhere<SlackDb>());
        using var teams = new TeamsDb(Nowhere<TeamsDb>());
        using var web = new WebDb(Nowhere<WebDb>());
        var all = new TheoryData<string, string>();
        foreach (var (channel, db) in new (string, DbContext)[] { ("slack", slack), ("teams", teams), ("web", web) })
        {
            foreach (var version in db.Database.GetMigrations())
            {
                all.Add(channel, version);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task On_SQLite_filled_tables_become_todays(string channel, string version)
    {
        var model = Path.Combine(folder, "model.db");
        await UpgradeAsync(channel, version, new() { ConnectionString = TestDatabase.Sqlite(Path.Combine(folder, "filled.db")) }, new() { ConnectionString = TestDatabase.Sqlite(model) });
    }

    [PostgresTheory]
    [MemberData(nameof(Versions))]
    public async Task On_PostgreSQL_filled_tables_become_todays(string channel, string version) => await UpgradeAsync(
        channel,
        version,
        new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = await postgres.CreateDatabaseAsync() },
        new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = await postgres.CreateDatabaseAsync() });

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task UpgradeAsync(string channel, string version, DatabaseOptions options, DatabaseOptions forModel)
    {
        await using var database = new Database(Options.Create(options));
        await using var db = Context(channel, database);
        await db.GetService<IMigrator>().MigrateAsync(version);
        var before = await FillAsync(database);

        await db.Database.MigrateAsync();

        Assert.Equal(before, await ReadAsync(database, before));
        Assert.Equal(await ModelAsync(channel, forModel), await SchemaAsync(channel, database));

        // And back, for who has to: what is new goes, what was there stays.
        await db.GetService<IMigrator>().MigrateAsync(version);
        Assert.Equal(before, await ReadAsync(database, before));
    }

    private static async Task<SortedDictionary<string, List<string>>> FillAsync(Database database)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var rows = new AnyRows(connection, database.IsSqlite);
        await rows.FillAsync();
        var filled = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (table, (columns, lines)) in await rows.ReadAllAsync())
        {
            Assert.NotEmpty(lines);
            filled[$"{table}|{string.Join('|', columns)}"] = lines;
        }

        Assert.NotEmpty(filled);
        return filled;
    }

    private static async Task<SortedDictionary<string, List<string>>> ReadAsync(Database database, SortedDictionary<string, List<string>> wanted)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var rows = new AnyRows(connection, database.IsSqlite);
        var read = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in wanted.Keys)
        {
            read[table] = await rows.ReadAsync(table.Split('|')[0], table.Split('|')[1..]);
        }

        return read;
    }

    private static async Task<IReadOnlyList<string>> ModelAsync(string channel, DatabaseOptions options)
    {
        await using var database = new Database(Options.Create(options));
        await using var db = Context(channel, database);
        Assert.True(await db.Database.EnsureCreatedAsync());
        return await SchemaAsync(channel, database);
    }

    private static async Task<IReadOnlyList<string>> SchemaAsync(string channel, Database database) =>
        [.. (await Schema.ReadAsync(database)).Where(line => !line.Contains($"__{channel}_", StringComparison.Ordinal))];

    private static DbContextOptions<T> Nowhere<T>()
        where T : DbContext => new DbContextOptionsBuilder<T>().UseSqlite("Data Source=:memory:").Options;

    private static DbContext Context(string channel, Database database) => channel switch
    {
        "slack" => new SlackDb(Set<SlackDb>(database, SlackDb.HistoryTable)),
        "teams" => new TeamsDb(Set<TeamsDb>(database, TeamsDb.HistoryTable)),
        _ => new WebDb(Set<WebDb>(database, WebDb.HistoryTable)),
    };

    private static DbContextOptions<T> Set<T>(Database database, string history)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        database.Configure(options, typeof(T).Assembly.GetName().Name!, history);
        return options.Options;
    }
}
