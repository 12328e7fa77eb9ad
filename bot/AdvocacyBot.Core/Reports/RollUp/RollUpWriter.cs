using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>A day's sums to be written.</summary>
internal sealed record DayRow(long Workspace, int Day, byte[] Bytes);

/// <summary>Writes a step of the roll-up: all of it or, where another host was faster, nothing.</summary>
internal static class RollUpWriter
{
    /// <param name="database">Where.</param>
    /// <param name="from">What the sums were made from; they are dropped where it is so no more.</param>
    /// <param name="to">How far they go now.</param>
    /// <param name="write">Writes what belongs to the step; false: another host was faster.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>Whether it was written.</returns>
    public static async Task<bool> WriteAsync(
        Database database, (long Ledger, long Click) from, (long Ledger, long Click) to, Func<DbConnection, DbTransaction, Task<bool>> write, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RunAsync(connection, transaction, RollUpSql.MoveOn, [to.Ledger, to.Click, from.Ledger, from.Click], cancellationToken) == 0)
        {
            return false;
        }

        if (!await write(connection, transaction))
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public static Task<int> SetFactsAsync(DbConnection connection, DbTransaction transaction, DayRow row, CancellationToken cancellationToken) =>
        RunAsync(connection, transaction, RollUpSql.SetFacts, [row.Workspace, (long)row.Day, row.Bytes, Stamp()], cancellationToken);

    public static Task<int> SetSeenAsync(DbConnection connection, DbTransaction transaction, DayRow row, CancellationToken cancellationToken) =>
        RunAsync(connection, transaction, RollUpSql.SetSeen, [row.Workspace, (long)row.Day, row.Bytes, Stamp()], cancellationToken);

    public static async Task<int> RunAsync(DbConnection connection, DbTransaction? transaction, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = DigestSql.Command(connection, sql, values);
        command.Transaction = transaction;
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static long Stamp() => BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));
}
