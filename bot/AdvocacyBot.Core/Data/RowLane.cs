using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace AdvocacyBot.Core.Data;

/// <summary>What became of a row.</summary>
internal enum RowOutcome
{
    /// <summary>On disk.</summary>
    Written = 0,

    /// <summary>Too much is waiting; not written.</summary>
    QueueFull = 1,

    /// <summary>The caller need not wait longer. The row stays in the queue and is written when its turn comes, or reported to <c>lost</c>.</summary>
    Late = 2,

    /// <summary>The database refused it or is out of reach; not written.</summary>
    Failed = 3,
}

/// <summary>
/// A way into the <see cref="GroupCommitter"/> for many rows of one kind: allocates nothing per row, never throws, and answers after a time limit
/// whatever the database does.
/// </summary>
/// <param name="committer">Whose transactions the rows join.</param>
/// <param name="sql">As <see cref="BatchStatement"/>.</param>
/// <param name="limit">How long a caller waits.</param>
/// <param name="lost">Told of each row that was <see cref="RowOutcome.Late"/> and then not written after all.</param>
internal sealed class RowLane(GroupCommitter committer, string sql, TimeSpan limit, Action lost)
{
    private const int MostKept = 4096;

    private readonly string sql = sql;
    private readonly long limitMilliseconds = (long)limit.TotalMilliseconds;
    private readonly Action lost = lost;
    private readonly ConcurrentQueue<Row> pool = new();
    private int kept;

    /// <summary>Writes one row; returns when it is committed, or cannot be, or the time is up.</summary>
    /// <param name="values">Of the parameters.</param>
    /// <param name="before">A statement that takes effect with the row, just before it; null for none.</param>
    public ValueTask<RowOutcome> WriteAsync(ReadOnlySpan<BatchValue> values, StatementBefore? before)
    {
        if (pool.TryDequeue(out var row))
        {
            Interlocked.Decrement(ref kept);
        }
        else
        {
            row = new Row(this);
        }

        row.Fill(values, before);
        var queued = committer.TryQueue(row);
        if (queued == QueueOutcome.Queued)
        {
            return row.Outcome;
        }

        row.Free();
        return new(queued == QueueOutcome.Full ? RowOutcome.QueueFull : RowOutcome.Failed);
    }

    private void Return(Row row)
    {
        if (Interlocked.Increment(ref kept) <= MostKept)
        {
            pool.Enqueue(row);
        }
        else
        {
            Interlocked.Decrement(ref kept);
        }
    }

    /// <param name="Sql">As <see cref="BatchStatement"/>.</param>
    internal sealed record StatementBefore(string Sql, BatchValue[] Values);

    private sealed class Row(RowLane lane) : QueuedWrite, IValueTaskSource<RowOutcome>
    {
        private ManualResetValueTaskSourceCore<RowOutcome> source;
        private BatchValue[] values = [];
        private StatementBefore? before;
        private long deadline;

        // Who answers first, the commit or the time limit.
        private int answered;

        // The waiting caller and the committer; whoever leaves last gives the row back.
        private int holders;

        public override int Count => before is null ? 1 : 2;

        public ValueTask<RowOutcome> Outcome => new(this, source.Version);

        public void Fill(ReadOnlySpan<BatchValue> filled, StatementBefore? statement)
        {
            if (values.Length != filled.Length)
            {
                values = new BatchValue[filled.Length];
            }

            filled.CopyTo(values);
            before = statement;
            Error = null;
            answered = 0;
            holders = 2;
            deadline = Environment.TickCount64 + lane.limitMilliseconds;
        }

        public override string Sql(int statement) => before is not null && statement == 0 ? before.Sql : lane.sql;

        public override ReadOnlySpan<BatchValue> Values(int statement) => before is not null && statement == 0 ? before.Values : values;

        public override void Affected(int statement, int rows)
        {
        }

        public override bool TryTake() => true;

        public override bool GiveUp(long now) => now >= deadline && Answer();

        public override void Announce()
        {
            if (Answer())
            {
                source.SetResult(Error is null ? RowOutcome.Written : RowOutcome.Failed);
            }
            else if (Error is not null)
            {
                lane.lost();
            }

            Leave();
        }

        public override void AnnounceLate() => source.SetResult(RowOutcome.Late);

        public void Free()
        {
            source.Reset();
            lane.Return(this);
        }

        public RowOutcome GetResult(short token)
        {
            var outcome = source.GetResult(token);
            Leave();
            return outcome;
        }

        public ValueTaskSourceStatus GetStatus(short token) => source.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            source.OnCompleted(continuation, state, token, flags);

        private bool Answer() => Interlocked.Exchange(ref answered, 1) == 0;

        private void Leave()
        {
            if (Interlocked.Decrement(ref holders) == 0)
            {
                Free();
            }
        }
    }
}
