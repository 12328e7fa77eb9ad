using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>What is to be done with messages nobody knows about: the platform is asked first in any case.</summary>
public sealed class SettleDialog : WaterfallDialog
{
    public const string DialogId = "deliveries.settle";
    public const string PromptId = "deliveries.settle.form";
    private readonly AdvocacyDb db;
    private readonly ManagedCampaigns campaigns;
    private readonly AuditLog audit;
    private readonly AfterCommit afterCommit;
    private readonly DeliverySignal signal;

    public SettleDialog(AdvocacyDb db, ManagedCampaigns campaigns, AuditLog audit, AfterCommit afterCommit, DeliverySignal signal)
        : base(DialogId)
    {
        this.db = db;
        this.campaigns = campaigns;
        this.audit = audit;
        this.afterCommit = afterCommit;
        this.signal = signal;
        Steps = [AskAsync, SettleAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    public static JsonObject With(long campaignId) => new() { ["campaign"] = campaignId };

    private static IQueryable<Data.Delivery> Unknown(AdvocacyDb db, Campaign campaign)
    {
        var prompts = campaign.Prompts.ConvertAll(prompt => prompt.Id);
        return db.Deliveries.Where(d => d.State == DeliveryState.Unknown && d.Kind == DeliveryKind.Prompt && d.PromptId != null && prompts.Contains(d.PromptId.Value));
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        if (campaign is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var unknown = await Unknown(db, campaign).CountAsync(cancellationToken);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Broadcasts.SettleTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t.Plural("Broadcasts.SettleWhat", unknown)),
                    new InputChoiceSet
                    {
                        Id = "rest",
                        Label = t["Broadcasts.SettleRest"],
                        Style = "expanded",
                        Value = Settlements.Look,
                        Choices =
                        [
                            new Choice(t["Broadcasts.SettleLook"], Settlements.Look),
                            new Choice(t["Broadcasts.SettleArrived"], Settlements.Arrived),
                            new Choice(t["Broadcasts.SettleAgain"], Settlements.Again),
                        ],
                    },
                ]),
                Actions = [new FormAction("settle", t["Broadcasts.SettleButton"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SettleAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        if (campaign is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var chosen = FormPrompt.InputOf(step.Result)["rest"];
        var how = Settlements.All.Contains(chosen) ? chosen : Settlements.Look;
        var unknown = Unknown(db, campaign);
        var workspaces = await unknown.Select(d => d.WorkspaceId).Distinct().ToListAsync(cancellationToken);
        var count = await unknown.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.Reason, how).SetProperty(d => d.NotBefore, step.Turn.Now).SetProperty(d => d.UpdatedAt, step.Turn.Now), cancellationToken);
        if (count > 0)
        {
            audit.Note(step.Turn, AuditActions.UnknownSettled, campaign.Id, null, $"{how}: {count}");
            workspaces.ForEach(workspace => afterCommit.Add(() => signal.Raise(workspace)));
        }

        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Plural("Broadcasts.Settling", count))), cancellationToken);
    }
}
