using System.Data.Common;
using Npgsql;

namespace AdvocacyBot.Core.Data;

/// <summary>Sends a batch in one round trip, rows of one kind as arrays.</summary>
internal sealed class PostgresBatchSession(Database database) : BatchSession(database)
{
    private NpgsqlConnection? connection;

    protected override bool IsOpen => connection is not null;

    protected override void Connect() =>
        connection = (NpgsqlConnection)Database.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();

    protected override void WriteOnce(List<QueuedWrite> batch)
    {
        using var transaction = connection!.BeginTransaction();
        Send(batch);
        BeginCommit();
        transaction.Commit();
    }

    protected override void WriteEach(List<QueuedWrite> batch)
    {
        using var transaction = connection!.BeginTransaction();
        foreach (var write in batch)
        {
            transaction.Save("one");
            try
            {
                Send([write]);
                transaction.Release("one");
            }
            catch (PostgresException e) when (BlamesStatement(e))
            {
                write.Error = e;
                transaction.Rollback("one");
            }
        }

        BeginCommit();
        transaction.Commit();
    }

    protected override void Reset()
    {
        // Leaving the transaction has rolled it back.
    }

    protected override void Disconnect()
    {
        var closing = connection;
        connection = null;
        closing?.Dispose();
    }

    // https://www.postgresql.org/docs/current/errcodes-appendix.html: data, integrity, syntax or access rule.
    protected override bool BlamesStatement(DbException e) => e is PostgresException { SqlState: ['2', '2' or '3', ..] or ['4', '2', ..] };

    // Serialization failure, deadlock.
    protected override bool MayRepeat(DbException e) => e is PostgresException { SqlState: ['4', '0', ..] };

    private void Send(List<QueuedWrite> writes)
    {
        using var batch = new NpgsqlBatch(connection);
        var answers = new List<(QueuedWrite Write, int Statement, NpgsqlBatchCommand Command)>();
        for (var at = 0; at < writes.Count;)
        {
            if (RowsFrom(writes, at) is > 1 and var rows)
            {
                batch.BatchCommands.Add(Arrays(writes, at, rows));
                at += rows;
                continue;
            }

            for (var i = 0; i < writes[at].Count; i++)
            {
                var command = new NpgsqlBatchCommand(writes[at].Sql(i));
                foreach (var value in writes[at].Values(i))
                {
                    command.Parameters.Add(Parameter(value));
                }

                batch.BatchCommands.Add(command);
                answers.Add((writes[at], i, command));
            }

            at++;
        }

        if (batch.BatchCommands.Count == 0)
        {
            return;
        }

        batch.ExecuteNonQuery();
        foreach (var (write, statement, command) in answers)
        {
            write.Affected(statement, (int)command.RecordsAffected);
        }
    }

    /// <summary>How many writes in a row are rows of the same kind.</summary>
    private static int RowsFrom(List<QueuedWrite> writes, int at)
    {
        if (writes[at].Insert is not { } insert)
        {
            return 0;
        }

        var end = at + 1;
        while (end < writes.Count && ReferenceEquals(writes[end].Insert, insert))
        {
            end++;
        }

        return end - at;
    }

    private static NpgsqlBatchCommand Arrays(List<QueuedWrite> writes, int at, int rows)
    {
        var insert = writes[at].Insert!;
        var command = new NpgsqlBatchCommand(insert.Arrays);
        for (var column = 0; column < insert.Types.Count; column++)
        {
            if (insert.Types[column] == RowType.Number)
            {
                var numbers = new long?[rows];
                for (var row = 0; row < rows; row++)
                {
                    var value = writes[at + row].Values(0)[column];
                    numbers[row] = value.IsNull ? null : value.Number;
                }

                command.Parameters.Add(new NpgsqlParameter<long?[]> { TypedValue = numbers });
            }
            else
            {
                var texts = new string?[rows];
                for (var row = 0; row < rows; row++)
                {
                    texts[row] = writes[at + row].Values(0)[column].Text;
                }

                command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = texts });
            }
        }

        return command;
    }

    private static NpgsqlParameter Parameter(BatchValue value)
    {
        if (value.IsNumber)
        {
            return new NpgsqlParameter<long> { TypedValue = value.Number };
        }

        return value.Text is { } text
            ? new NpgsqlParameter<string> { TypedValue = text }
            : new NpgsqlParameter { Value = (object?)value.Bytes ?? DBNull.Value };
    }
}
