using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Leadership;

/// <summary>A sponsor writes, or changes, the words in their own name.</summary>
public sealed class SponsorDialog : WaterfallDialog
{
    public const string DialogId = "sponsor.write";
    public const string PromptId = "sponsor.write.form";
    private readonly SponsoredCampaigns campaigns;
    private readonly FinishComposing finish;
    private readonly SponsorAnswer answer;
    private readonly AuditLog audit;

    public SponsorDialog(SponsoredCampaigns campaigns, FinishComposing finish, SponsorAnswer answer, AuditLog audit)
        : base(DialogId)
    {
        this.campaigns = campaigns;
        this.finish = finish;
        this.answer = answer;
        this.audit = audit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => Roles.Sponsor;

    public static JsonObject With(long campaignId) => new() { ["campaign"] = campaignId };

    public static IReadOnlyDictionary<string, string> Check(FormInput input, PictureCheck pictures, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input["message"].Length == 0)
        {
            errors["message"] = t["Leadership.MessageMissing"];
        }
        else if (input["message"].Length > SponsorFields.MaxMessage)
        {
            errors["message"] = t.Plural("Campaigns.TooLong", input["message"].Length - SponsorFields.MaxMessage, ("limit", SponsorFields.MaxMessage));
        }

        SponsorFields.Picture(input, pictures, errors, t);
        return errors;
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        if (campaign is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Leadership.FormTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t.Format("Leadership.FormAbout", ("title", CardText.Escape(campaign.Title)))),
                    new InputText
                    {
                        Id = "message", Label = t["Leadership.Message"], IsMultiline = true, Value = campaign.SponsorMessage ?? "", IsRequired = true, ErrorMessage = t["Leadership.MessageMissing"],
                    },
                    new InputText { Id = "sponsorImage", Label = t["Leadership.Image"], Style = "Url", Value = campaign.SponsorImageUrl ?? "", Placeholder = "https://" },
                    new InputText { Id = "sponsorImageAlt", Label = t["Leadership.ImageAlt"], Value = campaign.SponsorImageAlt ?? "" },
                ]),
                Actions = [new FormAction("save", t["Leadership.Send"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (campaign, refusal) = await campaigns.FindAsync((long)step.Options["campaign"]!, step.Turn, cancellationToken);
        if (campaign is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var input = FormPrompt.InputOf(step.Result);
        var before = campaign.SponsorAsk;
        var draft = CampaignDraft.From(campaign) with
        {
            SponsorMessage = Bidi.StripControls(input["message"]),
            SponsorImageUrl = input["sponsorImage"],
            SponsorImageAlt = Bidi.StripControls(input["sponsorImageAlt"]),
            SponsorAsk = SponsorAsk.Agreed,
        };
        if (CampaignStates.IsUnpublished(campaign.State))
        {
            // Whoever approves it is shown the new words; publishing is not the sponsor's to do.
            draft.ApplyTo(campaign, step.Turn.Now);
            campaign.AddWriter(step.Turn.Person.Id);
        }
        else
        {
            // New words in a campaign that a second person has to approve are approved first, whoever wrote them.
            await finish.RunAsync(campaign, draft, step.Turn, cancellationToken);
        }

        audit.Note(step.Turn, AuditActions.SponsorAnswered, campaign.Id, before?.ToString(), nameof(SponsorAsk.Agreed));
        answer.Tell(campaign, step.Turn);
        return await step.EndDialogAsync(
            null, Reply.ReplaceCard(Notice.Card(t, t.Format("Leadership.YouAgreed", ("title", CardText.Escape(campaign.Title))))), cancellationToken);
    }
}
