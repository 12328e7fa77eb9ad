using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary><em>Share</em> on a prompt: the share card, after consent where it is still to be given.</summary>
public sealed class StartShare(AdvocacyDb db, ShowShare show, DialogEngine dialogs, Policies policies) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var campaign = await db.Campaigns.Include(c => c.Prompts)
            .FirstOrDefaultAsync(c => c.Id == token.Subject, cancellationToken);
        var prompt = campaign?.Prompts.Find(p => p.Id == token.Context);

        // The prompt stands in this workspace; the campaign may be of another one of the same programme.
        if (campaign is null || prompt is null
            || !await db.Conversations.AnyAsync(c => c.Id == prompt.ConversationId && c.WorkspaceId == turn.Workspace.Id, cancellationToken))
        {
            return Reply.Private(Notice.Card(t, t["Sharing.CampaignGone"]));
        }

        if (campaign.State != CampaignState.Running || prompt.EndedAt is not null)
        {
            return Reply.Private(Notice.Card(t, t[campaign.State != CampaignState.Closed && prompt.EndedAt is null ? "Sharing.CampaignPaused" : "Sharing.CampaignClosed"]));
        }

        if (turn.Person.ConsentedAt is null || turn.Person.PolicyVersion != (await policies.CurrentAsync(turn.Workspace.Id, cancellationToken)).Version)
        {
            return await dialogs.BeginAsync(JoinDialog.DialogId, JoinDialog.With(campaign.Id, prompt.ConversationId), turn, cancellationToken);
        }

        return Reply.Private(await show.RunAsync(campaign.Id, prompt.ConversationId, turn, cancellationToken));
    }
}

/// <summary>Makes the person's share card. Runs in the caller's transaction.</summary>
public sealed class ShowShare(AdvocacyDb db, OfferShare offer, ShareCards cards)
{
    public async Task<AdaptiveCard> RunAsync(long campaignId, long conversationId, TurnContext turn, CancellationToken cancellationToken)
    {
        var campaign = await db.Campaigns.FirstAsync(c => c.Id == campaignId, cancellationToken);
        var share = await offer.RunAsync(campaign, conversationId, turn, cancellationToken);
        return await CardAsync(share, campaign, turn, cancellationToken);
    }

    public async Task<AdaptiveCard> CardAsync(Share share, Campaign campaign, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(campaign);
        var texts = await db.CampaignTexts.CountAsync(x => x.CampaignId == campaign.Id, cancellationToken);
        var saidKey = ShareEvents.SaidKey(share.Id, share.Generation);
        var said = await db.Ledger.AnyAsync(e => e.Key == saidKey, cancellationToken);
        return cards.Offer(
            share, campaign, texts > 1, said, await db.DisclosureAsync(campaign.WorkspaceId, cancellationToken), await db.ChosenNetworksAsync(turn.Person.Id, cancellationToken), turn);
    }
}

/// <summary><em>Not for me</em>: costs nothing, is shown to nobody, and asks nothing.</summary>
public sealed class DeclineShare(DeclinedCard card) : IAppendingActionHandler
{
    public ValueTask<Appending> DecideAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(press);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var entry = new LedgerEvent
        {
            Key = $"declined:{token.Subject}:{turn.Person.Id}",
            WorkspaceId = turn.Workspace.Id,
            ConversationId = turn.Conversation.Id,
            CampaignId = token.Subject,
            PersonId = turn.Person.Id,
            Kind = LedgerKind.Declined,
            Amount = 1,
            At = press.At,
            RecordedAt = turn.Now,
        };
        return ValueTask.FromResult(new Appending([entry], _ => Reply.Private(card.For(token.Subject, turn))));
    }
}
