using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Ledger;

/// <summary>Appends to the ledger. An entry whose key is there already is not counted again.</summary>
public sealed class LedgerWriter(GroupCommitter committer)
{
    internal const string InsertSql =
        """
        INSERT INTO ledger ("Key", "WorkspaceId", "ConversationId", "CampaignId", "PersonId", "ShareId", "Kind", "Amount", "Network", "Detail", "At", "RecordedAt")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING
        """;

    /// <summary>Appends entries in one transaction; returns when they are on disk.</summary>
    /// <returns>For each entry, whether it was new.</returns>
    public async Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<LedgerEvent> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var affected = await committer.ExecuteAsync([.. entries.Select(Statement)], cancellationToken);
        return [.. affected.Select(rows => rows > 0)];
    }

    public static BatchStatement Statement(LedgerEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new(
            InsertSql, e.Key, e.WorkspaceId, e.ConversationId, e.CampaignId, e.PersonId, e.ShareId, (long)e.Kind, (long)e.Amount, e.Network, e.Detail,
            e.At.ToUnixTimeMilliseconds(), e.RecordedAt.ToUnixTimeMilliseconds());
    }
}
