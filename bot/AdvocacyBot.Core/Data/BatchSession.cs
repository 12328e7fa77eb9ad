using System.Data.Common;

namespace AdvocacyBot.Core.Data;

/// <summary>
/// The connection of a <see cref="GroupCommitter"/>: opened when needed, kept with its prepared statements, dropped after an error. Used by one
/// thread, and blocks it.
/// </summary>
internal abstract class BatchSession(Database database) : IDisposable
{
    private bool fresh;
    private bool committing;

    protected Database Database { get; } = database;

    protected abstract bool IsOpen { get; }

    public static BatchSession For(Database database) => database.IsSqlite ? new SqliteBatchSession(database) : new PostgresBatchSession(database);

    /// <summary>
    /// Writes all, but for those that the database refuses: these get their <see cref="QueuedWrite.Error"/>. With an empty batch it tells whether the
    /// database can be written to.
    /// </summary>
    /// <exception cref="DbException">The database is out of reach, and nothing was written, unless the connection broke during the commit itself.</exception>
    public void Write(List<QueuedWrite> batch)
    {
        using var turn = Enter();
        for (var repeated = false; ; repeated = true)
        {
            Open();
            try
            {
                WriteApartWhereRefused(batch);
                fresh = false;
                return;
            }
            catch (DbException e) when (!repeated && !committing && (!fresh || MayRepeat(e)))
            {
                // Nothing of the batch has happened: the connection died while it was idle (the server was restarted), or lost a deadlock.
                Drop();
            }
            catch
            {
                Drop();
                throw;
            }
        }
    }

    public void Dispose()
    {
        Drop();
        GC.SuppressFinalize(this);
    }

    protected abstract void Connect();

    /// <summary>One transaction; the first failure ends it.</summary>
    protected abstract void WriteOnce(List<QueuedWrite> batch);

    /// <summary>One transaction in which each caller's statements can fail by themselves.</summary>
    protected abstract void WriteEach(List<QueuedWrite> batch);

    /// <summary>Ends a failed transaction.</summary>
    protected abstract void Reset();

    protected abstract void Disconnect();

    /// <summary>Whether an error is about what a statement says, not about the state of the database.</summary>
    protected abstract bool BlamesStatement(DbException e);

    /// <summary>Whether the same transaction may well succeed when it is tried again at once.</summary>
    protected virtual bool MayRepeat(DbException e) => false;

    /// <summary>From here on, whether the transaction happened is known only by the commit's answer.</summary>
    protected void BeginCommit() => committing = true;

    private WriteTurn Enter()
    {
        // The thread is the committer's own: waiting in it holds nobody up.
        var entering = Database.EnterWriteAsync(CancellationToken.None);
        return entering.IsCompleted ? entering.Result : entering.AsTask().GetAwaiter().GetResult();
    }

    private void Open()
    {
        committing = false;
        if (!IsOpen)
        {
            Connect();
            fresh = true;
        }
    }

    private void WriteApartWhereRefused(List<QueuedWrite> batch)
    {
        foreach (var write in batch)
        {
            write.Error = null;
        }

        try
        {
            WriteOnce(batch);
        }
        catch (DbException e) when (BlamesStatement(e))
        {
            Reset();
            committing = false;
            WriteEach(batch);
        }
    }

    private void Drop()
    {
        try
        {
            Disconnect();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // It was broken already.
        }
    }
}
