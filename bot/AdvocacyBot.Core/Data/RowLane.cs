using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace AdvocacyBot.Core.Data;

/// <summary>A statement that takes effect with a row, just before it.</summary>
/// <param name="Sql">As <see cref="BatchStatement"/>.</param>
/// <param name="Values">Of its parameters.</param>
/// <param name="Written">Called when both are on disk.</param>
internal sealed record StatementBefore(string Sql, BatchValue[] Values, Action Written);

/// <summary>Told of a row that could not be written.</summary>
/// <param name="values">Of the row's columns.</param>
internal delegate void RowLost(ReadOnlySpan<BatchValue> values);

/// <summary>
/// A way into the <see cref="GroupCommitter"/> for many rows of one kind: allocates nothing per row, never throws, and lets its caller go on after a
/// time limit whatever the database does.
/// </summary>
/// <param name="committer">Whose transactions the rows join.</param>
/// <param name="insert">What the rows are.</param>
/// <param name="limit">How long a caller waits. The row of a caller who waited in vain stays in the queue and is written when its turn comes.</param>
/// <param name="lost">Told of each row that is not written: too much was waiting, or the database refused it or is out of reach.</param>
internal sealed class RowLane(GroupCommitter committer, RowInsert insert, TimeSpan limit, RowLost lost)
{
    private const int MostKept = 4096;

    private readonly RowInsert insert = insert;
    private readonly long limitMilliseconds = (long)limit.TotalMilliseconds;
    private readonly RowLost lost = lost;
    private readonly ConcurrentQueue<Row> pool = new();
    private int kept;

    /// <summary>Writes one row; returns when it is on disk, or is lost, or the time is up.</summary>
    /// <param name="values">Of the columns.</param>
    public ValueTask WriteAsync(ReadOnlySpan<BatchValue> values, StatementBefore? before)
    {
        if (values.Length != insert.Types.Count)
        {
            throw new ArgumentException($"{values.Length} values for {insert.Types.Count} columns.", nameof(values));
        }

        if (pool.TryDequeue(out var row))
        {
            Interlocked.Decrement(ref kept);
        }
        else
        {
            row = new Row(this);
        }

        row.Fill(values, before);
        var decided = row.Decided;
        if (committer.TryQueue(row) != QueueOutcome.Queued)
        {
            row.Return();
            lost(values);
            return ValueTask.CompletedTask;
        }

        return decided;
    }

    private sealed class Row(RowLane lane) : QueuedWrite, IValueTaskSource
    {
        private readonly BatchValue[] values = new BatchValue[lane.insert.Types.Count];
        private ManualResetValueTaskSourceCore<bool> source;
        private StatementBefore? before;
        private long deadline;

        // Who lets the caller go on, the commit or the time limit: whoever comes first.
        private int answered;

        // The waiting caller and the committer; whoever leaves last gives the row back.
        private int holders;

        public override int Count => before is null ? 1 : 2;

        public override RowInsert? Insert => before is null ? lane.insert : null;

        public ValueTask Decided => new(this, source.Version);

        public void Fill(ReadOnlySpan<BatchValue> filled, StatementBefore? statement)
        {
            filled.CopyTo(values);
            before = statement;
            Error = null;
            answered = 0;
            holders = 2;
            deadline = Environment.TickCount64 + lane.limitMilliseconds;
        }

        public override string Sql(int statement) => before is not null && statement == 0 ? before.Sql : lane.insert.One;

        public override ReadOnlySpan<BatchValue> Values(int statement) => before is not null && statement == 0 ? before.Values : values;

        public override void Affected(int statement, int rows)
        {
            // A row is inserted or fails.
        }

        public override bool TryTake() => true;

        public override bool GiveUp(long now) => now >= deadline && Answer();

        public override void AnnounceLate() => source.SetResult(result: false);

        public override void Announce()
        {
            if (Error is null)
            {
                before?.Written();
            }
            else
            {
                lane.lost(values);
            }

            if (Answer())
            {
                source.SetResult(result: true);
            }

            Leave();
        }

        public void GetResult(short token)
        {
            source.GetResult(token);
            Leave();
        }

        public ValueTaskSourceStatus GetStatus(short token) => source.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            source.OnCompleted(continuation, state, token, flags);

        public void Return()
        {
            source.Reset();
            if (Interlocked.Increment(ref lane.kept) <= MostKept)
            {
                lane.pool.Enqueue(this);
            }
            else
            {
                Interlocked.Decrement(ref lane.kept);
            }
        }

        private bool Answer() => Interlocked.Exchange(ref answered, 1) == 0;

        private void Leave()
        {
            if (Interlocked.Decrement(ref holders) == 0)
            {
                Return();
            }
        }
    }
}
