using System.Text.Json.Nodes;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Templates;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>
/// Composes and edits campaigns. A new campaign is a draft row from its first valid step on, so that whatever interrupts the dialog loses nothing; a published
/// one is changed only by the last step.
/// </summary>
public sealed class ComposeDialog : WaterfallDialog
{
    public const string DialogId = "campaign.compose";
    internal const string ContentPrompt = "campaign.content";
    internal const string TextsPrompt = "campaign.texts";
    internal const string SchedulePrompt = "campaign.schedule";
    internal const string PreviewPrompt = "campaign.preview";
    private const string DraftKey = "draft";
    private const string CampaignKey = "campaign";
    private const string NoteKey = "note";

    private readonly AdvocacyDb db;
    private readonly NetworkCatalogue networks;
    private readonly FinishComposing finish;
    private readonly CampaignPreview preview;
    private readonly ProgrammeScope scope;
    private readonly AudienceQuery audiences;
    private readonly PlanAudience plan;

    public ComposeDialog(
        AdvocacyDb db, NetworkCatalogue networks, FinishComposing finish, CampaignPreview preview, ProgrammeScope scope, AudienceQuery audiences, PlanAudience plan)
        : base(DialogId)
    {
        this.scope = scope;
        this.audiences = audiences;
        this.plan = plan;
        this.db = db;
        this.networks = networks;
        this.finish = finish;
        this.preview = preview;
        Steps = [ContentAsync, TextsAsync, ScheduleAsync, PreviewAsync, DoneAsync];
    }

    /// <summary>Approvers compose what they make of a suggestion.</summary>
    public override Roles For => CampaignRoutes.Managers | Roles.Approver;

    /// <summary>What to begin the dialog with.</summary>
    /// <param name="draft">Shown in the first form.</param>
    /// <param name="campaignId">The campaign that is edited or whose draft is taken up; null for a new one.</param>
    /// <param name="note">Said above the first form.</param>
    public static JsonObject With(CampaignDraft draft, long? campaignId, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return new JsonObject { [DraftKey] = draft.ToJson(), [CampaignKey] = campaignId, [NoteKey] = note };
    }

    /// <summary>The prompts the dialog needs beside it in the set.</summary>
    internal static IReadOnlyList<string> PromptIds { get; } = [ContentPrompt, TextsPrompt, SchedulePrompt, PreviewPrompt];

    public override async Task<Reply?> OnCancelAsync(DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var campaign = await FindAsync(context.Active.Values, context.Turn, cancellationToken);
        return campaign is null
            ? null
            : Reply.Private(Notice.Card(t, t[campaign.State == CampaignState.Draft ? "Campaigns.CancelledKept" : "Campaigns.CancelledUnchanged"]));
    }

    private static CampaignDraft DraftOf(JsonObject values) => CampaignDraft.FromJson((JsonObject)values[DraftKey]!);

    private static void Remember(WaterfallStepContext step, CampaignDraft draft) => step.Values[DraftKey] = draft.ToJson();

    private async Task<Campaign?> FindAsync(JsonObject values, TurnContext turn, CancellationToken cancellationToken)
    {
        var id = (long?)values[CampaignKey];
        return id is null
            ? null
            : await db.Campaigns.Include(c => c.Texts).Include(c => c.Prompts)
                .FirstOrDefaultAsync(c => c.Id == id && c.WorkspaceId == turn.Workspace.Id, cancellationToken);
    }

    /// <summary>The draft row follows the dialog, so that a closed window or a killed host costs nothing.</summary>
    private async Task KeepAsync(WaterfallStepContext step, CampaignDraft draft, CancellationToken cancellationToken)
    {
        Remember(step, draft);
        var campaign = await FindAsync(step.Values, step.Turn, cancellationToken);
        if (campaign is null)
        {
            campaign = new Campaign
            {
                WorkspaceId = step.Turn.Workspace.Id,
                AuthorId = step.Turn.Person.Id,
                Code = LinkCode.New(),
                Title = draft.Title,
                Link = draft.Link,
                Language = draft.Language,
                CreatedAt = step.Turn.Now,
            };
            db.Campaigns.Add(campaign);
        }
        else if (campaign.State != CampaignState.Draft)
        {
            return;
        }

        draft.ApplyTo(campaign, step.Turn.Now);
        campaign.AddWriter(step.Turn.Person.Id);
        await db.SaveChangesAsync(cancellationToken);
        step.Values[CampaignKey] = campaign.Id;
    }

    private async Task<DialogTurnResult> ContentAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (step.Values[DraftKey] is null)
        {
            step.Values[DraftKey] = step.Options[DraftKey]!.DeepClone();
            step.Values[CampaignKey] = step.Options[CampaignKey]?.DeepClone();
        }

        var sponsors = await SponsorFields.ReadAsync(db, step.Turn.Workspace.Id, cancellationToken);
        var draft = DraftOf(step.Values);
        var templates = await db.TemplatesAsync(step.Turn.Workspace.Id, cancellationToken);
        var note = (string?)step.Values[NoteKey] ?? (string?)step.Options[NoteKey];
        return await step.PromptAsync(ContentPrompt, ComposeForms.Content(draft, templates.For(draft.ContentType), sponsors, note, step.Turn.Texts), cancellationToken);
    }

    private async Task<DialogTurnResult> TextsAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (step.Result is not null)
        {
            var sponsors = await SponsorFields.ReadAsync(db, step.Turn.Workspace.Id, cancellationToken);
            var draft = ComposeInput.Content(FormPrompt.InputOf(step.Result), DraftOf(step.Values), sponsors);
            if (FormPrompt.ActionOf(step.Result) == ComposeForms.Template)
            {
                Remember(step, ComposeInput.FromTemplate(draft, await db.TemplatesAsync(step.Turn.Workspace.Id, cancellationToken), networks));
                step.Values[NoteKey] = step.Turn.Texts.Format("Templates.Used", ("type", step.Turn.Texts[$"Campaigns.Type{draft.ContentType}"]));
                return await step.GoToStepAsync(0, cancellationToken);
            }

            await KeepAsync(step, draft, cancellationToken);
        }

        var disclosure = await db.DisclosureAsync(step.Turn.Workspace.Id, cancellationToken);
        return await step.PromptAsync(TextsPrompt, ComposeForms.Texts(DraftOf(step.Values), networks, disclosure, step.Turn.Texts), cancellationToken);
    }

    private async Task<DialogTurnResult> ScheduleAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (step.Result is not null)
        {
            var draft = ComposeInput.Texts(FormPrompt.InputOf(step.Result), DraftOf(step.Values));
            switch (FormPrompt.ActionOf(step.Result))
            {
                case ComposeForms.Back:
                    Remember(step, draft);
                    return await step.GoToStepAsync(0, cancellationToken);
                case ComposeForms.Examples:
                    Remember(step, ComposeInput.WithExamples(draft, await db.TemplatesAsync(step.Turn.Workspace.Id, cancellationToken)));
                    return await step.GoToStepAsync(1, cancellationToken);
            }

            await KeepAsync(step, draft, cancellationToken);
        }

        var current = DraftOf(step.Values);
        var channels = await ScheduleValidation.ChannelsAsync(db, step.Turn.Workspace.Id, cancellationToken);
        if (current is { Channels.Count: 0, Audience: null } && channels.Exists(c => c.Id == step.Turn.Conversation.Id))
        {
            current = current with { Channels = [step.Turn.Conversation.Id] };
        }

        return await step.PromptAsync(
            SchedulePrompt,
            ComposeForms.Schedule(
                current,
                channels,
                await scope.WorkspacesAsync(step.Turn.Workspace.Id, cancellationToken),
                await audiences.ValuesAsync(step.Turn.Workspace.Id, cancellationToken),
                step.Turn.Texts),
            cancellationToken);
    }

    private async Task<DialogTurnResult> PreviewAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        if (step.Result is not null)
        {
            var input = FormPrompt.InputOf(step.Result);
            var draft = DraftOf(step.Values) with
            {
                Channels = ScheduleValidation.ChannelIds(input),
                Audience = AudienceForm.Read(input),
                Start = CampaignTimes.Join(input["startDate"], input["startTime"]) ?? "",
                End = CampaignTimes.Join(input["endDate"], input["endTime"]) ?? "",
            };
            if (FormPrompt.ActionOf(step.Result) == ComposeForms.Back)
            {
                Remember(step, draft);
                return await step.GoToStepAsync(1, cancellationToken);
            }

            if (draft.Audience is { By: AudienceBy.Channels } segment)
            {
                // From here on they are channels like the others: seen in the preview, and taken out by going back.
                draft = draft with { Channels = [.. draft.Channels.Union(await plan.ChannelsAsync(step.Turn.Workspace.Id, segment, cancellationToken))] };
            }

            await KeepAsync(step, draft, cancellationToken);
        }

        if (await FindAsync(step.Values, step.Turn, cancellationToken) is not { } campaign)
        {
            return await step.GoToStepAsync(0, cancellationToken);
        }

        var current = DraftOf(step.Values);
        var (card, facts) = await preview.BuildAsync(campaign, current, step.Turn, cancellationToken);
        return await step.PromptAsync(
            PreviewPrompt, ComposeForms.PreviewForm(card, facts, current, campaign.State != CampaignState.Draft, step.Turn.Texts), cancellationToken);
    }

    private async Task<DialogTurnResult> DoneAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var action = FormPrompt.ActionOf(step.Result);
        if (action == ComposeForms.Back)
        {
            return await step.GoToStepAsync(2, cancellationToken);
        }

        var t = step.Turn.Texts;
        var campaign = await FindAsync(step.Values, step.Turn, cancellationToken);
        if (campaign is null || !CampaignStates.CanEdit(campaign.State))
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Campaigns.ClosedMeanwhile"])), cancellationToken);
        }

        var title = CardText.Escape(campaign.Title);
        if (action == ComposeForms.Keep)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Campaigns.Kept", ("title", title)))), cancellationToken);
        }

        if (!step.Turn.Person.Has(CampaignRoutes.Managers) && campaign.SuggestionId is null)
        {
            return await step.EndDialogAsync(null, Explanations.RoleLost(step.Turn), cancellationToken);
        }

        var said = await finish.RunAsync(campaign, DraftOf(step.Values), step.Turn, cancellationToken);
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, said)), cancellationToken);
    }
}
