using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Web.Support;
using AdvocacyBot.Web;
using AdvocacyBot.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Web;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_migrations_make_the_models_schema()
    {
        await using var host = await Caller.HostAsync();
        var file = Path.Combine(Path.GetTempPath(), $"advocacybot-web-{Guid.NewGuid():N}.db");
        try
        {
            await using (var model = new WebDb(new DbContextOptionsBuilder<WebDb>().UseSqlite($"Data Source={file}").Options))
            {
                await model.Database.EnsureCreatedAsync();
            }

            Assert.Equal(await SchemaAsync(file), await SchemaAsync(host.DatabaseFile));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Preparing_again_changes_nothing()
    {
        await using var host = await Caller.HostAsync();
        await using var db = await host.App.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync();
        var people = await db.People.CountAsync();

        await host.App.Services.PrepareWebChannelAsync(CancellationToken.None);

        Assert.Equal(people, await db.People.CountAsync());
        Assert.Equal(1, await db.Workspaces.CountAsync());
    }

    [Fact]
    public async Task Every_channel_has_members_enough_to_be_counted_and_both_languages_have_people()
    {
        await using var host = await Caller.HostAsync();
        await using var db = await host.App.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync();

        var members = await db.Memberships.GroupBy(m => m.ConversationId).Select(g => g.Count()).ToListAsync();
        var employees = await db.People.Where(p => p.Roles == Roles.None).GroupBy(p => p.Language).Select(g => g.Count()).ToListAsync();

        Assert.Equal(3, members.Count);
        Assert.All(members, count => Assert.True(count >= 6));
        Assert.Equal([6, 6], employees);
        Assert.Equal(1, await db.People.CountAsync(p => (p.Roles & Roles.Owner) != Roles.None));
        Assert.Equal(2, await db.People.CountAsync(p => (p.Roles & Roles.Comms) != Roles.None));
    }

    private static async Task<IReadOnlyList<string>> SchemaAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT m.name || ' ' || COALESCE(c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk, '') || ' ' || COALESCE(i.name, '') || ' ' || COALESCE(x."unique", '')
            FROM sqlite_master m
            LEFT JOIN pragma_table_info(m.name) c ON m.type = 'table'
            LEFT JOIN pragma_index_info(m.name) i ON m.type = 'index'
            LEFT JOIN pragma_index_list(m.tbl_name) x ON x.name = m.name
            WHERE m.tbl_name LIKE 'web\_%' ESCAPE '\' ORDER BY 1
            """;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        Assert.NotEmpty(lines);
        return lines;
    }
}
