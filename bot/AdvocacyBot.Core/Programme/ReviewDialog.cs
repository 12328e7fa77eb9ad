using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary>The button that shows a campaign to the one who is to approve it.</summary>
public sealed class ReviewCampaign(DialogEngine dialogs) : IActionHandler
{
    public const string Verb = "approval.review";

    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return dialogs.BeginAsync(ReviewDialog.DialogId, new JsonObject { ["campaign"] = token.Subject }, turn, cancellationToken);
    }
}

/// <summary>Shows a campaign as it will stand, and approves it or sends it back with a reason.</summary>
public sealed class ReviewDialog : WaterfallDialog
{
    public const string DialogId = "approval";
    public const string ReviewPrompt = "approval.review";
    public const string ReasonPrompt = "approval.reason";
    private const int MaxReason = 500;
    private readonly AdvocacyDb db;
    private readonly Approvals approvals;
    private readonly CampaignPreview preview;

    public ReviewDialog(AdvocacyDb db, Approvals approvals, CampaignPreview preview)
        : base(DialogId)
    {
        this.db = db;
        this.approvals = approvals;
        this.preview = preview;
        Steps = [ShowAsync, DecideAsync, SendBackAsync];
    }

    public override Roles For => Approvals.Approvers;

    public static IReadOnlyDictionary<string, string> CheckReason(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        return input["reason"].Length switch
        {
            0 => new Dictionary<string, string> { ["reason"] = t["Programme.ReasonMissing"] },
            > MaxReason and var length => new Dictionary<string, string> { ["reason"] = t.Plural("Campaigns.TooLong", length - MaxReason, ("limit", MaxReason)) },
            _ => new Dictionary<string, string>(),
        };
    }

    private async Task<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        if (await FindAsync(step, cancellationToken) is not { } campaign)
        {
            return await EndAsync(step, ApprovalOutcome.NotWaiting, "", cancellationToken);
        }

        if (campaign.State != CampaignState.AwaitingApproval || campaign.IsWrittenBy(step.Turn.Person.Id))
        {
            var refusal = campaign.State == CampaignState.AwaitingApproval ? ApprovalOutcome.Own : ApprovalOutcome.NotWaiting;
            return await EndAsync(step, refusal, campaign.Title, cancellationToken);
        }

        step.Values["version"] = campaign.Version;
        var (card, facts) = await preview.BuildAsync(campaign, CampaignDraft.From(campaign), step.Turn, cancellationToken);
        return await step.PromptAsync(
            ReviewPrompt,
            new Form
            {
                Token = "",
                Title = t["Programme.ReviewTitle"],
                Card = ComposeForms.PreviewCard(card, facts, t),
                Actions =
                [
                    new FormAction("approve", t["Programme.Approve"]),
                    new FormAction("sendback", t["Programme.SendBack"], Validates: false),
                    ComposeForms.Cancel(t),
                ],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> DecideAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        if (FormPrompt.ActionOf(step.Result) == "approve")
        {
            var campaign = await FindAsync(step, cancellationToken);
            var outcome = campaign is null
                ? ApprovalOutcome.NotWaiting
                : await approvals.ApproveAsync(campaign, (int)step.Values["version"]!, step.Turn, cancellationToken);
            return await EndAsync(step, outcome, campaign?.Title ?? "", cancellationToken);
        }

        return await step.PromptAsync(
            ReasonPrompt,
            new Form
            {
                Token = "",
                Title = t["Programme.SendBackTitle"],
                Card = Notice.For(t, [new InputText { Id = "reason", Label = t["Programme.SendBackReason"], IsMultiline = true, IsRequired = true, ErrorMessage = t["Programme.ReasonMissing"] }]),
                Actions = [new FormAction("send", t["Programme.SendBack"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SendBackAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var campaign = await FindAsync(step, cancellationToken);
        var outcome = campaign is null
            ? ApprovalOutcome.NotWaiting
            : approvals.SendBack(campaign, (int)step.Values["version"]!, FormPrompt.InputOf(step.Result)["reason"], step.Turn);
        return await EndAsync(step, outcome, campaign?.Title ?? "", cancellationToken);
    }

    private Task<Campaign?> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var id = (long)step.Options["campaign"]!;
        return db.Campaigns.Include(c => c.Texts).Include(c => c.Prompts)
            .FirstOrDefaultAsync(c => c.Id == id && c.WorkspaceId == step.Turn.Workspace.Id, cancellationToken);
    }

    private static Task<DialogTurnResult> EndAsync(WaterfallStepContext step, ApprovalOutcome outcome, string title, CancellationToken cancellationToken) =>
        step.EndDialogAsync(
            null,
            Reply.Private(Notice.Card(step.Turn.Texts, step.Turn.Texts.Format($"Programme.Approval{outcome}Said", ("title", CardText.Escape(title))))),
            cancellationToken);
}
