using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>"Close this campaign?" and, if so, closing it.</summary>
public sealed class CloseDialog : WaterfallDialog
{
    public const string DialogId = "campaign.close";
    public const string ConfirmPrompt = "campaign.close.confirm";
    private readonly ManagedCampaigns campaigns;
    private readonly MoveCampaign move;

    public CloseDialog(ManagedCampaigns campaigns, MoveCampaign move)
        : base(DialogId)
    {
        this.campaigns = campaigns;
        this.move = move;
        Steps = [AskAsync, CloseAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    public static JsonObject With(long campaignId) => new() { ["campaign"] = campaignId };

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        if (campaign is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var draft = campaign.State == CampaignState.Draft;
        return await step.PromptAsync(
            ConfirmPrompt,
            new Form
            {
                Token = "",
                Title = t["Campaigns.CloseTitle"],
                Card = Notice.Card(t, t.Format(draft ? "Campaigns.DiscardAsk" : "Campaigns.CloseAsk", ("title", CardText.Escape(campaign.Title)))),
                Actions =
                [
                    new FormAction("close", t[draft ? "Campaigns.ButtonDiscard" : "Campaigns.ButtonClose"], Destructive: true),
                    ComposeForms.Cancel(t),
                ],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> CloseAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        return await step.EndDialogAsync(
            null,
            campaign is null ? refusal! : Reply.ReplaceCard(await move.MoveAsync(campaign, CampaignMove.Close, step.Turn, cancellationToken)),
            cancellationToken);
    }
}
