using AdvocacyBot.Teams.Data;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Teams.Outbound;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_migrations_make_the_models_schema()
    {
        await using var host = await TeamsHost.StartAsync();
        var file = Path.Combine(Path.GetTempPath(), $"advocacybot-teams-{Guid.NewGuid():N}.db");
        try
        {
            await using (var model = new TeamsDb(new DbContextOptionsBuilder<TeamsDb>().UseSqlite($"Data Source={file};Pooling=False").Options))
            {
                await model.Database.EnsureCreatedAsync();
            }

            Assert.Equal(await SchemaAsync(file), await SchemaAsync(host.Folder.Database));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<IReadOnlyList<string>> SchemaAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT m.name || ' ' || COALESCE(c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk, '') || ' ' || COALESCE(i.name, '')
            FROM sqlite_master m
            LEFT JOIN pragma_table_info(m.name) c ON m.type = 'table'
            LEFT JOIN pragma_index_info(m.name) i ON m.type = 'index'
            WHERE m.tbl_name LIKE 'teams\_%' ESCAPE '\' ORDER BY 1
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
