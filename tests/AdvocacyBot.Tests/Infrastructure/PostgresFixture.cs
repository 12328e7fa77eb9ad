using AdvocacyBot.Core.Data;
using Npgsql;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>
/// One PostgreSQL server for all tests of the collection, started by the first that asks for a database. Use it with
/// <c>[Collection(PostgresCollection.Name)]</c>, a constructor parameter, and <see cref="PostgresFactAttribute"/> on the tests.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly Lazy<Task<PostgresServer>> server = new(PostgresServer.StartAsync);
    private readonly Lazy<Task<string>> template;
    private int databases;

    public PostgresFixture() => template = new(MakeTemplateAsync);

    public static bool IsAvailable => PostgresServer.Binaries.Path is not null;

    /// <summary>An empty database of the test's own; the answer is its connection string.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or did not start.</exception>
    public Task<string> CreateDatabaseAsync() => CreateAsync($"test_{Interlocked.Increment(ref databases)}", "template1");

    /// <summary>A database of the test's own, migrated and filled with <see cref="TestData"/>; the answer is its connection string.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or did not start.</exception>
    public async Task<string> CopyTemplateAsync() => await CreateAsync($"test_{Interlocked.Increment(ref databases)}", await template.Value);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (server.IsValueCreated && server.Value.IsCompletedSuccessfully)
        {
            NpgsqlConnection.ClearAllPools();
            await (await server.Value).DisposeAsync();
        }
    }

    private async Task<string> CreateAsync(string name, string from)
    {
        var connectionString = new NpgsqlConnectionStringBuilder { Host = (await server.Value).SocketFolder, Username = "postgres", Database = "postgres" };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {from}", connection);
        await create.ExecuteNonQueryAsync();
        connectionString.Database = name;
        return connectionString.ConnectionString;
    }

    private async Task<string> MakeTemplateAsync()
    {
        const string name = "filled";

        // PostgreSQL copies only a database that nobody is connected to.
        await TestDatabase.PrepareAsync(DatabaseProvider.PostgreSql, await CreateAsync(name, "template1") + ";Pooling=False");
        return name;
    }
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
