using System.Collections.Concurrent;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Teams.Data;

/// <summary>
/// In the database, written in the group commit. What was noted lately is kept in memory only to know that there is nothing to note; every few minutes it is
/// written again all the same, since another host may have blocked the conversation meanwhile.
/// </summary>
internal sealed class ConversationReferences(GroupCommitter committer, QuickReads reads, TimeProvider clock) : IConversationReferences
{
    private const int MostKept = 100_000;
    private const string Columns = """ "TenantId", "Id", "Kind", "ServiceUrl", "UserId", "TeamId", "Blocked" """;

    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Tenant, string Id), (ConversationReference Reference, long At)> noted = new();

    public ValueTask NoteAsync(ConversationReference reference, CancellationToken cancellationToken)
    {
        var key = (reference.TenantId, reference.ConversationId);
        return noted.TryGetValue(key, out var known) && clock.GetElapsedTime(known.At) < Trusted && known.Reference == reference
            ? ValueTask.CompletedTask
            : WriteAsync(reference, cancellationToken);
    }

    public ValueTask<ConversationReference?> FindAsync(string tenantId, string conversationId, CancellationToken cancellationToken) => reads.FirstAsync(
        new($"""SELECT {Columns} FROM teams_conversations WHERE "TenantId" = $1 AND "Id" = $2""", tenantId, conversationId), Read, cancellationToken);

    public ValueTask<ConversationReference?> FindPersonalAsync(string tenantId, string userId, CancellationToken cancellationToken) => reads.FirstAsync(
        new(
            $"""SELECT {Columns} FROM teams_conversations WHERE "TenantId" = $1 AND "UserId" = $2 ORDER BY "UpdatedAt" DESC LIMIT 1""", tenantId, userId),
        Read,
        cancellationToken);

    public ValueTask<ConversationReference?> FindAnyAsync(string tenantId, CancellationToken cancellationToken) => reads.FirstAsync(
        new(
            $"""SELECT {Columns} FROM teams_conversations WHERE "TenantId" = $1 ORDER BY ("Blocked" IS NULL) DESC, "UpdatedAt" DESC LIMIT 1""", tenantId),
        Read,
        cancellationToken);

    public async ValueTask BlockAsync(string tenantId, string conversationId, string reason, CancellationToken cancellationToken)
    {
        noted.TryRemove((tenantId, conversationId), out _);
        await committer.ExecuteAsync(
            [
                new(
                    """UPDATE teams_conversations SET "Blocked" = $1, "UpdatedAt" = $2 WHERE "TenantId" = $3 AND "Id" = $4""",
                    reason, clock.GetUtcNow().ToUnixTimeMilliseconds(), tenantId, conversationId),
            ],
            cancellationToken);
    }

    public void Forget(string tenantId, string userId)
    {
        foreach (var (key, known) in noted)
        {
            if (key.Tenant == tenantId && known.Reference.UserId == userId)
            {
                noted.TryRemove(key, out _);
            }
        }
    }

    private static ConversationReference Read(IRow row) => new()
    {
        TenantId = row.Text(0)!,
        ConversationId = row.Text(1)!,
        Kind = (ConversationKind)row.Number(2),
        ServiceUrl = row.Text(3)!,
        UserId = row.Text(4),
        TeamId = row.Text(5),
        Blocked = row.Text(6),
    };

    private async ValueTask WriteAsync(ConversationReference reference, CancellationToken cancellationToken)
    {
        await committer.ExecuteAsync(
            [
                new(
                    """
                    INSERT INTO teams_conversations ("TenantId", "Id", "Kind", "ServiceUrl", "UserId", "TeamId", "Blocked", "UpdatedAt")
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                    ON CONFLICT ("TenantId", "Id") DO UPDATE SET
                        "Kind" = excluded."Kind", "ServiceUrl" = excluded."ServiceUrl", "UserId" = COALESCE(excluded."UserId", teams_conversations."UserId"),
                        "TeamId" = COALESCE(excluded."TeamId", teams_conversations."TeamId"), "Blocked" = excluded."Blocked", "UpdatedAt" = excluded."UpdatedAt"
                    """,
                    reference.TenantId, reference.ConversationId, (int)reference.Kind, reference.ServiceUrl, reference.UserId, reference.TeamId,
                    reference.Blocked, clock.GetUtcNow().ToUnixTimeMilliseconds()),
            ],
            cancellationToken);
        if (noted.Count >= MostKept)
        {
            noted.Clear();
        }

        noted[(reference.TenantId, reference.ConversationId)] = (reference, clock.GetTimestamp());
    }
}
