using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Sharing;

/// <summary>Ledger rows of shares and their keys.</summary>
public static class ShareEvents
{
    public static string SaidKey(long shareId, int generation) => $"said:{shareId}:{generation}";

    public static string PostedKey(long shareId, int generation) => $"posted:{shareId}:{generation}";

    public static string OpenedKey(long shareId, string network) => $"opened:{shareId}:{network}";

    public static LedgerEvent Opened(ShareInfo share, string network, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(share);
        return Event(share, LedgerKind.Opened, OpenedKey(share.Id, network), at, at, network, detail: null);
    }

    public static LedgerEvent Said(ShareInfo share, int generation, DateTimeOffset at, DateTimeOffset recordedAt)
    {
        ArgumentNullException.ThrowIfNull(share);
        return Event(share, LedgerKind.Said, SaidKey(share.Id, generation), at, recordedAt, network: null, detail: null);
    }

    /// <param name="share">Whose.</param>
    /// <param name="generation">Of the claim.</param>
    /// <param name="post">The post's address.</param>
    /// <param name="at">When it was given.</param>
    public static LedgerEvent Posted(ShareInfo share, int generation, string post, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(share);
        return Event(share, LedgerKind.Posted, PostedKey(share.Id, generation), at, at, network: null, post);
    }

    /// <summary>Takes a row back: same time, so that the week it counted in is lowered.</summary>
    public static LedgerEvent Reversal(LedgerEvent original, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(original);
        return new LedgerEvent
        {
            Key = $"undo:{original.Key}",
            WorkspaceId = original.WorkspaceId,
            ConversationId = original.ConversationId,
            CampaignId = original.CampaignId,
            PersonId = original.PersonId,
            ShareId = original.ShareId,
            Kind = original.Kind,
            Amount = -original.Amount,
            Network = original.Network,
            At = original.At,
            RecordedAt = now,
        };
    }

    private static LedgerEvent Event(
        ShareInfo share, LedgerKind kind, string key, DateTimeOffset at, DateTimeOffset recordedAt, string? network, string? detail) => new()
    {
        Key = key,
        WorkspaceId = share.WorkspaceId,
        ConversationId = share.ConversationId,
        CampaignId = share.CampaignId,
        PersonId = share.PersonId,
        ShareId = share.Id,
        Kind = kind,
        Amount = 1,
        Network = network,
        Detail = detail,
        At = at,
        RecordedAt = recordedAt,
    };
}
