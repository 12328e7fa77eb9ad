using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Data;

/// <summary>Migrations are written by hand; these hold them to the model.</summary>
[Collection(PostgresCollection.Name)]
public sealed class MigrationTests(PostgresFixture postgres) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("advocacy").FullName;

    [Fact]
    public async Task On_SQLite_migrations_make_the_models_schema()
    {
        Assert.Equal(await ModelSchemaAsync(Sqlite("model")), await MigratedSchemaAsync(Sqlite("migrated")));
    }

    [PostgresFact]
    public async Task On_PostgreSQL_migrations_make_the_models_schema()
    {
        Assert.Equal(await ModelSchemaAsync(await PostgresAsync()), await MigratedSchemaAsync(await PostgresAsync()));
    }

    [Fact]
    public Task On_SQLite_a_database_with_data_in_it_survives_another_upgrade() => AnotherUpgradeAsync(Sqlite("filled"));

    [PostgresFact]
    public async Task On_PostgreSQL_a_database_with_data_in_it_survives_another_upgrade() => await AnotherUpgradeAsync(await PostgresAsync());

    [Fact]
    public Task On_SQLite_a_migration_can_be_taken_back_and_made_again() => BackAndForthAsync(Sqlite("back"));

    [PostgresFact]
    public async Task On_PostgreSQL_a_migration_can_be_taken_back_and_made_again() => await BackAndForthAsync(await PostgresAsync());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<IReadOnlyList<string>> ModelSchemaAsync(DatabaseOptions options)
    {
        await using var database = new Database(Options.Create(options));
        await using var db = new AdvocacyDb(TestDatabase.ContextOptions(database));
        Assert.True(await db.Database.EnsureCreatedAsync());
        var schema = await Schema.ReadAsync(database);
        Assert.Contains(schema, line => line.Contains("campaigns", StringComparison.Ordinal));
        return schema;
    }

    private static async Task<IReadOnlyList<string>> MigratedSchemaAsync(DatabaseOptions options)
    {
        await using var database = new Database(Options.Create(options));
        await using var db = new AdvocacyDb(TestDatabase.ContextOptions(database));
        await db.Database.MigrateAsync();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        return await Schema.ReadAsync(database);
    }

    private static async Task AnotherUpgradeAsync(DatabaseOptions options)
    {
        await TestDatabase.PrepareAsync(options.Provider, options.ConnectionString);
        await using var database = new Database(Options.Create(options));
        await using var db = new AdvocacyDb(TestDatabase.ContextOptions(database));
        var schema = await Schema.ReadAsync(database);
        var people = await db.People.AsNoTracking().OrderBy(p => p.Id).Select(p => new { p.Id, p.ExternalId, p.Name, p.CreatedAt }).ToListAsync();

        await db.Database.MigrateAsync();

        Assert.Equal(schema, await Schema.ReadAsync(database));
        Assert.NotEmpty(people);
        Assert.Equal(people, await db.People.AsNoTracking().OrderBy(p => p.Id).Select(p => new { p.Id, p.ExternalId, p.Name, p.CreatedAt }).ToListAsync());
        Assert.Equal(people.Count * 2, await db.Memberships.CountAsync());
    }

    private static async Task BackAndForthAsync(DatabaseOptions options)
    {
        await using var database = new Database(Options.Create(options));
        await using var db = new AdvocacyDb(TestDatabase.ContextOptions(database));
        await db.Database.MigrateAsync();
        var schema = await Schema.ReadAsync(database);

        await db.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase);
        Assert.Empty(await Schema.ReadAsync(database));
        await db.Database.MigrateAsync();

        Assert.Equal(schema, await Schema.ReadAsync(database));
    }

    private DatabaseOptions Sqlite(string name) => new() { ConnectionString = TestDatabase.Sqlite(Path.Combine(folder, name + ".db")) };

    private async Task<DatabaseOptions> PostgresAsync() => new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = await postgres.CreateDatabaseAsync() };
}
