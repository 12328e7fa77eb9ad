using System.Data.Common;
using System.Text.Json;
using AdvocacyBot.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>
/// Direct prompts in the outbox, written by the hundred thousand in the caller's transaction: one statement for thousands of rows, whose values travel as one JSON
/// text. Delivery kinds: 0 prompt, 1 update; states: 0 pending, 2 sent, 4 skipped.
/// </summary>
internal sealed class DirectOutbox(AdvocacyDb db)
{
    private const int RowsAtOnce = 5000;

    /// <summary>$1: JSON array of rows; $2 workspace, $3 conversation, $4 campaign, $5 prompt, $6 now in unix milliseconds.</summary>
    private const string Insert =
        """
        INSERT INTO deliveries ("PublicId", "WorkspaceId", "ConversationId", "CampaignId", "PromptId", "Kind", "Priority", "Attempts", "CreatedAt", "UpdatedAt", "PersonId", "Key", "State", "Reason", "NotBefore")

        """;

    private const string RowsSqlite =
        """
        SELECT json_extract(value, '$[0]'), $2, $3, $4, $5, 0, 1, 0, $6, $6, json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]'),
               json_extract(value, '$[5]')
        FROM json_each($1) WHERE true
        """;

    private const string RowsPostgres =
        """
        SELECT (v->>0)::uuid, $2, $3, $4, $5, 0, 1, 0, $6, $6, (v->>1)::bigint, v->>2, (v->>3)::int, v->>4, (v->>5)::bigint
        FROM json_array_elements($1::json) v
        """;

    /// <summary>Who was taken out before anything went, and is back, is written to after all, and who was not tried yet goes by the new times; nothing else is ever overwritten.</summary>
    private const string OnConflict =
        """

        ON CONFLICT ("Key") DO UPDATE SET "State" = excluded."State", "Reason" = excluded."Reason", "NotBefore" = excluded."NotBefore", "UpdatedAt" = excluded."UpdatedAt"
        WHERE (deliveries."State" = 4 AND deliveries."Reason" = 'taken_out') OR (deliveries."State" = 0 AND deliveries."Attempts" = 0)
        """;

    /// <summary>$1: JSON array of the ids of people who stay; $2 prompt, $3 now.</summary>
    private const string TakeOut =
        """
        UPDATE deliveries SET "State" = 4, "Reason" = 'taken_out', "UpdatedAt" = $3
        WHERE "PromptId" = $2 AND "Kind" = 0 AND "State" = 0 AND "PersonId" NOT IN (
        """;

    /// <summary>$1 prompt, $2 the campaign's version, $3 now. One for each message that stands or is on its way; made ids are version 4 UUIDs as each database stores them.</summary>
    private const string Updates =
        """
        INSERT INTO deliveries ("PublicId", "WorkspaceId", "ConversationId", "CampaignId", "PromptId", "Kind", "Priority", "Attempts", "CreatedAt", "UpdatedAt", "PersonId", "Key", "State", "NotBefore")
        SELECT {0}, d."WorkspaceId", d."ConversationId", d."CampaignId", d."PromptId", 1, 1, 0, $3, $3, d."PersonId", 'update:' || d."PromptId" || ':' || $2 || ':' || d."PersonId", 0, $3
        FROM deliveries d WHERE {1} = $1 AND d."Kind" = 0 AND {2}
        ON CONFLICT ("Key") DO NOTHING
        """;

    /// <summary>$1: JSON array of the ids of people; $2 conversation, $3 now. A membership that ended is not begun again.</summary>
    /// <remarks>A value and no <c>NOT EXISTS</c>: for that PostgreSQL reads the memberships of everybody who got the message before.</remarks>
    private const string Seen =
        """
        INSERT INTO memberships ("ConversationId", "PersonId", "JoinedAt") SELECT $2, p.id, $3 FROM {0} p
        WHERE (SELECT 1 FROM memberships m WHERE m."ConversationId" = $2 AND m."PersonId" = p.id LIMIT 1) IS NULL
        """;

    private const string NewIdSqlite =
        """
        upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
        """;

    private bool Sqlite => db.Database.IsSqlite();

    /// <param name="prompt">Of one workspace, with its id.</param>
    /// <param name="workspaceId">Which.</param>
    /// <param name="recipients">All of that workspace.</param>
    /// <param name="start">When a recipient's own clock shows the campaign's start.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task WriteAsync(
        Prompt prompt, long workspaceId, IReadOnlyList<Recipient> recipients, Func<Account, DateTimeOffset> start, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = now.ToUnixTimeMilliseconds();
        foreach (var chunk in recipients.Chunk(RowsAtOnce))
        {
            var rows = JsonSerializer.Serialize(chunk.Select(recipient => new object?[]
            {
                // EF Core keeps a Guid as upper-case text on SQLite.
                Guid.CreateVersion7(now).ToString().ToUpperInvariant(),
                recipient.Account.PersonId,
                Key(prompt.Id, recipient.Account.PersonId),
                (int)recipient.State,
                recipient.Reason,
                (recipient.NotBefore ?? start(recipient.Account)).ToUnixTimeMilliseconds(),
            }));
            await RunAsync(Insert + (Sqlite ? RowsSqlite : RowsPostgres) + OnConflict, [rows, workspaceId, prompt.ConversationId, prompt.CampaignId, prompt.Id, at], cancellationToken);
        }
    }

    /// <summary>Those who wait and are not among the recipients any more.</summary>
    public Task<int> TakeOutAsync(long promptId, IEnumerable<long> stay, DateTimeOffset now, CancellationToken cancellationToken) => RunAsync(
        TakeOut + (Sqlite ? "SELECT value FROM json_each($1))" : "SELECT v::bigint FROM json_array_elements_text($1::json) v)"),
        [JsonSerializer.Serialize(stay), promptId, now.ToUnixTimeMilliseconds()],
        cancellationToken);

    /// <summary>Brings every message that stands in line with this version of the campaign; updates to an earlier one that still wait are dropped.</summary>
    public async Task<int> UpdateAllAsync(long promptId, int version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Deliveries.Where(d => d.PromptId == promptId && d.Kind == DeliveryKind.PromptUpdate && d.State == DeliveryState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Skipped).SetProperty(d => d.Reason, "superseded").SetProperty(d => d.UpdatedAt, now), cancellationToken);
        return await RunAsync(Update("d.\"PromptId\"", """d."State" IN (1, 2) AND d."PersonId" IS NOT NULL"""), [promptId, version, now.ToUnixTimeMilliseconds()], cancellationToken);
    }

    /// <summary>Brings the messages of these people in line with this version of the campaign.</summary>
    /// <remarks>The plus keeps the prompt from being the way in: it stands for everybody it was sent to.</remarks>
    public Task<int> UpdateAsync(long promptId, int version, IEnumerable<long> people, DateTimeOffset now, CancellationToken cancellationToken) => RunAsync(
        Update("+d.\"PromptId\"", $"d.\"PersonId\" IN ({(Sqlite ? "SELECT value FROM json_each($4)" : "SELECT v::bigint FROM json_array_elements_text($4::json) v")})"),
        [promptId, version, now.ToUnixTimeMilliseconds(), JsonSerializer.Serialize(people)],
        cancellationToken);

    /// <summary>From now on these people could see what the conversation stands for.</summary>
    public Task<int> NoteSeenAsync(long conversationId, IEnumerable<long> people, DateTimeOffset now, CancellationToken cancellationToken) => RunAsync(
        Seen.Replace("{0}", Sqlite ? "(SELECT value AS id FROM json_each($1))" : "(SELECT v::bigint AS id FROM json_array_elements_text($1::json) v)", StringComparison.Ordinal),
        [JsonSerializer.Serialize(people), conversationId, now.ToUnixTimeMilliseconds()],
        cancellationToken);

    public static string Key(long promptId, long personId) => $"direct:{promptId}:{personId}";

    private string Update(string prompt, string which) => Updates
        .Replace("{0}", Sqlite ? NewIdSqlite : "gen_random_uuid()", StringComparison.Ordinal)
        .Replace("{1}", prompt, StringComparison.Ordinal)
        .Replace("{2}", which, StringComparison.Ordinal);

    private async Task<int> RunAsync(string sql, object[] values, CancellationToken cancellationToken)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of ours, one for each database; values travel as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                if (connection is SqliteConnection)
                {
                    parameter.ParameterName = $"${i + 1}";
                }

                parameter.Value = values[i];
                command.Parameters.Add(parameter);
            }

            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
