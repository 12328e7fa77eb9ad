using System.Buffers;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Links;

/// <summary>A share and its campaign, as its private pages show them.</summary>
/// <param name="Share">Not tracked.</param>
/// <param name="Campaign">Not tracked; without texts and prompts.</param>
/// <param name="Disclosure">What the programme adds to the text.</param>
public sealed record PrivateShare(Share Share, Campaign Campaign, DisclosureRule Disclosure)
{
    /// <summary>The text as it is shared.</summary>
    public string Text => Shared(Share.Text);

    public bool IsRunning => Campaign.State == CampaignState.Running;

    /// <summary>Any text of the person's as it would be shared.</summary>
    public string Shared(string text) => Disclosure.Add(text, Share.Language);

    /// <summary>What the ledger wants to know.</summary>
    public ShareInfo Info => new(
        Share.Id, Share.WorkspaceId, Share.ConversationId, Share.CampaignId, Share.PersonId, Share.Code, Share.PrivateCode, Share.CreatedAt);
}

/// <summary>Finds shares by their private code: whoever has the code acts for the person.</summary>
public sealed class PrivateShares(IDbContextFactory<AdvocacyDb> contexts)
{
    private const int LongestCode = 64;

    private static readonly SearchValues<char> InCodes = SearchValues.Create(LinkCode.Alphabet);

    /// <returns>Null: there is no such code.</returns>
    public async Task<PrivateShare?> FindAsync(string privateCode, CancellationToken cancellationToken)
    {
        if (!IsCode(privateCode))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from share in db.Shares.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on share.CampaignId equals campaign.Id
            where share.PrivateCode == privateCode
            select new { share, campaign }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : new PrivateShare(found.share, found.campaign, await db.DisclosureAsync(found.share.WorkspaceId, cancellationToken));
    }

    /// <summary>Whether it has the form of a private code; what has not, is not worth a query.</summary>
    public static bool IsCode(string? privateCode) =>
        privateCode?.Length is >= LinkCode.Length and <= LongestCode && !privateCode.AsSpan().ContainsAnyExcept(InCodes);
}
