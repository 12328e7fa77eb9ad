using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>Finds the campaign a button names; the role was looked at by the route.</summary>
public sealed class ManagedCampaigns(AdvocacyDb db)
{
    /// <returns>The campaign, tracked, with texts and prompts; or what to tell the person.</returns>
    public async Task<(Campaign? Campaign, Reply? Refusal)> FindAsync(long campaignId, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var campaign = await db.Campaigns.Include(c => c.Texts).Include(c => c.Prompts)
            .FirstOrDefaultAsync(c => c.Id == campaignId && c.WorkspaceId == turn.Workspace.Id, cancellationToken);
        return campaign is null ? (null, Reply.Private(Notice.Card(t, t["Campaigns.NotThere"]))) : (campaign, null);
    }
}

/// <summary>Pause and Resume; the cards in the channels follow.</summary>
public sealed class MoveCampaign(
    AdvocacyDb db,
    ManagedCampaigns campaigns,
    PublishCampaign publish,
    CampaignCards cards,
    AuditLog audit,
    FollowBroadcast follow,
    AfterCommit afterCommit,
    DeliverySignal signal) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        if (campaign is null)
        {
            return refusal!;
        }

        return Reply.ReplaceCard(await MoveAsync(campaign, token.Verb == CampaignRoutes.Pause ? CampaignMove.Pause : CampaignMove.Resume, turn, cancellationToken));
    }

    /// <summary>Makes the move where the campaign's state allows it, and says what became of it.</summary>
    public async Task<AdaptiveCard> MoveAsync(Campaign campaign, CampaignMove move, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var title = ("title", (object?)CardText.Escape(campaign.Title));
        if (move == CampaignMove.Resume && await db.Workspaces.AnyAsync(w => w.Id == turn.Workspace.Id && w.StoppedAt != null, cancellationToken))
        {
            return cards.One(campaign, t["Programme.ResumeAllFirst"], turn);
        }

        var before = campaign.State.ToString();
        if (!campaign.TryMove(move, turn.Now))
        {
            return cards.One(campaign, t.Format("Campaigns.MoveNotAllowed", title, ("state", t[$"Campaigns.State{campaign.State}"])), turn);
        }

        campaign.HeldAt = null;
        audit.Note(turn, AuditActions.CampaignMoved, campaign.Id, before, campaign.State.ToString());
        if (move == CampaignMove.Close)
        {
            foreach (var prompt in campaign.Prompts)
            {
                prompt.EndedAt ??= turn.Now;
            }
        }

        await publish.PlanAsync(campaign, turn.Now, cancellationToken);
        await follow.BeginAsync(campaign, turn, cancellationToken);
        afterCommit.Add(() => signal.Raise(campaign.WorkspaceId));
        return cards.One(campaign, t.Format($"Campaigns.Moved{move}", title), turn);
    }
}

/// <summary>Edit, or take up a draft again: the compose dialog with what is there.</summary>
public sealed class EditCampaign(ManagedCampaigns campaigns, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        if (campaign is null)
        {
            return refusal!;
        }

        return CampaignStates.CanEdit(campaign.State)
            ? await dialogs.BeginAsync(ComposeDialog.DialogId, ComposeDialog.With(CampaignDraft.From(campaign), campaign.Id), turn, cancellationToken)
            : Reply.Private(Notice.Card(turn.Texts, turn.Texts["Campaigns.ClosedMeanwhile"]));
    }
}

/// <summary>Duplicate: the compose dialog for a new campaign with the same words, at once and open-ended.</summary>
public sealed class DuplicateCampaign(ManagedCampaigns campaigns, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        return campaign is null
            ? refusal!
            : await dialogs.BeginAsync(
                ComposeDialog.DialogId, ComposeDialog.With(CampaignDraft.From(campaign) with { Start = "", End = "" }, campaignId: null), turn, cancellationToken);
    }
}

/// <summary>Results by rung of the evidence ladder.</summary>
public sealed class ShowResults(ManagedCampaigns campaigns, CampaignQuery query, People.ReachEstimate reach, Budgets.ReadSpending spending, CampaignCards cards) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        return campaign is null
            ? refusal!
            : Reply.Private(cards.Results(
                campaign,
                await query.ReadAsync(campaign.Id, conversationId: null, turn.Now, cancellationToken),
                await reach.OfCampaignAsync(campaign.Id, cancellationToken),
                await spending.OfCampaignAsync(campaign.Id, cancellationToken),
                turn));
    }
}

/// <summary>Close: asks first, because there is no way back.</summary>
public sealed class CloseCampaign(ManagedCampaigns campaigns, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        return campaign is null
            ? refusal!
            : await dialogs.BeginAsync(CloseDialog.DialogId, CloseDialog.With(campaign.Id), turn, cancellationToken);
    }
}
