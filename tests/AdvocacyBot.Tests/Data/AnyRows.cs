using System.Data.Common;
using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Templates;

namespace AdvocacyBot.Tests.Data;

/// <summary>Fills every table of whatever schema is there with rows that its keys and references allow, and reads them again in a form that both databases share.</summary>
internal sealed class AnyRows(DbConnection connection, bool sqlite)
{
    private const int RowsPerTable = 3;

    /// <summary>Letters of several scripts, an emoji, quotes, what looks like JSON, line ends: what copying tends to break.</summary>
    private const string Hard = "שלום, \"don't\" \\ {\"a\":[1]} 日本 👩‍💻\r\n\t%_";

    private static readonly string[] NotOurs = ["sqlite_", "__", "qrtz_"];

    public async Task FillAsync()
    {
        foreach (var table in await TablesAsync())
        {
            var columns = await ColumnsAsync(table);
            if (await CountAsync(table) > 0)
            {
                continue;
            }

            var parents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var (column, parent) in await ReferencesAsync(table))
            {
                parents[column] = await ListAsync($"SELECT CAST(\"Id\" AS TEXT) FROM {Quote(parent)} ORDER BY \"Id\"");
            }

            // Where a row belongs to one of another table, there are no more than of those.
            var rows = parents.Values.Select(ids => ids.Count).Append(RowsPerTable).Min();
            for (var row = 1; row <= rows; row++)
            {
                await InsertAsync(table, columns, parents, row);
            }
        }
    }

    /// <summary>A line for each row: only the columns that are asked for.</summary>
    public async Task<List<string>> ReadAsync(string table, IReadOnlyList<string> columns)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(Quote))} FROM {Quote(table)}";
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(string.Join(" | ", Enumerable.Range(0, columns.Count).Select(i => Text(reader.GetValue(i)))));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Everything, by table.</summary>
    public async Task<SortedDictionary<string, (IReadOnlyList<string> Columns, List<string> Rows)>> ReadAllAsync()
    {
        var all = new SortedDictionary<string, (IReadOnlyList<string>, List<string>)>(StringComparer.Ordinal);
        foreach (var table in await TablesAsync())
        {
            IReadOnlyList<string> columns = [.. (await ColumnsAsync(table)).Select(column => column.Name).Order(StringComparer.Ordinal)];
            all[table] = (columns, await ReadAsync(table, columns));
        }

        return all;
    }

    /// <summary>Tables, those first that others refer to.</summary>
    public async Task<List<string>> TablesAsync()
    {
        var names = (await ListAsync(sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
            : "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"))
            .FindAll(name => !NotOurs.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        var references = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            references[name] = [.. (await ReferencesAsync(name)).Values.Where(parent => parent != name)];
        }

        var ordered = new List<string>();
        names.Sort(StringComparer.Ordinal);
        names.ForEach(Place);
        return ordered;

        void Place(string name)
        {
            if (!ordered.Contains(name))
            {
                references[name].ForEach(Place);
                ordered.Add(name);
            }
        }
    }

    private static string Quote(string name) => $"\"{name}\"";

    private static string Text(object value) => value switch
    {
        DBNull => "-",
        bool yes => yes ? "1" : "0",
        byte[] bytes => Convert.ToHexString(bytes),
        Guid id => id.ToString().ToUpperInvariant(),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private async Task InsertAsync(string table, List<Column> columns, Dictionary<string, List<string>> parents, int row)
    {
        var own = columns.FindAll(column => !column.Generated);
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {Quote(table)} ({string.Join(", ", own.Select(column => Quote(column.Name)))}) VALUES ({string.Join(", ", own.Select((_, i) => $"${i + 1}"))})";
        foreach (var (i, column) in own.Index())
        {
            var parameter = command.CreateParameter();
            if (sqlite)
            {
                parameter.ParameterName = $"${i + 1}";
            }

            parameter.Value = parents.TryGetValue(column.Name, out var ids) ? long.Parse(ids[row - 1], CultureInfo.InvariantCulture) : Value(table, column, row);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Different in each row, so that unique keys hold; every third that may be is nothing.</summary>
    private static object Value(string table, Column column, int row)
    {
        if (column.Nullable && row == RowsPerTable)
        {
            return DBNull.Value;
        }

        return column.Type switch
        {
            "boolean" => row % 2 == 0,
            "bytea" or "BLOB" => new byte[] { 0, (byte)row, 255 },
            "uuid" => Id(table, row),
            "double precision" or "REAL" => 0.1 * row,
            "bigint" => 1_795_000_000_000L + row,
            "integer" => row,

            // SQLite's integers do not say which of them are truth values: 0 and 1 serve for all that need not differ.
            "INTEGER" => column.Differs ? row : row % 2,

            // Read whenever a campaign is composed.
            _ when table == "content_templates" => TemplateWords.Of(ContentTemplates.For(ContentType.Job)).ToJson(),
            _ when column.Name is "PublicId" or "NoteId" => Id(table, row).ToString().ToUpperInvariant(),
            _ => $"{table}.{column.Name} {row} {Hard}",
        };
    }

    private static Guid Id(string table, int row) => new(table.Sum(letter => letter) * 1000 + row, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    private async Task<long> CountAsync(string table) => long.Parse((await ListAsync($"SELECT CAST(COUNT(*) AS TEXT) FROM {Quote(table)}")).Single(), CultureInfo.InvariantCulture);

    private async Task<List<Column>> ColumnsAsync(string table)
    {
        var lines = await ListAsync(sqlite
            ? $"""
               SELECT c.name || '|' || c.type || '|' || (c."notnull" = 0 AND c.pk = 0) || '|' || (c.pk = 1 AND (SELECT sql FROM sqlite_master WHERE name = '{table}') LIKE '%AUTOINCREMENT%')
               FROM pragma_table_info('{table}') c
               """
            : $"""
               SELECT column_name || '|' || data_type || '|' || (CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END) || '|' || (CASE is_identity WHEN 'YES' THEN 1 ELSE 0 END)
               FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'
               """);
        var unique = sqlite
            ? await ListAsync($"SELECT c.name FROM pragma_index_list('{table}') i, pragma_index_info(i.name) c WHERE i.\"unique\" = 1 UNION SELECT name FROM pragma_table_info('{table}') WHERE pk > 0")
            : [];
        return lines.ConvertAll(line => line.Split('|')).ConvertAll(parts => new Column(parts[0], parts[1], parts[2] == "1", parts[3] == "1", unique.Contains(parts[0])));
    }

    /// <summary>Column, table it refers to.</summary>
    private async Task<Dictionary<string, string>> ReferencesAsync(string table)
    {
        var lines = await ListAsync(sqlite
            ? $"SELECT \"from\" || '|' || \"table\" FROM pragma_foreign_key_list('{table}')"
            : $"""
               SELECT a.attname || '|' || p.relname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_class p ON p.oid = c.confrelid
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f' AND r.relname = '{table}'
               """);
        return lines.Select(line => line.Split('|')).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<string>();
        while (await reader.ReadAsync())
        {
            list.Add(reader.GetString(0));
        }

        return list;
    }

    private sealed record Column(string Name, string Type, bool Nullable, bool Generated, bool Differs);
}
