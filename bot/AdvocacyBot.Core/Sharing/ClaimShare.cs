using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary><em>I shared it</em>: the rung "said". Appends only, so that thousands can press in the same second.</summary>
public sealed class ClaimShare(ShareStore shares, ShareCards cards) : IAppendingActionHandler
{
    public async ValueTask<Appending> DecideAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(press);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var share = await shares.FindAsync(token.Subject, cancellationToken);
        if (share is null || share.PersonId != turn.Person.Id)
        {
            return Appending.Nothing(Reply.Private(Notice.Card(turn.Texts, turn.Texts["Sharing.CampaignGone"])));
        }

        return new Appending(
            [ShareEvents.Said(share, token.Generation, press.At, turn.Now)],
            isNew => Reply.ReplaceCard(cards.Thanks(share.Id, token.Generation, isNew, turn)));
    }
}

/// <summary><em>Undo</em>: takes "said" and "posted" back and shows the share card again.</summary>
public sealed class UndoShare(AdvocacyDb db, WithdrawClaim withdraw, ShowShare show) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        if (await OwnShare.FindAsync(db, token, turn, cancellationToken) is not var (share, campaign))
        {
            return Reply.Private(Notice.Card(t, t["Sharing.CampaignGone"]));
        }

        if (share.Generation != token.Generation)
        {
            return Reply.Private(Notice.Card(t, t["Sharing.UndoneAlready"]));
        }

        await withdraw.RunAsync(share, turn.Now, cancellationToken);
        return Reply.ReplaceCard(await show.CardAsync(share, campaign, turn, cancellationToken));
    }
}

/// <summary>Takes "said" and "posted" back. Runs in the caller's transaction.</summary>
public sealed class WithdrawClaim(AdvocacyDb db)
{
    public async Task RunAsync(Share share, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(share);
        var keys = new[] { ShareEvents.SaidKey(share.Id, share.Generation), ShareEvents.PostedKey(share.Id, share.Generation) };
        foreach (var entry in await db.Ledger.AsNoTracking().Where(e => keys.Contains(e.Key)).ToListAsync(cancellationToken))
        {
            db.Ledger.Add(ShareEvents.Reversal(entry, now));
        }

        share.Generation++;
        await db.SaveChangesAsync(cancellationToken);
    }
}

/// <summary><em>Another text</em>: the next suggestion.</summary>
public sealed class AnotherText(AdvocacyDb db, OfferShare offer, ShowShare show) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        if (await OwnShare.FindAsync(db, token, turn, cancellationToken) is not var (share, campaign))
        {
            return Reply.Private(Notice.Card(turn.Texts, turn.Texts["Sharing.CampaignGone"]));
        }

        var next = await offer.NextTextAsync(campaign, turn, share.TextId, cancellationToken);
        share.TextId = next.Id;
        share.Text = next.Text;
        share.Language = next.Language;
        await db.SaveChangesAsync(cancellationToken);
        return Reply.ReplaceCard(await show.CardAsync(share, campaign, turn, cancellationToken));
    }
}

/// <summary>Opens a small form about one's share: its text, or the post's address.</summary>
public sealed class EditShare(AdvocacyDb db, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        return await OwnShare.FindAsync(db, token, turn, cancellationToken) is null
            ? Reply.Private(Notice.Card(turn.Texts, turn.Texts["Sharing.CampaignGone"]))
            : await dialogs.BeginAsync(
                token.Verb == ShareRoutes.Post ? PostDialog.DialogId : TextDialog.DialogId,
                OwnShare.With(token),
                turn,
                cancellationToken);
    }
}

/// <summary>A share with its campaign, for the person it belongs to.</summary>
internal sealed record OwnShare(Share Share, Campaign Campaign)
{
    public static System.Text.Json.Nodes.JsonObject With(ActionToken token) => new() { ["share"] = token.Subject, ["generation"] = token.Generation };

    public static Task<OwnShare?> FindAsync(AdvocacyDb db, ActionToken token, TurnContext turn, CancellationToken cancellationToken) =>
        FindAsync(db, token.Subject, turn, cancellationToken);

    public static async Task<OwnShare?> FindAsync(AdvocacyDb db, long shareId, TurnContext turn, CancellationToken cancellationToken)
    {
        var share = await db.Shares.FirstOrDefaultAsync(s => s.Id == shareId && s.PersonId == turn.Person.Id, cancellationToken);
        return share is null ? null : new OwnShare(share, await db.Campaigns.FirstAsync(c => c.Id == share.CampaignId, cancellationToken));
    }
}
