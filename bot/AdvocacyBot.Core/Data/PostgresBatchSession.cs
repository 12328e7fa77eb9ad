using System.Data.Common;
using Npgsql;

namespace AdvocacyBot.Core.Data;

/// <summary>Sends a batch in one round trip.</summary>
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
        foreach (var write in writes)
        {
            for (var i = 0; i < write.Count; i++)
            {
                var command = new NpgsqlBatchCommand(write.Sql(i));
                foreach (var value in write.Values(i))
                {
                    command.Parameters.Add(Parameter(value));
                }

                batch.BatchCommands.Add(command);
            }
        }

        if (batch.BatchCommands.Count == 0)
        {
            return;
        }

        batch.ExecuteNonQuery();
        var at = 0;
        foreach (var write in writes)
        {
            for (var i = 0; i < write.Count; i++)
            {
                write.Affected(i, (int)batch.BatchCommands[at++].RecordsAffected);
            }
        }
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
