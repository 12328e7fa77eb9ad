using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Database = AdvocacyBot.Core.Data.Database;

namespace AdvocacyBot.Core.Delivery;

/// <summary>Which of a workspace's due deliveries may go out now.</summary>
/// <param name="Sends">Messages.</param>
/// <param name="Updates">Changes of messages that are there.</param>
/// <param name="BusyPeople">People with a message on its way.</param>
/// <param name="BusyConversations">Conversations with a message on its way.</param>
internal sealed record OutboxFilter(bool Sends, bool Updates, IReadOnlyCollection<long> BusyPeople, IReadOnlyCollection<long> BusyConversations);

/// <summary>The outbox's rows: read by the page, moved on by the group, one statement whatever the number.</summary>
/// <param name="database">Which dialect is spoken.</param>
/// <param name="updateKinds">Kinds that change a message that is there.</param>
internal sealed class Outbox(Database database, IReadOnlyCollection<DeliveryKind> updateKinds)
{
    public IReadOnlyCollection<DeliveryKind> UpdateKinds => updateKinds;

    private const string RowsSqlite =
        """
        (SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS was, json_extract(value, '$[2]') AS becomes, json_extract(value, '$[3]') AS why,
                json_extract(value, '$[4]') AS message, json_extract(value, '$[5]') AS later, json_extract(value, '$[6]') AS tries FROM json_each($1))
        """;

    private const string RowsPostgres =
        """
        (SELECT (r->>0)::bigint AS id, (r->>1)::int AS was, (r->>2)::int AS becomes, r->>3 AS why, r->>4 AS message, (r->>5)::bigint AS later, (r->>6)::int AS tries
         FROM json_array_elements($1::json) r)
        """;

    private readonly string settle =
        $"""
        UPDATE deliveries SET "State" = v.becomes, "Reason" = v.why, "MessageId" = COALESCE(v.message, deliveries."MessageId"),
            "NotBefore" = COALESCE(v.later, deliveries."NotBefore"), "Attempts" = deliveries."Attempts" + v.tries, "UpdatedAt" = $2
        FROM {(database.IsSqlite ? RowsSqlite : RowsPostgres)} AS v
        WHERE deliveries."Id" = v.id AND deliveries."State" = v.was
        """;

    /// <summary>What was taken back, put off or stopped since it was read stays where it is.</summary>
    private readonly string mark =
        $"""
        UPDATE deliveries SET "State" = 1, "Reason" = NULL, "Attempts" = "Attempts" + 1, "UpdatedAt" = $2
        WHERE "Id" IN ({(database.IsSqlite ? "SELECT value FROM json_each($1)" : "SELECT json_array_elements_text($1::json)::bigint")})
          AND "State" = 0 AND "NotBefore" <= $2
          AND ("Kind" IN ({string.Join(", ", updateKinds.Select(kind => ((int)kind).ToString(CultureInfo.InvariantCulture)))})
               OR EXISTS (SELECT 1 FROM workspaces w WHERE w."Id" = deliveries."WorkspaceId" AND w."StoppedAt" IS NULL))
        RETURNING "Id"
        """;

    /// <summary>The first that are due and whose person or conversation has nothing on its way.</summary>
    public async Task<List<Data.Delivery>> DueAsync(
        AdvocacyDb db, long workspaceId, DateTimeOffset now, OutboxFilter filter, int most, CancellationToken cancellationToken)
    {
        var (sends, updates, people, conversations) = filter;
        var due = Pending(db, workspaceId).Where(d => d.NotBefore <= now);
        if (!sends || !updates)
        {
            due = due.Where(d => updateKinds.Contains(d.Kind) == updates);
        }

        return await due
            .Where(d => d.PersonId != null ? !people.Contains(d.PersonId.Value) : !conversations.Contains(d.ConversationId))
            .OrderBy(d => d.Priority).ThenBy(d => d.NotBefore)
            .Take(most)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
    }

    /// <summary>When the next one falls due, among those that are not held back by a stop.</summary>
    /// <returns>Null: none.</returns>
    public async Task<DateTimeOffset?> NextAsync(AdvocacyDb db, long workspaceId, bool isUpdate, CancellationToken cancellationToken) =>
        await Pending(db, workspaceId).Where(d => updateKinds.Contains(d.Kind) == isUpdate).MinAsync(d => (DateTimeOffset?)d.NotBefore, cancellationToken);

    /// <summary>What a run that broke off has left in doubt. The time it carries is when the platform may be asked about it.</summary>
    public static IQueryable<Data.Delivery> Doubtful(AdvocacyDb db, long workspaceId) =>
        db.Deliveries.Where(d => d.WorkspaceId == workspaceId && d.State == DeliveryState.Sending);

    /// <summary>Marks deliveries as being sent, in the context's transaction.</summary>
    /// <returns>Those that may be.</returns>
    public async Task<HashSet<long>> MarkAsync(AdvocacyDb db, IEnumerable<long> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(db, mark, JsonSerializer.Serialize(ids), now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var marked = new HashSet<long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            marked.Add(reader.GetInt64(0));
        }

        return marked;
    }

    /// <summary>Moves deliveries on, in the context's transaction.</summary>
    public async Task SettleAsync(
        AdvocacyDb db, IEnumerable<(long Id, DeliveryOutcome Outcome)> outcomes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = JsonSerializer.Serialize(outcomes.Select(o => new object?[]
        {
            o.Id, (int)o.Outcome.From, (int)o.Outcome.State, o.Outcome.Reason, o.Outcome.MessageId, o.Outcome.NotBefore?.ToUnixTimeMilliseconds(), o.Outcome.Attempts,
        }));
        await using var command = Command(db, settle, rows, now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>While everything is stopped nothing new goes out; cards that stand are still brought in line, which takes their buttons away.</summary>
    private IQueryable<Data.Delivery> Pending(AdvocacyDb db, long workspaceId) => db.Deliveries
        .Where(d => d.WorkspaceId == workspaceId && d.State == DeliveryState.Pending)
        .Where(d => updateKinds.Contains(d.Kind) || db.Workspaces.Any(w => w.Id == workspaceId && w.StoppedAt == null));

    private static DbCommand Command(AdvocacyDb db, string sql, string json, DateTimeOffset now)
    {
        var command = DigestSql.Command(db.Database.GetDbConnection(), sql, json, now.ToUnixTimeMilliseconds());
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        return command;
    }
}
