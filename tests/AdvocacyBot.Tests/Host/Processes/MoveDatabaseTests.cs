using System.Security.Cryptography;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Data;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdvocacyBot.Tests.Host.Processes;

/// <summary>A programme that has run on SQLite, in all three channels, goes on on PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class MoveDatabaseTests(PostgresFixture postgres)
{
    private static readonly string[] Channels =
    [
        "--Slack:Enabled=true", "--Slack:SigningSecret=secret", "--Slack:BotToken=xoxb-1", "--Slack:ApiBaseUrl=http://127.0.0.1:9/api/",
        "--Teams:AppId=11111111-2222-3333-4444-555555555555", "--Teams:ClientSecret=secret", "--Teams:TenantId=99999999-8888-7777-6666-555555555555",
    ];

    [PostgresFact]
    public async Task Nothing_is_lost_and_the_programme_goes_on()
    {
        using var folder = new HostFolder();
        await MakeRichAsync(folder);
        var file = await HashAsync(folder);
        var target = await postgres.CreateDatabaseAsync();

        var moved = await MoveAsync(folder, target);
        Assert.True(moved.ExitCode == 0, moved.Output);
        Assert.Contains("counts and checksums are the same on both sides", moved.Output, StringComparison.Ordinal);
        Assert.Equal(file, await HashAsync(folder));

        await using (var from = new SqliteConnection($"Data Source={folder.Database};Mode=ReadOnly;Pooling=False"))
        await using (var to = new NpgsqlConnection(target))
        {
            await from.OpenAsync();
            await to.OpenAsync();
            var (source, arrived) = (new AnyRows(from, sqlite: true), new AnyRows(to, sqlite: false));
            var all = await source.ReadAllAsync();
            Assert.Equal(all.Keys, (await arrived.TablesAsync()).Order(StringComparer.Ordinal));
            Assert.Contains("slack_keys", all.Keys);
            Assert.Contains("teams_conversations", all.Keys);
            foreach (var (table, (columns, rows)) in all)
            {
                Assert.NotEmpty(rows);
                Assert.Equal(rows, await arrived.ReadAsync(table, columns));
            }
        }

        // People go on where they were: buttons pressed on old cards work, and new rows get numbers that none has had.
        await using var host = await HostProcess.ServeAsync(folder.Path, "--Database:Provider=PostgreSql", $"--Database:ConnectionString={target}");
        using var http = host.Client();
        var ben = new ChatPerson(http, "ben");
        var old = await ben.AwaitPromptAsync("Before the move");
        Assert.NotNull(await ben.ShareAsync(old));
        await new ChatPerson(http, "carmen").PublishAsync("After the move");
        await ben.AwaitPromptAsync("After the move");

        var again = await MoveAsync(folder, target);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("The target is not empty", again.Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_move_that_breaks_off_can_be_made_again()
    {
        using var folder = new HostFolder();
        await MakeRichAsync(folder);
        var target = await postgres.CreateDatabaseAsync();
        await ChangeAsync(folder, "UPDATE suggestions SET \"Title\" = 'broken' || char(0) || '!' WHERE \"Id\" = 1");

        var broken = await MoveAsync(folder, target);
        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("suggestions.Title", broken.Output, StringComparison.Ordinal);
        await ChangeAsync(folder, "UPDATE suggestions SET \"Title\" = 'mended' WHERE \"Id\" = 1");

        var moved = await MoveAsync(folder, target);
        Assert.True(moved.ExitCode == 0, moved.Output);
    }

    [PostgresFact]
    public async Task A_bot_that_runs_is_not_moved_and_what_is_missing_is_said()
    {
        using var folder = new HostFolder();
        await using (await HostProcess.ServeAsync(folder.Path))
        {
            var refused = await MoveAsync(folder, await postgres.CreateDatabaseAsync());
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("is in use by another AdvocacyBot", refused.Output, StringComparison.Ordinal);
        }

        Assert.Contains("Say where to", (await HostProcess.RunAsync("Development", folder.Path, "move-database")).Output, StringComparison.Ordinal);
        Assert.Contains("no connection string", (await HostProcess.RunAsync("Development", folder.Path, "move-database", "--to", "nonsense")).Output, StringComparison.Ordinal);
        using var empty = new HostFolder();
        Assert.Contains("There is no database", (await HostProcess.RunAsync("Development", empty.Path, "move-database", "--to", "Host=nowhere")).Output, StringComparison.Ordinal);
    }

    private static async Task<string> HashAsync(HostFolder folder) => Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(folder.Database)));

    private static Task<HostExit> MoveAsync(HostFolder folder, string target) => HostProcess.RunAsync("Development", folder.Path, "move-database", "--to", target);

    /// <summary>A campaign by hand, and rows in all tables that it left empty.</summary>
    private static async Task MakeRichAsync(HostFolder folder)
    {
        var migrated = await HostProcess.RunAsync("Development", folder.Path, ["migrate", .. Channels]);
        Assert.True(migrated.ExitCode == 0, migrated.Output);
        await using (var host = await HostProcess.ServeAsync(folder.Path))
        {
            using var http = host.Client();
            await new ChatPerson(http, "carmen").PublishAsync("Before the move");
            var alice = new ChatPerson(http, "alice");
            Assert.NotNull(await alice.ShareAsync(await alice.AwaitPromptAsync("Before the move")));
            host.RequestStop();
            await host.ExitAsync();
        }

        await using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        await connection.OpenAsync();
        await new AnyRows(connection, sqlite: true).FillAsync();
        await using var close = connection.CreateCommand();
        close.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await close.ExecuteNonQueryAsync();
    }

    private static async Task ChangeAsync(HostFolder folder, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
