using System.Collections.Concurrent;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary>What never changes of a share, so that a button press need not ask the database for it.</summary>
/// <param name="Code">Public code of the personal link.</param>
/// <param name="PrivateCode">Code of the share page.</param>
public sealed record ShareInfo(
    long Id, long WorkspaceId, long ConversationId, long CampaignId, long PersonId, string Code, string PrivateCode, DateTimeOffset CreatedAt);

/// <summary>Finds shares by id, with a bounded memory.</summary>
public sealed class ShareStore(QuickReads reads)
{
    private const int Kept = 200_000;

    private readonly ConcurrentDictionary<long, ShareInfo> known = new();
    private int count;

    /// <returns>Null for an id that is not there.</returns>
    public async ValueTask<ShareInfo?> FindAsync(long shareId, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(shareId, out var info))
        {
            return info;
        }

        info = await reads.FirstAsync(
            new(
                """
                SELECT "Id", "WorkspaceId", "ConversationId", "CampaignId", "PersonId", "Code", "PrivateCode", "CreatedAt" FROM shares WHERE "Id" = $1
                """,
                shareId),
            static row => new ShareInfo(
                row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Number(4), row.Text(5)!, row.Text(6)!,
                DateTimeOffset.FromUnixTimeMilliseconds(row.Number(7))),
            cancellationToken);
        if (info is not null && known.TryAdd(shareId, info) && Interlocked.Increment(ref count) > Kept)
        {
            known.Clear();
            Volatile.Write(ref count, 0);
        }

        return info;
    }

    public void Forget(long shareId) => known.TryRemove(shareId, out _);
}

/// <summary>Gives people their share of a campaign: a suggested text of their own and a personal link. Runs in the caller's transaction.</summary>
public sealed class OfferShare(AdvocacyDb db, LinkIndex links, AfterCommit afterCommit)
{
    /// <summary>The person's share, made at the first asking.</summary>
    /// <param name="campaign">With texts, tracked.</param>
    /// <param name="conversationId">The channel whose prompt brought the person.</param>
    /// <param name="turn">Who.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<Share> RunAsync(Campaign campaign, long conversationId, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        await LockAsync(campaign.Id, cancellationToken);
        var share = await db.Shares.FirstOrDefaultAsync(s => s.CampaignId == campaign.Id && s.PersonId == turn.Person.Id, cancellationToken);
        if (share is not null)
        {
            return share;
        }

        var text = await NextTextAsync(campaign, turn, except: null, cancellationToken);
        share = new Share
        {
            WorkspaceId = turn.Workspace.Id,
            CampaignId = campaign.Id,
            ConversationId = conversationId,
            PersonId = turn.Person.Id,
            TextId = text.Id,
            Text = text.Text,
            Language = text.Language,
            Code = LinkCode.New(),
            PrivateCode = LinkCode.New() + LinkCode.New(),
            CreatedAt = turn.Now,
        };
        db.Shares.Add(share);
        await db.SaveChangesAsync(cancellationToken);
        afterCommit.Add(() => links.Put(share, campaign));
        return share;
    }

    /// <summary>
    /// The text fewest colleagues have, in the person's language where there is one: no two get the same until all were used.
    /// </summary>
    /// <param name="campaign">With texts.</param>
    /// <param name="turn">Who.</param>
    /// <param name="except">A text the person has and does not want; null for none.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<CampaignText> NextTextAsync(Campaign campaign, TurnContext turn, long? except, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        await LockAsync(campaign.Id, cancellationToken);
        var texts = await db.CampaignTexts.AsNoTracking().Where(x => x.CampaignId == campaign.Id).ToListAsync(cancellationToken);
        var mine = texts.FindAll(x => x.Language == turn.Language.Code);
        var pool = mine.Count > 0 ? mine : texts;
        var next = pool.Where(x => x.Id != except || pool.Count == 1).OrderBy(x => x.Uses).ThenBy(x => x.Position).First();
        await db.CampaignTexts.Where(x => x.Id == next.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Uses, x => x.Uses + 1), cancellationToken);
        return next;
    }

    /// <summary>Takes the campaign's row for the length of the transaction, so that those who ask at once go one after the other.</summary>
    private async Task LockAsync(long campaignId, CancellationToken cancellationToken) =>
        await db.Campaigns.Where(c => c.Id == campaignId).ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, c => c.UpdatedAt), cancellationToken);
}
