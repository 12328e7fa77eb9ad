using System.Globalization;
using AdvocacyBot.Core;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Composition;
using AdvocacyBot.Slack;
using AdvocacyBot.Teams;
using AdvocacyBot.Web;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace AdvocacyBot.Host.Databases;

/// <summary>
/// Copies a SQLite programme into an empty PostgreSQL database: every table of the programme and of its channels, keys included. All in one transaction, so that it can
/// be run again after whatever went wrong; the SQLite file is opened for reading only.
/// </summary>
internal sealed class DatabaseMove(string sqliteFile, Database target, TextWriter output)
{
    /// <summary>Rows that a migration puts into an empty table, which the source's take the place of.</summary>
    private static readonly string[] Seeded = ["web_clock"];

    /// <exception cref="StartupException">It cannot be moved like this; nothing was.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var from = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = sqliteFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await from.OpenAsync(cancellationToken);
        await MigrateAsync(from, cancellationToken);

        await using var to = (NpgsqlConnection)await target.OpenAsync(cancellationToken);
        var tables = await TablesAsync(from, to, cancellationToken);
        await RefuseFilledAsync(to, cancellationToken);
        await using var reading = await from.BeginTransactionAsync(cancellationToken);
        await using var writing = await to.BeginTransactionAsync(cancellationToken);
        long rows = 0;
        foreach (var table in tables)
        {
            if (Seeded.Contains(table.Name))
            {
                await RunAsync(to, $"DELETE FROM {MovedTable.Quote(table.Name)}", cancellationToken);
            }

            // What happened is not to be noted a second time: rows that triggers wrote in the source are copied as all others are.
            await RunAsync(to, $"ALTER TABLE {MovedTable.Quote(table.Name)} DISABLE TRIGGER USER", cancellationToken);
            var sent = await table.CopyAsync(from, to, cancellationToken);
            await RunAsync(to, $"ALTER TABLE {MovedTable.Quote(table.Name)} ENABLE TRIGGER USER", cancellationToken);
            var arrived = await table.SumAsync(to, cancellationToken);
            if (sent != arrived)
            {
                throw new StartupException(
                    $"Table {table.Name} did not arrive as it was: {sent.Rows} rows were read, {arrived.Rows} are there, checksums {sent.Sum:x16} and {arrived.Sum:x16}. Nothing was moved.");
            }

            rows += arrived.Rows;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {arrived.Rows} rows, checksum {arrived.Sum:x16}"));
        }

        await SetSequencesAsync(from, to, cancellationToken);
        await writing.CommitAsync(cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Moved {rows} rows of {tables.Count} tables; counts and checksums are the same on both sides."));
    }

    /// <summary>The target gets this version's tables: those of the programme, and of each channel that the source has.</summary>
    private async Task MigrateAsync(SqliteConnection from, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<AdvocacyDb>();
        target.Configure(options, typeof(AdvocacyDb).Assembly.GetName().Name!, CoreServices.MigrationsHistory);
        await using (var db = new AdvocacyDb(options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)).Options))
        {
            var there = await ListAsync(from, $"SELECT \"MigrationId\" FROM {CoreServices.MigrationsHistory}", cancellationToken);
            var known = db.Database.GetMigrations().ToList();
            if (known.Except(there).Any() || there.Except(known).Any())
            {
                throw new StartupException("The SQLite database is of another version: run 'migrate' with this version on it first (after a back-up), and 'move-database' then.");
            }

            await db.Database.MigrateAsync(cancellationToken);
        }

        var histories = await ListAsync(from, "SELECT name FROM sqlite_master WHERE type = 'table'", cancellationToken);
        if (histories.Contains(WebChannel.MigrationsHistory))
        {
            await WebChannel.MigrateAsync(target, cancellationToken);
        }

        if (histories.Contains(SlackChannel.MigrationsHistory))
        {
            await SlackChannel.MigrateAsync(target, cancellationToken);
        }

        if (histories.Contains(TeamsChannel.MigrationsHistory))
        {
            await TeamsChannel.MigrateAsync(target, cancellationToken);
        }
    }

    /// <summary>The source's tables, those first that others refer to.</summary>
    private static async Task<List<MovedTable>> TablesAsync(SqliteConnection from, NpgsqlConnection to, CancellationToken cancellationToken)
    {
        var names = await ListAsync(from, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'", cancellationToken);
        var types = await ListAsync(to, "SELECT table_name || '|' || column_name || '|' || data_type FROM information_schema.columns WHERE table_schema = current_schema()", cancellationToken);
        var target = types.Select(line => line.Split('|')).ToLookup(parts => parts[0], parts => new MovedColumn(parts[1], parts[2]));
        var references = (await ListAsync(
                to,
                """
                SELECT child.relname || '|' || parent.relname FROM pg_constraint c JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid
                WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace AND child.oid <> parent.oid
                """,
                cancellationToken))
            .Select(line => line.Split('|')).ToLookup(parts => parts[0], parts => parts[1]);
        var ordered = new List<string>();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            Place(name);
        }

        var tables = new List<MovedTable>();
        foreach (var name in ordered)
        {
            var own = await ListAsync(from, $"SELECT name FROM pragma_table_info('{name.Replace("'", "''", StringComparison.Ordinal)}')", cancellationToken);
            var there = target[name].ToList();
            if (own.Except(there.Select(column => column.Name)).FirstOrDefault() is { } unknown)
            {
                throw new StartupException($"The SQLite database has {name}.{unknown}, which this version does not know: use the version that made it.");
            }

            tables.Add(new MovedTable(name, there.FindAll(column => own.Contains(column.Name))));
        }

        return tables;

        void Place(string name)
        {
            if (ordered.Contains(name) || !names.Contains(name))
            {
                return;
            }

            foreach (var parent in references[name])
            {
                Place(parent);
            }

            ordered.Add(name);
        }
    }

    private static async Task RefuseFilledAsync(NpgsqlConnection to, CancellationToken cancellationToken)
    {
        var tables = await ListAsync(
            to,
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_\\_%' AND table_name NOT LIKE 'qrtz\\_%'",
            cancellationToken);
        foreach (var table in tables.Except(Seeded))
        {
            if ((await ListAsync(to, $"SELECT 'filled' WHERE EXISTS (SELECT 1 FROM {MovedTable.Quote(table)})", cancellationToken)).Count > 0)
            {
                throw new StartupException($"The target is not empty: {table} has rows. 'move-database' fills a database of its own and overwrites nothing; make a new one (createdb) and name that.");
            }
        }
    }

    /// <summary>New rows get numbers that none has had, deleted ones included: buttons and links name rows by number.</summary>
    private static async Task SetSequencesAsync(SqliteConnection from, NpgsqlConnection to, CancellationToken cancellationToken)
    {
        var used = (await ListAsync(from, "SELECT name || '|' || seq FROM sqlite_sequence", cancellationToken))
            .Select(line => line.Split('|')).ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        var identities = await ListAsync(
            to, "SELECT table_name || '|' || column_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'", cancellationToken);
        foreach (var identity in identities.Select(line => line.Split('|')))
        {
            var (table, column) = (MovedTable.Quote(identity[0]), MovedTable.Quote(identity[1]));
            var last = string.Create(CultureInfo.InvariantCulture, $"GREATEST((SELECT MAX({column}) FROM {table}), {used.GetValueOrDefault(identity[0])})");
            await RunAsync(
                to,
                $"SELECT setval(pg_get_serial_sequence('{table.Replace("'", "''", StringComparison.Ordinal)}', '{identity[1]}'), {last}) WHERE {last} > 0",
                cancellationToken);
        }
    }

    private static async Task<List<string>> ListAsync(System.Data.Common.DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names come from the catalogues of the two databases and are quoted.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var list = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            list.Add(reader.GetString(0));
        }

        return list;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // As above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
