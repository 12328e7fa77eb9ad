using System.Data.Common;
using Npgsql;

namespace AdvocacyBot.Core.Data;

/// <summary>The connection of a <see cref="GroupCommitter"/>: opened when needed, kept with its prepared commands, dropped after an error.</summary>
internal sealed class BatchSession(Database database) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> prepared = new(StringComparer.Ordinal);
    private DbConnection? connection;

    /// <summary>Writes all or nothing.</summary>
    /// <param name="groups">Statements by caller.</param>
    /// <param name="affected">Told the rows affected of each caller's statements.</param>
    public async Task WriteAsync(List<IReadOnlyList<BatchStatement>> groups, Action<int, int[]> affected)
    {
        try
        {
            using var turn = await database.EnterWriteAsync(CancellationToken.None);
            connection ??= await database.OpenAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            if (connection is NpgsqlConnection postgres)
            {
                await WritePostgresAsync(postgres, groups, affected);
            }
            else
            {
                WriteSqlite(transaction, groups, affected);
            }

            await transaction.CommitAsync(CancellationToken.None);
        }
        catch
        {
            await DropAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private static async Task WritePostgresAsync(NpgsqlConnection connection, List<IReadOnlyList<BatchStatement>> groups, Action<int, int[]> affected)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var group in groups)
        {
            foreach (var statement in group)
            {
                var command = new NpgsqlBatchCommand(statement.Sql);
                foreach (var value in statement.Values)
                {
                    command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
                }

                batch.BatchCommands.Add(command);
            }
        }

        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        var at = 0;
        for (var i = 0; i < groups.Count; i++)
        {
            var counts = new int[groups[i].Count];
            for (var j = 0; j < counts.Length; j++)
            {
                counts[j] = (int)batch.BatchCommands[at++].RecordsAffected;
            }

            affected(i, counts);
        }
    }

    private void WriteSqlite(DbTransaction transaction, List<IReadOnlyList<BatchStatement>> groups, Action<int, int[]> affected)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            var counts = new int[groups[i].Count];
            for (var j = 0; j < counts.Length; j++)
            {
                var statement = groups[i][j];
                var command = Prepared(statement);
                command.Transaction = transaction;
                for (var k = 0; k < statement.Values.Length; k++)
                {
                    command.Parameters[k].Value = statement.Values[k] ?? DBNull.Value;
                }

                counts[j] = command.ExecuteNonQuery();
            }

            affected(i, counts);
        }
    }

    private DbCommand Prepared(BatchStatement statement)
    {
        if (!prepared.TryGetValue(statement.Sql, out var command))
        {
            command = connection!.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of ours; values travel as parameters.
            command.CommandText = statement.Sql;
#pragma warning restore CA2100
            for (var k = 1; k <= statement.Values.Length; k++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"${k}";
                command.Parameters.Add(parameter);
            }

            prepared[statement.Sql] = command;
        }

        return command;
    }

    private async Task DropAsync()
    {
        foreach (var command in prepared.Values)
        {
            await command.DisposeAsync();
        }

        prepared.Clear();
        if (connection is not null)
        {
            await connection.DisposeAsync();
            connection = null;
        }
    }
}
