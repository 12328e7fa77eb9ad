using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Assistance;

/// <summary>The button that opens the form for an answer.</summary>
public sealed class AnswerHelp(DialogEngine dialogs) : IActionHandler
{
    public const string Verb = "help.answer";

    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return dialogs.BeginAsync(AnswerHelpDialog.DialogId, new JsonObject { ["request"] = token.Subject }, turn, cancellationToken);
    }
}

/// <summary>Comms give wording to whoever asked, and keep it for others where they name the occasion.</summary>
public sealed class AnswerHelpDialog : WaterfallDialog
{
    public const string DialogId = "help.answer";
    public const string PromptId = "help.answer.form";
    private const int MaxAnswer = 1500;
    private const int MaxOccasion = 150;
    private readonly AdvocacyDb db;
    private readonly NoteWriter notes;

    public AnswerHelpDialog(AdvocacyDb db, NoteWriter notes)
        : base(DialogId)
    {
        this.db = db;
        this.notes = notes;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input["answer"].Length == 0)
        {
            errors["answer"] = t["Assistance.AnswerMissing"];
        }

        foreach (var (field, limit) in new[] { ("answer", MaxAnswer), ("occasion", MaxOccasion) })
        {
            if (input[field].Length > limit)
            {
                errors[field] = t.Plural("Campaigns.TooLong", input[field].Length - limit, ("limit", limit));
            }
        }

        return errors;
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        if (await FindAsync(step, cancellationToken) is not { } request)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Assistance.AnsweredAlready"])), cancellationToken);
        }

        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Assistance.AnswerTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Assistance.WasSaid"]),
                    SuggestionCards.Quote(request.Said, t),
                    new InputText { Id = "answer", Label = t["Assistance.Answer"], IsMultiline = true, IsRequired = true, ErrorMessage = t["Assistance.AnswerMissing"] },
                    new InputText { Id = "occasion", Label = t["Assistance.Occasion"], Placeholder = t["Assistance.OccasionExample"] },
                ]),
                Actions = [new FormAction("send", t["Assistance.Send"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var (t, turn) = (step.Turn.Texts, step.Turn);
        if (await FindAsync(step, cancellationToken) is not { } request)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Assistance.AnsweredAlready"])), cancellationToken);
        }

        var input = FormPrompt.InputOf(step.Result);
        request.Answer = ShareText.Clean(input["answer"]);
        request.State = HelpState.Answered;
        request.AnsweredAt = turn.Now;
        request.Version++;
        notes.Add(HelpNotes.Answered, request.Id, request.PersonId, turn, "");
        if (input["occasion"].Length > 0)
        {
            var rightToLeft = Bidi.IsRightToLeft(request.Answer);
            var language = rightToLeft is null ? request.Language : rightToLeft == true ? Language.Hebrew.Code : Language.English.Code;
            db.ApprovedAnswers.Add(new ApprovedAnswer
            {
                WorkspaceId = turn.Workspace.Id,
                Occasion = Bidi.StripControls(input["occasion"]),
                Text = request.Answer,
                Language = language,
                CreatedAt = turn.Now,
            });
        }

        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t[input["occasion"].Length > 0 ? "Assistance.SentAndKept" : "Assistance.AnswerSent"])), cancellationToken);
    }

    private Task<HelpRequest?> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var id = (long)step.Options["request"]!;
        return db.HelpRequests.FirstOrDefaultAsync(r => r.Id == id && r.WorkspaceId == step.Turn.Workspace.Id && r.State == HelpState.Waiting, cancellationToken);
    }
}
