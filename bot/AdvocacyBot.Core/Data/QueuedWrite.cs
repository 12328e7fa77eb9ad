namespace AdvocacyBot.Core.Data;

/// <summary>
/// What one caller wants written: statements that take effect together or not at all. Filled by its owner, then the committer's until it calls
/// <see cref="Announce"/>, once.
/// </summary>
internal abstract class QueuedWrite
{
    public abstract int Count { get; }

    /// <summary>The write is one row of such rows, and whether it is written by itself or together with others makes no difference.</summary>
    public virtual RowInsert? Insert => null;

    /// <summary>Why this one was not written; null: it is on disk.</summary>
    public Exception? Error { get; set; }

    public abstract string Sql(int statement);

    public abstract ReadOnlySpan<BatchValue> Values(int statement);

    /// <summary>Told after each statement; told again when the batch is repeated.</summary>
    public abstract void Affected(int statement, int rows);

    /// <summary>The committer is about to write it.</summary>
    /// <returns>False: its caller has turned away, and it must not be written.</returns>
    public abstract bool TryTake();

    /// <summary>Lets the caller go on. Runs on the thread pool.</summary>
    public abstract void Announce();

    /// <summary>Looks whether its caller has waited long enough.</summary>
    /// <param name="now">Milliseconds of <see cref="Environment.TickCount64"/>.</param>
    /// <returns>True once, when its time is up: <see cref="AnnounceLate"/> is to follow. The write itself stays where it is.</returns>
    public virtual bool GiveUp(long now) => false;

    /// <summary>Lets the caller go on before the write is decided.</summary>
    public virtual void AnnounceLate()
    {
    }
}

/// <summary>The general form: any statements, any caller.</summary>
internal sealed class StatementsWrite : QueuedWrite
{
    private readonly IReadOnlyList<BatchStatement> statements;
    private readonly BatchValue[][] values;
    private readonly int[] affected;
    private readonly TaskCompletionSource<IReadOnlyList<int>> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int taken;

    public StatementsWrite(IReadOnlyList<BatchStatement> statements)
    {
        this.statements = statements;
        affected = new int[statements.Count];
        values = new BatchValue[statements.Count][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Array.ConvertAll(statements[i].Values ?? [], BatchValue.From);
        }
    }

    public override int Count => values.Length;

    public Task<IReadOnlyList<int>> Done => done.Task;

    public override string Sql(int statement) => statements[statement].Sql;

    public override ReadOnlySpan<BatchValue> Values(int statement) => values[statement];

    public override void Affected(int statement, int rows) => affected[statement] = rows;

    public override bool TryTake() => Interlocked.CompareExchange(ref taken, 1, 0) == 0;

    public void Cancel(CancellationToken cancellationToken)
    {
        if (TryTake())
        {
            done.SetCanceled(cancellationToken);
        }
    }

    public override void Announce()
    {
        if (Error is null)
        {
            done.SetResult(affected);
        }
        else
        {
            done.SetException(Error);
        }
    }
}
