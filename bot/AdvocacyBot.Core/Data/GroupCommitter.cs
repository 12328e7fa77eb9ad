using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace AdvocacyBot.Core.Data;

/// <summary>One statement of a batched write.</summary>
/// <param name="Sql">
/// With positional parameters <c>$1</c>, <c>$2</c>… and nothing else that varies: the text is the key of a prepared command. Must not fail for
/// bad data (use <c>ON CONFLICT DO NOTHING</c>): a failing statement fails the whole batch.
/// </param>
/// <param name="Values">Values of the parameters: <see cref="long"/>, <see cref="string"/>, <see cref="byte"/>[] or null.</param>
public readonly record struct BatchStatement(string Sql, params object?[] Values);

/// <summary>
/// Writes that arrive together share one transaction; a caller goes on when its rows are on disk. This is what makes a durable button press
/// or click cheap: the cost of a commit is divided among all who wait for it.
/// </summary>
public sealed class GroupCommitter(Database database) : BackgroundService
{
    private const int MaxBatch = 1024;

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(65_536) { SingleReader = true });

    /// <summary>Runs the statements in one transaction with others; returns when they are committed.</summary>
    /// <returns>Rows affected by each statement.</returns>
    /// <exception cref="DbException">The database refused or is down; nothing was written.</exception>
    public async Task<IReadOnlyList<int>> ExecuteAsync(IReadOnlyList<BatchStatement> statements, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(statements);
        await queue.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var session = new BatchSession(database);
        var batch = new List<Waiting>(MaxBatch);
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < MaxBatch && queue.Reader.TryRead(out var waiting))
                {
                    batch.Add(waiting);
                }

                await CommitAsync(session, batch);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was accepted before the stop is still written.
            queue.Writer.TryComplete();
            while (queue.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }

            await CommitAsync(session, batch);
        }
    }

    private static async Task CommitAsync(BatchSession session, List<Waiting> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            await session.WriteAsync(batch.ConvertAll(waiting => waiting.Statements), (index, affected) => batch[index].Affected = affected);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
        {
            foreach (var waiting in batch)
            {
                waiting.Done.SetException(e);
            }

            return;
        }

        foreach (var waiting in batch)
        {
            waiting.Done.SetResult(waiting.Affected);
        }
    }

    private sealed class Waiting(IReadOnlyList<BatchStatement> statements)
    {
        public IReadOnlyList<BatchStatement> Statements { get; } = statements;

        public int[] Affected { get; set; } = [];

        public TaskCompletionSource<IReadOnlyList<int>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
