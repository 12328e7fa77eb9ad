using AdvocacyBot.Core;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Tests.Data;

/// <summary>What a database is made of, a line for each column, key and index, so that two can be compared.</summary>
internal static class Schema
{
    private const string Sqlite =
        $"""
        SELECT 'column', t.name, c.name, c.type, c."notnull", coalesce(c.dflt_value, ''), c.pk, t.sql LIKE '%"' || c.name || '"%AUTOINCREMENT%'
        FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT IN ('{CoreServices.MigrationsHistory}', '__EFMigrationsLock', 'sqlite_sequence')
        UNION ALL
        SELECT 'reference', t.name, f."from", f."table", coalesce(f."to", ''), f.on_delete, f.on_update, ''
        FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
        UNION ALL
        SELECT 'index', t.name, i.name, i."unique", i.origin, i.partial, (SELECT group_concat(x.name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) x), ''
        FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND t.name NOT IN ('{CoreServices.MigrationsHistory}', '__EFMigrationsLock')
        """;

    private const string Postgres =
        $"""
        SELECT 'column', table_name::text, column_name::text, data_type::text, coalesce(character_maximum_length::text, ''), is_nullable::text, coalesce(column_default, ''), is_identity || coalesce(identity_generation, '')
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '{CoreServices.MigrationsHistory}'
        UNION ALL
        SELECT 'constraint', r.relname::text, c.conname::text, pg_get_constraintdef(c.oid), '', '', '', ''
        FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
        WHERE n.nspname = 'public' AND r.relname <> '{CoreServices.MigrationsHistory}'
        UNION ALL
        SELECT 'index', tablename::text, indexname::text, indexdef, '', '', '', ''
        FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '{CoreServices.MigrationsHistory}'
        """;

    public static async Task<IReadOnlyList<string>> ReadAsync(Database database)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = database.IsSqlite ? Sqlite : Postgres;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
