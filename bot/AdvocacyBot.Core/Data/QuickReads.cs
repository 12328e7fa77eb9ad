using System.Collections.Concurrent;
using System.Data.Common;

namespace AdvocacyBot.Core.Data;

/// <summary>One row of a <see cref="QuickReads"/> query, valid while it is read; columns count from 0.</summary>
public interface IRow
{
    long Number(int column);

    /// <returns>Null for NULL.</returns>
    string? Text(int column);

    bool IsNull(int column);
}

/// <summary>
/// Finds single rows for what is done thousands of times a second. On SQLite the statements stay prepared on connections that stay open: opening and
/// preparing cost EF Core ten times the reading. Elsewhere an ordinary query.
/// </summary>
public sealed class QuickReads(Database database) : IDisposable
{
    private const int MostKept = 32;

    private readonly ConcurrentBag<SqliteReadSession> sessions = [];

    /// <summary>The first row, as it stands committed.</summary>
    /// <param name="query">As a batched write's: positional parameters, and nothing else that varies.</param>
    /// <param name="read">Makes the result of the row, at once.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The default of <typeparamref name="T"/>, null for a class: there is no row.</returns>
    /// <exception cref="DbException">The database is out of reach.</exception>
    public ValueTask<T?> FirstAsync<T>(BatchStatement query, Func<IRow, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        return database.IsSqlite ? new ValueTask<T?>(First(query, read)) : new ValueTask<T?>(FirstOnServerAsync(query, read, cancellationToken));
    }

    public void Dispose()
    {
        while (sessions.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private T? First<T>(BatchStatement query, Func<IRow, T> read)
    {
        var session = sessions.TryTake(out var kept) ? kept : new SqliteReadSession(database);
        T? found;
        try
        {
            found = session.First(query, read);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        if (sessions.Count < MostKept)
        {
            sessions.Add(session);
        }
        else
        {
            session.Dispose();
        }

        return found;
    }

    private async Task<T?> FirstOnServerAsync<T>(BatchStatement query, Func<IRow, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = query.Sql;
        foreach (var value in query.Values ?? [])
        {
            var parameter = command.CreateParameter();
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(new ServerRow(reader)) : default;
    }

    private sealed class ServerRow(DbDataReader reader) : IRow
    {
        public long Number(int column) => Convert.ToInt64(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);

        public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        public bool IsNull(int column) => reader.IsDBNull(column);
    }
}
