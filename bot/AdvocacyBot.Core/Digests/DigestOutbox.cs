using System.Text.Json;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Digests;

/// <summary>A digest to write into the outbox.</summary>
internal sealed record DigestRow(
    Guid PublicId, long WorkspaceId, long ConversationId, string Key, string Period, DeliveryState State, string? Reason, DateTimeOffset At);

/// <summary>Digests in the outbox, read and written by the thousand: one statement whatever the number. Delivery states: 0 pending, 4 skipped; kind 2: digest.</summary>
internal sealed class DigestOutbox(Database database)
{
    /// <summary>$1: a JSON array of keys.</summary>
    private const string KnownSql =
        """
        SELECT "Key", CASE WHEN "State" = 4 AND "Reason" = 'too_late' THEN 1 ELSE 0 END FROM deliveries WHERE "Key" IN (
        """;

    /// <summary>A digest that stands as too late makes room for one of the same week that is in time; nothing else is ever overwritten.</summary>
    private const string OnConflictSql =
        """

        ON CONFLICT ("Key") DO UPDATE
        SET "State" = 0, "Reason" = NULL, "Period" = excluded."Period", "NotBefore" = excluded."NotBefore", "UpdatedAt" = excluded."UpdatedAt"
        WHERE deliveries."State" = 4 AND deliveries."Reason" = 'too_late' AND excluded."State" = 0
        RETURNING "WorkspaceId", "State"
        """;

    private const string InsertSql =
        """
        INSERT INTO deliveries ("PublicId", "WorkspaceId", "ConversationId", "Kind", "Key", "Period", "State", "Reason", "Attempts", "NotBefore", "CreatedAt", "UpdatedAt")

        """;

    private const string RowsSqlite =
        """
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), 2, json_extract(value, '$[3]'), json_extract(value, '$[4]'),
               json_extract(value, '$[5]'), json_extract(value, '$[6]'), 0, json_extract(value, '$[7]'), json_extract(value, '$[7]'), json_extract(value, '$[7]')
        FROM json_each($1) WHERE true
        """;

    private const string RowsPostgres =
        """
        SELECT (v->>0)::uuid, (v->>1)::bigint, (v->>2)::bigint, 2, v->>3, v->>4, (v->>5)::int, v->>6, 0, (v->>7)::bigint, (v->>7)::bigint, (v->>7)::bigint
        FROM json_array_elements($1::json) v
        """;

    /// <returns>Those of the keys that are there, with whether they stand as too late.</returns>
    public async Task<Dictionary<string, bool>> KnownAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = DigestSql.Command(
            connection,
            KnownSql + (database.IsSqlite ? "SELECT value FROM json_each($1))" : "SELECT json_array_elements_text($1::json))"),
            JsonSerializer.Serialize(keys));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            known[reader.GetString(0)] = reader.GetInt64(1) == 1;
        }

        return known;
    }

    /// <summary>Writes in one transaction.</summary>
    /// <returns>What was written; rows whose key was there are left out.</returns>
    public async Task<List<(long WorkspaceId, DeliveryState State)>> WriteAsync(IReadOnlyList<DigestRow> rows, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(rows.Select(row => new object?[]
        {
            // EF Core keeps a Guid as upper-case text on SQLite.
            row.PublicId.ToString().ToUpperInvariant(), row.WorkspaceId, row.ConversationId, row.Key, row.Period, (int)row.State, row.Reason,
            row.At.ToUnixTimeMilliseconds(),
        }));

        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var written = new List<(long, DeliveryState)>();
        await using (var command = DigestSql.Command(connection, InsertSql + (database.IsSqlite ? RowsSqlite : RowsPostgres) + OnConflictSql, json))
        {
            command.Transaction = transaction;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                written.Add((reader.GetInt64(0), (DeliveryState)reader.GetInt64(1)));
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return written;
    }

    /// <summary>Writes one in the transaction that the context is in.</summary>
    /// <returns>False where its key was there.</returns>
    public static async Task<bool> TryAddAsync(AdvocacyDb db, DigestRow row, CancellationToken cancellationToken)
    {
        var at = row.At.ToUnixTimeMilliseconds();
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO deliveries ("PublicId", "WorkspaceId", "ConversationId", "Kind", "Key", "Period", "State", "Attempts", "NotBefore", "CreatedAt", "UpdatedAt")
            VALUES ({row.PublicId}, {row.WorkspaceId}, {row.ConversationId}, {(int)DeliveryKind.Digest}, {row.Key}, {row.Period}, {(int)row.State}, 0, {at}, {at}, {at})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken) == 1;
    }
}
