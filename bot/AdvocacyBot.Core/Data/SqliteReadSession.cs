using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AdvocacyBot.Core.Data;

/// <summary>An open connection with prepared queries; used by one thread at a time.</summary>
internal sealed class SqliteReadSession : IRow, IDisposable
{
    /// <summary>Milliseconds; a reader waits only where the file is being recovered.</summary>
    private const int BusyTimeout = 5000;

    private readonly Dictionary<string, Prepared> prepared = new(StringComparer.Ordinal);
    private readonly SqliteConnection connection;
    private sqlite3_stmt? current;

    public SqliteReadSession(Database database)
    {
        // On SQLite opening is synchronous underneath.
        connection = (SqliteConnection)database.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        Check(raw.sqlite3_busy_timeout(Handle, BusyTimeout));
    }

    private sqlite3 Handle => connection.Handle!;

    public T? First<T>(BatchStatement query, Func<IRow, T> read)
    {
        var (statement, indexes) = Prepare(query.Sql);
        var values = query.Values ?? [];
        if (values.Length != indexes.Length)
        {
            throw new SqliteException($"The query wants {indexes.Length} values and got {values.Length}.", raw.SQLITE_RANGE);
        }

        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(statement, indexes[i], BatchValue.From(values[i])));
        }

        current = statement;
        try
        {
            var result = raw.sqlite3_step(statement);
            return result switch
            {
                raw.SQLITE_ROW => read(this),
                raw.SQLITE_DONE => default(T),
                _ => throw Error(result),
            };
        }
        finally
        {
            // Ends the read transaction, without which the write-ahead log could not be taken up.
            _ = raw.sqlite3_reset(statement);
        }
    }

    public long Number(int column) => raw.sqlite3_column_int64(current!, column);

    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(current!, column).utf8_to_string();

    public bool IsNull(int column) => raw.sqlite3_column_type(current!, column) == raw.SQLITE_NULL;

    public void Dispose()
    {
        foreach (var (statement, _) in prepared.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private static int Bind(sqlite3_stmt statement, int index, BatchValue value) => value switch
    {
        { IsNumber: true } => raw.sqlite3_bind_int64(statement, index, value.Number),
        { Text: { } text } => raw.sqlite3_bind_text(statement, index, text),
        { IsNull: true } => raw.sqlite3_bind_null(statement, index),
        _ => raw.sqlite3_bind_blob(statement, index, value.Bytes),
    };

    private Prepared Prepare(string sql)
    {
        if (!prepared.TryGetValue(sql, out var found))
        {
            Check(raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));

            // To SQLite "$2" is a name; it numbers names in the order in which they occur.
            int[] indexes = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(statement)).Select(i => raw.sqlite3_bind_parameter_index(statement, $"${i}"))];
            prepared[sql] = found = new Prepared(statement, indexes);
        }

        return found;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Error(result);
        }
    }

    private SqliteException Error(int result) => new(raw.sqlite3_errmsg(Handle).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(Handle));

    private sealed record Prepared(sqlite3_stmt Statement, int[] Indexes);
}
