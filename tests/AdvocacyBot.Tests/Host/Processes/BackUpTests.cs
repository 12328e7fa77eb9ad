using AdvocacyBot.Tests.Data;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AdvocacyBot.Tests.Host.Processes;

/// <summary>What docs/operations.md says about back-ups, done.</summary>
[Collection(PostgresCollection.Name)]
public sealed class BackUpTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_SQLite_programme_is_copied_while_it_runs_and_comes_back()
    {
        using var folder = new HostFolder();
        var copy = Path.Combine(folder.Path, "copy.db");
        await using (var host = await HostProcess.ServeAsync(folder.Path))
        {
            using var http = host.Client();
            var carmen = new ChatPerson(http, "carmen");
            await carmen.PublishAsync("Saved");
            await carmen.AwaitPromptAsync("Saved");
            var made = await HostProcess.RunAsync("Development", folder.Path, "backup", "--to", copy);
            Assert.True(made.ExitCode == 0, made.Output);
            Assert.Contains("complete copy", made.Output, StringComparison.Ordinal);
            await carmen.PublishAsync("Lost");
            await carmen.AwaitPromptAsync("Lost");
        }

        Assert.Equal(2, (await HostProcess.RunAsync("Development", folder.Path, "backup", "--to", copy)).ExitCode);
        File.Copy(copy, folder.Database, overwrite: true);
        File.Delete(folder.Database + "-wal");
        File.Delete(folder.Database + "-shm");

        await using var restored = await HostProcess.ServeAsync(folder.Path);
        using var again = restored.Client();
        var alice = new ChatPerson(again, "alice");
        var prompts = await alice.ReadAsync(ChatJourneys.General);
        Assert.Single(prompts, message => ChatJourneys.IsPrompt(message, "Saved"));
        Assert.DoesNotContain(prompts, message => ChatJourneys.IsPrompt(message, "Lost"));
        Assert.NotNull(await alice.ShareAsync(prompts.First(message => ChatJourneys.IsPrompt(message, "Saved"))));
    }

    [PostgresFact]
    public async Task A_PostgreSQL_programme_is_dumped_while_it_runs_and_comes_back()
    {
        using var folder = new HostFolder();
        var (database, other) = (await postgres.CreateDatabaseAsync(), await postgres.CreateDatabaseAsync());
        var dump = Path.Combine(folder.Path, "advocacy.dump");
        await using (var host = await HostProcess.ServeAsync(folder.Path, "--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}", "--Scheduler:Clustered=true"))
        {
            using var http = host.Client();
            var carmen = new ChatPerson(http, "carmen");
            await carmen.PublishAsync("Saved");
            await carmen.AwaitPromptAsync("Saved");
            await RunAsync("pg_dump", "--format=custom", $"--file={dump}", $"--dbname={Address(database)}");
        }

        await RunAsync("pg_restore", "--no-owner", $"--dbname={Address(other)}", dump);
        await using (var from = new NpgsqlConnection(database))
        await using (var to = new NpgsqlConnection(other))
        {
            await from.OpenAsync();
            await to.OpenAsync();
            Assert.Equal(await new AnyRows(from, sqlite: false).TablesAsync(), await new AnyRows(to, sqlite: false).TablesAsync());
        }

        await using var restored = await HostProcess.ServeAsync(folder.Path, "--Database:Provider=PostgreSql", $"--Database:ConnectionString={other}", "--Scheduler:Clustered=true");
        using var again = restored.Client();
        var alice = new ChatPerson(again, "alice");
        Assert.NotNull(await alice.ShareAsync((await alice.ReadAsync(ChatJourneys.General)).Single(message => ChatJourneys.IsPrompt(message, "Saved"))));
        await new ChatPerson(again, "carmen").PublishAsync("Afterwards");
        await alice.AwaitPromptAsync("Afterwards");
    }

    private static string Address(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"host={parts.Host} user={parts.Username} dbname={parts.Database}";
    }

    private static async Task RunAsync(string tool, params string[] arguments)
    {
        var result = await Tool.RunAsync(Path.Combine(PostgresServer.Binaries.Require(), tool), arguments, "/");
        Assert.True(result.ExitCode == 0, result.Output);
    }
}
