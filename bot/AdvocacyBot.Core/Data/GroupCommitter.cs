using System.Data.Common;
using Microsoft.Extensions.Hosting;

namespace AdvocacyBot.Core.Data;

/// <summary>The database is out of reach.</summary>
public sealed class DatabaseUnavailableException(string message, Exception? innerException) : DbException(message, innerException);

/// <summary>
/// Writes that arrive together share one transaction; a caller goes on when its rows are on disk. This is what makes a durable button press
/// or click cheap: the cost of a commit is divided among all who wait for it.
/// </summary>
/// <remarks>
/// A thread of its own writes, since a commit blocks; meanwhile the next batch gathers. While the database is out of reach, callers are refused
/// at once and the thread looks twice a second whether it is back.
/// </remarks>
public sealed class GroupCommitter(Database database) : IHostedService, IDisposable
{
    private const int Capacity = 65_536;

    /// <summary>Writes in a transaction: other writers of a SQLite database get their turn in between.</summary>
    private const int MaxBatch = 1024;

    /// <summary>Callers that are let go by one work item at least: fewer would cost more in queueing. With more of them, each processor gets its part.</summary>
    private const int AnnouncedTogether = 32;

    /// <summary>How often the thread steps back for those who are about to write too: a batch twice as large costs little more.</summary>
    private const int Gather = 8;

    private const int SweepEvery = 250;

    private readonly WriteQueue queue = new(Capacity);
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? thread;
    private Timer? sweeper;

    /// <summary>How often it is looked whether a database that was out of reach is back.</summary>
    internal TimeSpan ProbeEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    internal int Waiting => queue.Count;

    internal bool IsDown => queue.IsDown;

    /// <summary>
    /// Runs the statements in one transaction with others; returns when they are committed. A caller's statements take effect together or not
    /// at all, and one that the database refuses fails its own caller only. Cancelling counts until the transaction has begun:
    /// <see cref="OperationCanceledException"/> means that nothing was written.
    /// </summary>
    /// <returns>Rows affected by each statement.</returns>
    /// <exception cref="DatabaseUnavailableException">
    /// The database is out of reach; nothing was written, unless the connection broke in the middle of the commit, which statements have to bear
    /// (<c>ON CONFLICT DO NOTHING</c>).
    /// </exception>
    /// <exception cref="DbException">The database refused a statement; nothing was written.</exception>
    /// <exception cref="InvalidOperationException">The host is stopping.</exception>
    public async Task<IReadOnlyList<int>> ExecuteAsync(IReadOnlyList<BatchStatement> statements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statements);
        cancellationToken.ThrowIfCancellationRequested();
        if (statements.Count == 0)
        {
            return [];
        }

        var write = new StatementsWrite(statements);
        QueueOutcome outcome;
        while ((outcome = TryQueue(write)) == QueueOutcome.Full)
        {
            await queue.RoomAsync().WaitAsync(cancellationToken);
        }

        if (outcome != QueueOutcome.Queued)
        {
            throw outcome == QueueOutcome.Down
                ? new DatabaseUnavailableException("The database is out of reach; nothing was written.", innerException: null)
                : new InvalidOperationException("The host is stopping; nothing is written any more.");
        }

        await using var cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((StatementsWrite)state!).Cancel(token), write);
        return await write.Done;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        sweeper = new Timer(static state => ((WriteQueue)state!).Sweep(), queue, SweepEvery, SweepEvery);
        thread = new Thread(Run) { IsBackground = true, Name = "Group commit" };
        thread.Start();
        return Task.CompletedTask;
    }

    /// <summary>What was accepted before is still written.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        if (thread is not null)
        {
            await finished.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        queue.Close();
        sweeper?.Dispose();
    }

    internal QueueOutcome TryQueue(QueuedWrite write) => queue.TryAdd(write);

    private void Run()
    {
        using var session = BatchSession.For(database);
        var batch = new List<QueuedWrite>(MaxBatch);
        while (queue.Take(MaxBatch, Gather) is { Count: > 0 } taken)
        {
            foreach (var write in taken)
            {
                if (write.TryTake())
                {
                    batch.Add(write);
                }
            }

            var failure = Commit(session, batch);
            queue.Done();
            Announce(batch);
            batch.Clear();
            if (failure is not null)
            {
                AwaitDatabase(session, failure);
            }
        }

        finished.SetResult();
    }

    private static DatabaseUnavailableException? Commit(BatchSession session, List<QueuedWrite> batch)
    {
        if (batch.Count == 0)
        {
            return null;
        }

        try
        {
            session.Write(batch);
            return null;
        }
        catch (Exception e)
        {
            // Whatever it was, the callers must hear of it, and the thread must live.
            var failure = new DatabaseUnavailableException($"The database is out of reach: {e.Message}", e);
            batch.ForEach(write => write.Error = failure);
            return failure;
        }
    }

    private void AwaitDatabase(BatchSession session, DatabaseUnavailableException failure)
    {
        List<QueuedWrite> refused = [.. queue.Refuse().Where(static write => write.TryTake())];
        refused.ForEach(write => write.Error = failure);
        Announce(refused);
        while (queue.Pause(ProbeEvery))
        {
            try
            {
                session.Write([]);
                queue.Accept();
                return;
            }
            catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException or IOException)
            {
                // Still out of reach.
            }
        }
    }

    private static void Announce(List<QueuedWrite> decided)
    {
        // Every work item wakes another thread of the pool: for nothing where no processor is free to run it.
        var part = Math.Max(AnnouncedTogether, (decided.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount);
        for (var at = 0; at < decided.Count; at += part)
        {
            var together = new QueuedWrite[Math.Min(part, decided.Count - at)];
            decided.CopyTo(at, together, 0, together.Length);
            ThreadPool.UnsafeQueueUserWorkItem(new Announcement(together), preferLocal: false);
        }
    }

    private sealed class Announcement(QueuedWrite[] decided) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            foreach (var write in decided)
            {
                write.Announce();
            }
        }
    }
}
