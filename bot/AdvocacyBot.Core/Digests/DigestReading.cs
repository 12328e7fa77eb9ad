using System.Data.Common;
using System.Text.Json;

namespace AdvocacyBot.Core.Digests;

/// <summary>Runs the statements of a reading on one connection.</summary>
internal sealed class DigestReading(DbConnection connection, bool sqlite, CancellationToken cancellationToken)
{
    /// <param name="sql">One of <see cref="DigestSql"/>.</param>
    /// <param name="row">Called for each row.</param>
    /// <param name="values">First the JSON text of what is wanted.</param>
    public async Task ForEachAsync(string sql, Action<DbDataReader> row, params object[] values)
    {
        await using var command = DigestSql.Command(connection, (sqlite ? DigestSql.WantedSqlite : DigestSql.WantedPostgres) + sql, values);
        await ReadAsync(command, row);
    }

    /// <param name="sql">One of <see cref="DigestSql"/> with one number.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether it finds anything.</returns>
    public async Task<bool> AnyAsync(string sql, long value)
    {
        await using var command = DigestSql.Command(connection, sql, value);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>Texts by id.</summary>
    public async Task<Dictionary<long, string>> TextsAsync(string sql, IEnumerable<long> ids)
    {
        var texts = new Dictionary<long, string>();
        await ForEachOfAsync(sql, ids, r => texts[r.GetInt64(0)] = r.GetString(1));
        return texts;
    }

    /// <param name="sql">One of <see cref="DigestSql"/> that begins with the ids.</param>
    /// <param name="ids">What is wanted.</param>
    /// <param name="row">Called for each row.</param>
    public async Task ForEachOfAsync(string sql, IEnumerable<long> ids, Action<DbDataReader> row)
    {
        await using var command = DigestSql.Command(
            connection, (sqlite ? DigestSql.IdsSqlite : DigestSql.IdsPostgres) + sql, JsonSerializer.Serialize(ids.ToHashSet()));
        await ReadAsync(command, row);
    }

    private async Task ReadAsync(DbCommand command, Action<DbDataReader> row)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            row(reader);
        }
    }
}
