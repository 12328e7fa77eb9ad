using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Links;

/// <summary>What a person does on the share page. The same acts exist in chat.</summary>
public sealed class SharePageActions(
    Database database, IDbContextFactory<AdvocacyDb> contexts, NetworkCatalogue networks, PublicAddress address, LedgerWriter ledger, TimeProvider clock)
{
    /// <summary>Characters; more than any network that counts takes.</summary>
    public const int LongestText = 10_000;

    /// <summary>Changes the person's text. It may be too long for some of the networks offered, not for all.</summary>
    /// <param name="language">Of the message.</param>
    /// <returns>What is wrong with the text; null: it is saved.</returns>
    public async Task<string?> SaveTextAsync(PrivateShare found, string text, Language language, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        var clean = found.Disclosure.Strip(ShareText.Clean(text).Trim());
        if (Problem(found, clean, language) is { } problem)
        {
            return problem;
        }

        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Shares.Where(share => share.Id == found.Share.Id).ExecuteUpdateAsync(set => set.SetProperty(share => share.Text, clean), cancellationToken);
        return null;
    }

    /// <summary>"I shared it": the rung "said". Said again, it is recorded once.</summary>
    /// <param name="generation">As the page showed it; a claim that was withdrawn since is not renewed by an old page.</param>
    public async Task SayAsync(PrivateShare found, int generation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        if (generation == found.Share.Generation)
        {
            var now = clock.GetUtcNow();
            await ledger.AppendAsync([ShareEvents.Said(found.Info, generation, now, now)], cancellationToken);
        }
    }

    /// <summary>Takes the claim back, and the post's address with it.</summary>
    /// <param name="generation">As the page showed it; a claim that was withdrawn already is not withdrawn again.</param>
    public async Task UndoAsync(PrivateShare found, int generation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var share = await db.Shares.FirstAsync(s => s.Id == found.Share.Id, cancellationToken);
        if (share.Generation == generation)
        {
            await new WithdrawClaim(db).RunAsync(share, clock.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Whether the claim "I shared it" stands.</summary>
    public async Task<bool> HasSaidAsync(PrivateShare found, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        var key = ShareEvents.SaidKey(found.Share.Id, found.Share.Generation);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Ledger.AnyAsync(entry => entry.Key == key, cancellationToken);
    }

    /// <summary>The networks the campaign offers, with how the text fits each.</summary>
    public IReadOnlyList<(Network Network, TextCount Count)> Offered(PrivateShare found, string text)
    {
        ArgumentNullException.ThrowIfNull(found);
        return
        [
            .. found.Campaign.NetworkKeys.Select(networks.Find).OfType<Network>().Select(network =>
                (network, network.Count(found.Shared(text), address.Tracked(found.Share.Code, network.Letter).AbsoluteUri, found.Campaign.Title))),
        ];
    }

    private string? Problem(PrivateShare found, string text, Language language)
    {
        if (text.Length > LongestText)
        {
            return Texts.In(language).Plural("LinkPages.TextTooLong", text.Length - LongestText, ("used", text.Length), ("limit", LongestText));
        }

        return ShareTexts.Problem(found.Share, found.Campaign, text, [.. Offered(found, text).Select(offered => offered.Network)], found.Disclosure, address, language);
    }
}
