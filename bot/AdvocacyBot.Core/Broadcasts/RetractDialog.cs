using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>"Take this campaign back?" and, if so: nothing more is sent, and what was sent loses its words.</summary>
public sealed class RetractDialog : WaterfallDialog
{
    public const string DialogId = "campaign.retract";
    public const string ConfirmPrompt = "campaign.retract.confirm";
    private readonly ManagedCampaigns campaigns;
    private readonly PublishCampaign publish;
    private readonly AuditLog audit;

    public RetractDialog(ManagedCampaigns campaigns, PublishCampaign publish, AuditLog audit)
        : base(DialogId)
    {
        this.campaigns = campaigns;
        this.publish = publish;
        this.audit = audit;
        Steps = [AskAsync, RetractAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    public static JsonObject With(long campaignId) => new() { ["campaign"] = campaignId };

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        return campaign is null
            ? await step.EndDialogAsync(null, refusal!, cancellationToken)
            : await step.PromptAsync(
                ConfirmPrompt,
                new Form
                {
                    Token = "",
                    Title = t["Broadcasts.RetractTitle"],
                    Card = Notice.Card(t, t.Format("Broadcasts.RetractAsk", ("title", CardText.Escape(campaign.Title)))),
                    Actions = [new FormAction("retract", t["Broadcasts.Retract"], Destructive: true), ComposeForms.Cancel(t)],
                },
                cancellationToken);
    }

    private async Task<DialogTurnResult> RetractAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        if (campaign is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var title = ("title", (object?)CardText.Escape(campaign.Title));
        if (campaign.RetractedAt is not null || campaign.PublishedAt is null)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Broadcasts.NothingToRetract", title))), cancellationToken);
        }

        var before = campaign.State.ToString();
        campaign.RetractedAt = step.Turn.Now;
        if (!campaign.TryMove(CampaignMove.Close, step.Turn.Now))
        {
            campaign.Version++;
        }

        foreach (var prompt in campaign.Prompts)
        {
            prompt.EndedAt ??= step.Turn.Now;
        }

        audit.Note(step.Turn, AuditActions.CampaignRetracted, campaign.Id, before, "Retracted");
        await publish.PlanAsync(campaign, step.Turn.Now, cancellationToken);
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Broadcasts.RetractedSaid", title))), cancellationToken);
    }
}
