using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Assistance;

/// <summary>An approved answer: when it fits, and its words.</summary>
public sealed class KeepAnswerDialog : WaterfallDialog
{
    public const string DialogId = "answer.keep";
    public const string PromptId = "answer.keep.form";
    private readonly AdvocacyDb db;
    private readonly AnswerList list;
    private readonly AuditLog audit;

    public KeepAnswerDialog(AdvocacyDb db, AnswerList list, AuditLog audit)
        : base(DialogId)
    {
        this.db = db;
        this.list = list;
        this.audit = audit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    /// <param name="answerId">Of the answer that is changed; null for a new one.</param>
    public static JsonObject With(long? answerId) => new() { ["answer"] = answerId };

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var errors = new Dictionary<string, string>(AnswerHelpDialog.Check(input, context), StringComparer.Ordinal);
        if (input["occasion"].Length == 0)
        {
            errors["occasion"] = context.Turn.Texts["Assistance.LibraryOccasionMissing"];
        }

        return errors;
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var id = (long?)step.Options["answer"];
        var known = id is null ? null : await FindAsync(id.Value, step.Turn, cancellationToken);
        if (id is not null && known is null)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Assistance.LibraryGone"])), cancellationToken);
        }

        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Assistance.LibraryFormTitle"],
                Card = Notice.For(t,
                [
                    new InputText
                    {
                        Id = "occasion", Label = t["Assistance.LibraryOccasion"], Value = known?.Occasion ?? "", Placeholder = t["Assistance.OccasionExample"], IsRequired = true,
                        ErrorMessage = t["Assistance.LibraryOccasionMissing"],
                    },
                    new InputText { Id = "answer", Label = t["Assistance.LibraryText"], Value = known?.Text ?? "", IsMultiline = true, IsRequired = true, ErrorMessage = t["Assistance.AnswerMissing"] },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var turn = step.Turn;
        var input = FormPrompt.InputOf(step.Result);
        var (occasion, text) = (Bidi.StripControls(input["occasion"]), ShareText.Clean(input["answer"]));
        var answer = (long?)step.Options["answer"] is { } id ? await FindAsync(id, turn, cancellationToken) : null;
        if (answer is null)
        {
            // One that was removed meanwhile is kept anew: nothing that was written is lost.
            answer = new ApprovedAnswer { WorkspaceId = turn.Workspace.Id, Occasion = occasion, Text = text, Language = LanguageOf(text, turn), CreatedAt = turn.Now };
            db.ApprovedAnswers.Add(answer);
        }
        else
        {
            (answer.Occasion, answer.Text, answer.Language) = (occasion, text, LanguageOf(text, turn));
        }

        await db.SaveChangesAsync(cancellationToken);
        audit.Note(turn, AuditActions.AnswerKept, answer.Id, null, null);
        return await step.EndDialogAsync(null, Reply.Private(await list.CardAsync(1, turn.Texts["Assistance.LibrarySaved"], turn, cancellationToken)), cancellationToken);
    }

    /// <summary>What it is written in, as far as letters tell.</summary>
    internal static string LanguageOf(string text, TurnContext turn) => Bidi.IsRightToLeft(text) switch
    {
        null => turn.Language.Code,
        true => Language.Hebrew.Code,
        false => Language.English.Code,
    };

    private Task<ApprovedAnswer?> FindAsync(long id, TurnContext turn, CancellationToken cancellationToken) =>
        db.ApprovedAnswers.FirstOrDefaultAsync(a => a.Id == id && a.WorkspaceId == turn.Workspace.Id, cancellationToken);
}
