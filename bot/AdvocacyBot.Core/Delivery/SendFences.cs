using System.Collections.Concurrent;
using System.Data.Common;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Delivery;

/// <summary>
/// One sender per workspace, in this process and on all hosts of a PostgreSQL database: whoever holds the fence may take every <c>Sending</c> row that is not its own for
/// one that was interrupted. On PostgreSQL it is an advisory lock of a session, which the server lets go when the host's connection is gone, and which a host that is
/// merely slow keeps.
/// </summary>
internal sealed class SendFences(Database database)
{
    /// <summary>First of the two numbers that name our locks.</summary>
    private const int LockClass = 0x41645A;

    private readonly ConcurrentDictionary<long, SemaphoreSlim> gates = new();

    /// <returns>Null: another host sends for the workspace.</returns>
    public async Task<SendFence?> TryEnterAsync(long workspaceId, CancellationToken cancellationToken)
    {
        var gate = gates.GetOrAdd(workspaceId, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        DbConnection? session = null;
        try
        {
            if (!database.IsSqlite)
            {
                session = await database.OpenAsync(cancellationToken);
                if (!await LockAsync(session, workspaceId, cancellationToken))
                {
                    await session.DisposeAsync();
                    gate.Release();
                    return null;
                }
            }

            return new SendFence(gate, session, LockClass, workspaceId);
        }
        catch
        {
            if (session is not null)
            {
                await session.DisposeAsync();
            }

            gate.Release();
            throw;
        }
    }

    private static async Task<bool> LockAsync(DbConnection session, long workspaceId, CancellationToken cancellationToken)
    {
        await using var command = session.CreateCommand();

        // A host that vanished without a word (power, network) is found out within half a minute.
        command.CommandText =
            """
            SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false),
                   pg_try_advisory_lock($1, $2)
            """;
        SendFence.Name(command, LockClass, workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetBoolean(3);
    }
}

/// <summary>The right to send for a workspace, until it is disposed or <see cref="IsHeldAsync"/> says that it was lost.</summary>
internal sealed class SendFence(SemaphoreSlim gate, DbConnection? session, int lockClass, long workspaceId) : IAsyncDisposable
{
    /// <summary>Whether the session that holds the lock is still there.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        if (session is null)
        {
            return true;
        }

        try
        {
            await using var command = session.CreateCommand();
            command.CommandText = "SELECT 1";
            await command.ExecuteScalarAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (session is not null)
            {
                await using (session)
                {
                    await using var command = session.CreateCommand();
                    command.CommandText = "SELECT pg_advisory_unlock($1, $2)";
                    Name(command, lockClass, workspaceId);
                    await command.ExecuteScalarAsync();
                }
            }
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The session is gone, and the lock with it.
        }
        finally
        {
            gate.Release();
        }
    }

    internal static void Name(DbCommand command, int lockClass, long workspaceId)
    {
        foreach (var number in new[] { lockClass, unchecked((int)workspaceId) })
        {
            var parameter = command.CreateParameter();
            parameter.Value = number;
            command.Parameters.Add(parameter);
        }
    }
}
