using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AdvocacyBot.Core.Data;

/// <summary>
/// Speaks to SQLite itself: through ADO.NET, parameters and commands cost more than the row. A commit is on the disk when it returns, not only safe from a
/// killed process (<c>synchronous = FULL</c>, SQLite's default), and group commit pays for it once per batch. Batches of rows alone, clicks, come by the hundred
/// per second: they are always safe from a killed process, and put on the disk <see cref="SyncEvery"/>, so that a power cut costs no more than those.
/// </summary>
internal sealed class SqliteBatchSession(Database database) : BatchSession(database)
{
    /// <summary>Milliseconds to wait for a writer of another process.</summary>
    private const int BusyTimeout = 5000;

    private const int MaxPrepared = 256;

    /// <summary>Milliseconds between two waits for the disk while there is nothing but rows.</summary>
    private const int SyncEvery = 50;

    private readonly Dictionary<string, Prepared> prepared = new(StringComparer.Ordinal);
    private SqliteConnection? connection;
    private Prepared? last;
    private string? lastSql;
    private bool syncs = true;
    private long synced;

    protected override bool IsOpen => connection is not null;

    private sqlite3 Handle { get; set; } = null!;

    protected override void Connect()
    {
        // On SQLite opening is synchronous underneath.
        connection = (SqliteConnection)Database.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        Handle = connection.Handle!;
        Check(raw.sqlite3_busy_timeout(Handle, BusyTimeout));

        // Kept in the file, and set by EF when it makes one; readers must not be held up by writers, however the file came about.
        Execute("PRAGMA journal_mode = WAL");

        // Under load the same pages change in every commit: the longer they gather in the log (16 MB), the fewer are copied into the file.
        Execute("PRAGMA wal_autocheckpoint = 4000");
        Execute("PRAGMA cache_size = -32768");
        syncs = true;
    }

    protected override void WriteOnce(List<QueuedWrite> batch)
    {
        var now = Environment.TickCount64;
        Sync(now - synced >= SyncEvery || batch.Exists(static write => write.Insert is null), now);
        Execute("BEGIN IMMEDIATE");
        for (var at = 0; at < batch.Count;)
        {
            var rows = Alike(batch, at);
            var size = 0;
            while (size < RowInsert.Together.Count && rows < RowInsert.Together[size])
            {
                size++;
            }

            if (size < RowInsert.Together.Count)
            {
                RunTogether(batch, at, size);
                at += RowInsert.Together[size];
            }
            else
            {
                Run(batch[at++]);
            }
        }

        BeginCommit();
        Execute("COMMIT");
    }

    protected override void WriteEach(List<QueuedWrite> batch)
    {
        Sync(wanted: true, Environment.TickCount64);
        Execute("BEGIN IMMEDIATE");
        foreach (var write in batch)
        {
            Execute("SAVEPOINT one");
            try
            {
                Run(write);
            }
            catch (SqliteException e) when (BlamesStatement(e))
            {
                write.Error = e;
                Execute("ROLLBACK TO one");
            }

            Execute("RELEASE one");
        }

        BeginCommit();
        Execute("COMMIT");
    }

    protected override void Reset()
    {
        if (raw.sqlite3_get_autocommit(Handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    protected override void Disconnect()
    {
        Forget();
        var closing = connection;
        connection = null;
        closing?.Dispose();
    }

    protected override bool BlamesStatement(DbException e) => e is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE,
    };

    /// <summary>Whether the next commit waits for the disk.</summary>
    private void Sync(bool wanted, long now)
    {
        if (wanted)
        {
            synced = now;
        }

        if (wanted != syncs)
        {
            // Takes effect when it is compiled, so a prepared one would do nothing.
            Check(raw.sqlite3_exec(Handle, wanted ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"));
            syncs = wanted;
        }
    }

    private void Run(QueuedWrite write)
    {
        for (var i = 0; i < write.Count; i++)
        {
            var statement = Prepare(write.Sql(i));
            statement.Expect(write.Values(i).Length);
            statement.Bind(0, write.Values(i), this);
            Step(statement.Handle);
            write.Affected(i, raw.sqlite3_changes(Handle));
        }
    }

    /// <returns>How many rows of one kind come one after the other, as far as it matters.</returns>
    private static int Alike(List<QueuedWrite> batch, int at)
    {
        var insert = batch[at].Insert;
        if (insert is null)
        {
            return 0;
        }

        var end = Math.Min(batch.Count, at + RowInsert.Together[0]);
        var next = at + 1;
        while (next < end && ReferenceEquals(batch[next].Insert, insert))
        {
            next++;
        }

        return next - at;
    }

    private void RunTogether(List<QueuedWrite> batch, int at, int size)
    {
        var statement = Prepare(batch[at].Insert!.Many[size]);
        var bound = 0;
        for (var i = 0; i < RowInsert.Together[size]; i++)
        {
            var values = batch[at + i].Values(0);
            statement.Bind(bound, values, this);
            bound += values.Length;
        }

        Step(statement.Handle);
    }

    private void Execute(string sql) => Step(Prepare(sql).Handle);

    private void Step(sqlite3_stmt statement)
    {
        int result;
        do
        {
            result = raw.sqlite3_step(statement);
        }
        while (result == raw.SQLITE_ROW);

        if (result == raw.SQLITE_DONE)
        {
            _ = raw.sqlite3_reset(statement);
            return;
        }

        // The message is gone after the reset.
        var error = Error(result);
        _ = raw.sqlite3_reset(statement);
        throw error;
    }

    private Prepared Prepare(string sql)
    {
        // Statements come in runs of the same constant.
        if (ReferenceEquals(sql, lastSql))
        {
            return last!;
        }

        if (!prepared.TryGetValue(sql, out var found))
        {
            if (prepared.Count >= MaxPrepared)
            {
                Forget();
            }

            Check(raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
            found = new Prepared(statement);
            prepared[sql] = found;
        }

        lastSql = sql;
        last = found;
        return found;
    }

    private void Forget()
    {
        foreach (var statement in prepared.Values)
        {
            statement.Handle.Dispose();
        }

        prepared.Clear();
        lastSql = null;
        last = null;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Error(result);
        }
    }

    private SqliteException Error(int result) =>
        new(raw.sqlite3_errmsg(Handle).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(Handle));

    private sealed class Prepared
    {
        private readonly int[] indexes;
        private byte[] utf8 = new byte[512];

        public Prepared(sqlite3_stmt handle)
        {
            Handle = handle;
            indexes = new int[raw.sqlite3_bind_parameter_count(handle)];
            for (var i = 0; i < indexes.Length; i++)
            {
                // To SQLite "$2" is a name; it numbers names in the order in which they occur.
                indexes[i] = raw.sqlite3_bind_parameter_index(handle, $"${i + 1}");
            }
        }

        public sqlite3_stmt Handle { get; }

        public void Expect(int values)
        {
            if (values != indexes.Length)
            {
                throw new SqliteException($"The statement wants {indexes.Length} values and got {values}.", raw.SQLITE_RANGE);
            }
        }

        /// <param name="first">Position of the first value's parameter, from 0.</param>
        public void Bind(int first, ReadOnlySpan<BatchValue> values, SqliteBatchSession session)
        {
            for (var i = 0; i < values.Length; i++)
            {
                session.Check(Bind(indexes[first + i], in values[i]));
            }
        }

        private int Bind(int index, ref readonly BatchValue value)
        {
            if (value.IsNumber)
            {
                return raw.sqlite3_bind_int64(Handle, index, value.Number);
            }

            if (value.Text is { } text)
            {
                return BindText(index, text);
            }

            return value.Bytes switch
            {
                null => raw.sqlite3_bind_null(Handle, index),
                { Length: 0 } => raw.sqlite3_bind_zeroblob(Handle, index, 0),
                var bytes => raw.sqlite3_bind_blob(Handle, index, bytes),
            };
        }

        private int BindText(int index, string text)
        {
            // An empty span has no address, and text at no address is NULL to SQLite.
            if (text.Length == 0)
            {
                return raw.sqlite3_bind_text(Handle, index, text);
            }

            var most = Encoding.UTF8.GetMaxByteCount(text.Length);
            if (utf8.Length < most)
            {
                utf8 = new byte[most];
            }

            return raw.sqlite3_bind_text(Handle, index, utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
        }
    }
}
