using System.Data.Common;
using System.Globalization;
using System.Text;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.People;

/// <summary>Looks for words in every column of every row of every table that a database has, whoever made the table.</summary>
internal static class EveryColumn
{
    /// <returns>Where they stand, as <c>table.column: value</c>.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(AdvocacyDb db, params string[] words)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        var found = new List<string>();
        foreach (var table in await TablesAsync(connection, db.Database.IsSqlite()))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are the database's own.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var column = 0; column < rows.FieldCount; column++)
                {
                    var value = rows.IsDBNull(column) ? "" : rows.GetValue(column) switch
                    {
                        byte[] bytes => Encoding.UTF8.GetString(bytes),
                        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
                    };
                    found.AddRange(words.Where(word => value.Contains(word, StringComparison.OrdinalIgnoreCase) || value.Contains(Escaped(word), StringComparison.OrdinalIgnoreCase))
                        .Select(word => $"{table}.{rows.GetName(column)}: {word}"));
                }
            }
        }

        return [.. found.Distinct()];
    }

    /// <summary>As a writer of JSON may have put it that keeps to ASCII.</summary>
    private static string Escaped(string word) => string.Concat(word.Select(c => c < 128 ? c.ToString() : $"\\u{(int)c:X4}"));

    private static async Task<List<string>> TablesAsync(DbConnection connection, bool sqlite)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
        await using var rows = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await rows.ReadAsync())
        {
            tables.Add(rows.GetString(0));
        }

        Assert.True(tables.Count > 20, "There are more tables than that.");
        return tables;
    }
}
