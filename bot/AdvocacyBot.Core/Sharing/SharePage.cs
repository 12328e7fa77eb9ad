using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary>A share as its owner's page shows it.</summary>
/// <param name="Share">The person's.</param>
/// <param name="Campaign">What it is about.</param>
/// <param name="Language">The person's, else the channel's, else the workspace's.</param>
/// <param name="Networks">Offered ones, in order.</param>
/// <param name="Said">Whether the claim "I shared it" stands.</param>
public sealed record SharePageView(Share Share, Campaign Campaign, Language Language, IReadOnlyList<Network> Networks, bool Said)
{
    /// <summary>Nothing can be started while a campaign is paused or after it closed.</summary>
    public bool Open => Campaign.State == CampaignState.Running;
}

/// <summary>Where <c>/go</c> leads.</summary>
public abstract record ComposerResult
{
    private ComposerResult() { }

    public sealed record To(Uri Composer) : ComposerResult;

    /// <summary>The network has no composer: copy from the share page.</summary>
    public sealed record CopyInstead : ComposerResult;

    public sealed record NotThere : ComposerResult;

    public sealed record NotRunning : ComposerResult;
}

/// <summary>What the owner of a private code can do without the chat. The code is the right to do it.</summary>
public sealed class SharePage(
    Database database, AdvocacyDb db, NetworkCatalogue networks, PublicAddress address, LedgerWriter ledger, WithdrawClaim withdraw, TimeProvider clock)
{
    /// <returns>Null for a code that is nobody's.</returns>
    public async Task<SharePageView?> ReadAsync(string privateCode, CancellationToken cancellationToken)
    {
        var share = await db.Shares.FirstOrDefaultAsync(s => s.PrivateCode == privateCode, cancellationToken);
        if (share is null)
        {
            return null;
        }

        var campaign = await db.Campaigns.AsNoTracking().FirstAsync(c => c.Id == share.CampaignId, cancellationToken);
        var tags = await (
            from person in db.People
            where person.Id == share.PersonId
            join conversation in db.Conversations on share.ConversationId equals conversation.Id
            join workspace in db.Workspaces on person.WorkspaceId equals workspace.Id
            select new { Person = person.Language, Conversation = conversation.Language, Workspace = workspace.Language }).FirstAsync(cancellationToken);
        var saidKey = ShareEvents.SaidKey(share.Id, share.Generation);
        return new SharePageView(
            share,
            campaign,
            Language.First(tags.Person, tags.Conversation, tags.Workspace),
            [.. campaign.NetworkKeys.Select(networks.Find).OfType<Network>()],
            await db.Ledger.AnyAsync(e => e.Key == saidKey, cancellationToken));
    }

    /// <summary>The network's composer with the person's text; records "opened" unless <paramref name="record"/> is false (previews, prefetch).</summary>
    public async Task<ComposerResult> OpenComposerAsync(string privateCode, string networkKey, bool record, CancellationToken cancellationToken)
    {
        if (await ReadAsync(privateCode, cancellationToken) is not { } view || view.Networks.FirstOrDefault(n => n.Key == networkKey) is not { } network)
        {
            return new ComposerResult.NotThere();
        }

        if (!view.Open)
        {
            return new ComposerResult.NotRunning();
        }

        var link = address.Tracked(view.Share.Code, network.Letter).AbsoluteUri;
        if (network.Composer(view.Share.Text, link, view.Campaign.Title) is not { } composer)
        {
            return new ComposerResult.CopyInstead();
        }

        if (record)
        {
            await ledger.AppendAsync([ShareEvents.Opened(Info(view.Share), network.Key, clock.GetUtcNow())], cancellationToken);
        }

        return new ComposerResult.To(composer);
    }

    /// <summary>Saves the text in the person's words.</summary>
    /// <returns>What is wrong with it, or null: it is saved.</returns>
    public async Task<string?> SaveTextAsync(SharePageView view, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(text);
        var clean = ShareText.Clean(text).Trim();
        if (ShareTexts.Problem(view.Share, view.Campaign, clean, view.Networks, address, view.Language) is { } problem)
        {
            return problem;
        }

        using var write = await database.EnterWriteAsync(cancellationToken);
        view.Share.Text = clean;
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    public async Task SayAsync(SharePageView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var now = clock.GetUtcNow();
        await ledger.AppendAsync([ShareEvents.Said(Info(view.Share), view.Share.Generation, now, now)], cancellationToken);
    }

    public async Task UndoAsync(SharePageView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await withdraw.RunAsync(view.Share, clock.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static ShareInfo Info(Share share) =>
        new(share.Id, share.WorkspaceId, share.ConversationId, share.CampaignId, share.PersonId, share.Code, share.PrivateCode, share.CreatedAt);
}

/// <summary>What a person's text must be: not empty, and fitting at least one of the campaign's networks.</summary>
public static class ShareTexts
{
    /// <returns>A message, or null where the text is fine.</returns>
    public static string? Problem(
        Share share, Campaign campaign, string text, IReadOnlyList<Network> offered, PublicAddress address, Language language)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(offered);
        ArgumentNullException.ThrowIfNull(address);
        if (text.Length == 0)
        {
            return Texts.In(language)["Sharing.EditMissing"];
        }

        var counts = offered.Select(network => (Network: network, Count: network.Count(text, address.Tracked(share.Code, network.Letter).AbsoluteUri, campaign.Title))).ToList();
        return counts.Count > 0 && counts.TrueForAll(c => !c.Count.Fits)
            ? NetworkTexts.TooLong(counts[0].Network, counts[0].Count, language)
            : null;
    }
}
