using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary><em>Delivery</em> on a campaign: what became of its messages.</summary>
public sealed class ShowDelivery(ManagedCampaigns campaigns, DeliveryTallyQuery query, DeliveryCards cards) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        return campaign is null
            ? refusal!
            : Reply.Private(cards.Report(campaign, await query.ReadAsync(campaign.Id, turn.Now, cancellationToken), turn));
    }
}

/// <summary><em>Try the failed ones again</em>.</summary>
public sealed class TryFailedAgain(
    AdvocacyDb db, ManagedCampaigns campaigns, FollowBroadcast follow, AuditLog audit, AfterCommit afterCommit, DeliverySignal signal) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        if (campaign is null)
        {
            return refusal!;
        }

        if (campaign.State is not (CampaignState.Running or CampaignState.Scheduled))
        {
            return Reply.Private(Notice.Card(t, t.Format("Broadcasts.NotRunning", ("title", CardText.Escape(campaign.Title)))));
        }

        var prompts = campaign.Prompts.ConvertAll(prompt => prompt.Id);
        var channels = await DeliveryTallyQuery.Channels(db, prompts).Where(d => d.State == DeliveryState.Failed).Select(d => d.Id).ToListAsync(cancellationToken);
        var failed = db.Deliveries.Where(d => d.State == DeliveryState.Failed && d.Kind == DeliveryKind.Prompt && d.PromptId != null && prompts.Contains(d.PromptId.Value)
            && (d.PersonId != null || channels.Contains(d.Id)));
        var workspaces = await failed.Select(d => d.WorkspaceId).Distinct().ToListAsync(cancellationToken);
        var again = await failed.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Pending).SetProperty(d => d.Reason, (string?)null).SetProperty(d => d.Attempts, 0)
                .SetProperty(d => d.NotBefore, turn.Now).SetProperty(d => d.UpdatedAt, turn.Now),
            cancellationToken);
        if (again > 0)
        {
            audit.Note(turn, AuditActions.FailedTriedAgain, campaign.Id, null, $"messages: {again}");
            workspaces.ForEach(workspace => afterCommit.Add(() => signal.Raise(workspace)));
            await follow.BeginAsync(campaign, turn, cancellationToken);
        }

        return Reply.Private(Notice.Card(t, t.Plural("Broadcasts.TryingAgain", again)));
    }
}

/// <summary><em>Settle the unknown ones</em>: asks how.</summary>
public sealed class SettleUnknown(ManagedCampaigns campaigns, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        return campaign is null ? refusal! : await dialogs.BeginAsync(SettleDialog.DialogId, SettleDialog.With(campaign.Id), turn, cancellationToken);
    }
}

/// <summary><em>Take back</em>: asks first, because there is no way back.</summary>
public sealed class RetractCampaign(ManagedCampaigns campaigns, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (campaign, refusal) = await campaigns.FindAsync(token.Subject, turn, cancellationToken);
        return campaign is null ? refusal! : await dialogs.BeginAsync(RetractDialog.DialogId, RetractDialog.With(campaign.Id), turn, cancellationToken);
    }
}
