using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Host.Composition;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace AdvocacyBot.Host.Databases;

/// <summary>A column of the target.</summary>
/// <param name="Name">As in both databases.</param>
/// <param name="Type">PostgreSQL's name of the type.</param>
internal sealed record MovedColumn(string Name, string Type);

/// <summary>What a table holds, whatever the order of its rows.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Sum">Sum of the rows' hashes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TableSum(long Rows, ulong Sum)
{
    public TableSum With(StringBuilder row) =>
        new(Rows + 1, unchecked(Sum + BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(row.ToString())).AsSpan(0, 8))));
}

/// <summary>One table on its way from SQLite to PostgreSQL, where every value gets the column's own type.</summary>
internal sealed class MovedTable(string name, IReadOnlyList<MovedColumn> columns)
{
    public string Name => name;

    private string List => string.Join(", ", columns.Select(column => Quote(column.Name)));

    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <exception cref="StartupException">A value that PostgreSQL cannot hold.</exception>
    public async Task<TableSum> CopyAsync(SqliteConnection from, NpgsqlConnection to, CancellationToken cancellationToken)
    {
        var sum = default(TableSum);
        await using var select = Select(from);
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        await using var import = await to.BeginBinaryImportAsync($"COPY {Quote(name)} ({List}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        var row = new StringBuilder();
        while (await reader.ReadAsync(cancellationToken))
        {
            row.Clear();
            await import.StartRowAsync(cancellationToken);
            for (var i = 0; i < columns.Count; i++)
            {
                var value = Typed(reader.GetValue(i), columns[i]);
                Append(row, value);
                if (value is null)
                {
                    await import.WriteNullAsync(cancellationToken);
                }
                else
                {
                    await import.WriteAsync(value, TypeOf(columns[i]), cancellationToken);
                }
            }

            sum = sum.With(row);
        }

        await import.CompleteAsync(cancellationToken);
        return sum;
    }

    /// <summary>Reads what has arrived.</summary>
    public async Task<TableSum> SumAsync(NpgsqlConnection to, CancellationToken cancellationToken)
    {
        var sum = default(TableSum);
        await using var select = Select(to);
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var row = new StringBuilder();
        while (await reader.ReadAsync(cancellationToken))
        {
            row.Clear();
            for (var i = 0; i < columns.Count; i++)
            {
                Append(row, reader.IsDBNull(i) ? null : reader.GetValue(i));
            }

            sum = sum.With(row);
        }

        return sum;
    }

    private DbCommand Select(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // Names come from the databases' own catalogues and are quoted.
        command.CommandText = $"SELECT {List} FROM {Quote(name)}";
#pragma warning restore CA2100
        return command;
    }

    private static NpgsqlDbType TypeOf(MovedColumn column) => column.Type switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "integer" => NpgsqlDbType.Integer,
        "smallint" => NpgsqlDbType.Smallint,
        "boolean" => NpgsqlDbType.Boolean,
        "double precision" => NpgsqlDbType.Double,
        "numeric" => NpgsqlDbType.Numeric,
        "uuid" => NpgsqlDbType.Uuid,
        "bytea" => NpgsqlDbType.Bytea,
        "text" or "character varying" => NpgsqlDbType.Text,
        _ => throw new StartupException($"Column {column.Name} has the type {column.Type}, which 'move-database' does not know: this version of it is older than the database."),
    };

    private object? Typed(object value, MovedColumn column)
    {
        try
        {
            return (value, column.Type) switch
            {
                (DBNull, _) => null,
                (_, "bigint") => Convert.ToInt64(value, CultureInfo.InvariantCulture),
                (_, "integer") => Convert.ToInt32(value, CultureInfo.InvariantCulture),
                (_, "smallint") => Convert.ToInt16(value, CultureInfo.InvariantCulture),
                (_, "boolean") => Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0,
                (_, "double precision") => Convert.ToDouble(value, CultureInfo.InvariantCulture),
                (_, "numeric") => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
                (byte[] { Length: 16 } bytes, "uuid") => new Guid(bytes),
                (string text, "uuid") => Guid.Parse(text, CultureInfo.InvariantCulture),
                (byte[] bytes, "bytea") => bytes,
                (string text, _) when text.Contains('\0', StringComparison.Ordinal) => throw new FormatException("it holds a NUL character, which PostgreSQL's text cannot"),
                (string text, _) => text,
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            throw new StartupException($"A value of {name}.{column.Name} cannot be moved: {e.Message}. Nothing was moved; mend the row in the SQLite file (after a back-up) and run it again.");
        }
    }

    /// <summary>Values that mean the same read the same, whichever database they come from.</summary>
    private static void Append(StringBuilder row, object? value)
    {
        _ = value switch
        {
            null => row.Append('-'),
            bool yes => row.Append('n').Append(yes ? 1 : 0),
            long or int or short => row.Append('n').Append(CultureInfo.InvariantCulture, $"{value}"),
            double number => row.Append('d').Append(number.ToString("R", CultureInfo.InvariantCulture)),
            decimal number => row.Append('m').Append((number / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)),
            Guid id => row.Append('g').Append(id.ToString("N")),
            byte[] bytes => row.Append('b').Append(Convert.ToHexString(bytes)),
            _ => row.Append('t').Append(value),
        };
        row.Append('\u001f');
    }
}
