using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>A question to those who suggested it; it goes to them in private.</summary>
public sealed class AskBackDialog : WaterfallDialog
{
    public const string DialogId = "suggestion.ask";
    public const string PromptId = "suggestion.ask.form";
    private const int MaxQuestion = 500;
    private readonly AdvocacyDb db;
    private readonly OpenSuggestions suggestions;
    private readonly AuditLog audit;
    private readonly NoteWriter notes;

    public AskBackDialog(AdvocacyDb db, OpenSuggestions suggestions, AuditLog audit, NoteWriter notes)
        : base(DialogId)
    {
        this.db = db;
        this.suggestions = suggestions;
        this.audit = audit;
        this.notes = notes;
        Steps = [AskAsync, SendAsync];
    }

    public override Roles For => SuggestionRoutes.Keepers;

    /// <summary>Of the question and of its answer.</summary>
    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        return input["words"].Length switch
        {
            0 => new Dictionary<string, string> { ["words"] = t["Suggestions.WordsMissing"] },
            > MaxQuestion and var length => new Dictionary<string, string> { ["words"] = t.Plural("Campaigns.TooLong", length - MaxQuestion, ("limit", MaxQuestion)) },
            _ => new Dictionary<string, string>(),
        };
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (found, refusal) = await suggestions.FindAsync((long)step.Options["suggestion"]!, step.Turn, cancellationToken);
        if (found is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Suggestions.AskTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t.Format("Suggestions.AskWhat", ("title", CardText.Escape(found.Suggestion.Title)))),
                    new InputText { Id = "words", Label = t["Suggestions.Question"], IsMultiline = true, IsRequired = true, ErrorMessage = t["Suggestions.WordsMissing"] },
                ]),
                Actions = [new FormAction("send", t["Suggestions.SendQuestion"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SendAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (found, refusal) = await suggestions.FindAsync((long)step.Options["suggestion"]!, step.Turn, cancellationToken);
        if (found is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var suggestion = found.Suggestion;
        var before = suggestion.State.ToString();
        suggestion.TryMove(SuggestionMove.AskBack, step.Turn.Now);
        suggestion.Question = Bidi.StripControls(FormPrompt.InputOf(step.Result)["words"]);
        suggestion.AskedById = step.Turn.Person.Id;
        suggestion.Answer = null;
        audit.Note(step.Turn, AuditActions.SuggestionAsked, suggestion.Id, before, suggestion.State.ToString());
        await ApproveSuggestion.TellAsync(db, notes, SuggestionNotes.Asked, suggestion, step.Turn, cancellationToken);
        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t.Format("Suggestions.AskDone", ("title", CardText.Escape(suggestion.Title))))), cancellationToken);
    }
}

/// <summary>The suggester's answer goes back into the queue, and to the one who asked.</summary>
public sealed class AnswerDialog : WaterfallDialog
{
    public const string DialogId = "suggestion.answer";
    public const string PromptId = "suggestion.answer.form";
    private readonly AdvocacyDb db;
    private readonly NoteWriter notes;

    public AnswerDialog(AdvocacyDb db, NoteWriter notes)
        : base(DialogId)
    {
        this.db = db;
        this.notes = notes;
        Steps = [AskAsync, AnswerAsync];
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        if (await FindAsync(step, cancellationToken) is not { } suggestion)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Suggestions.NotAsked"])), cancellationToken);
        }

        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Suggestions.AnswerTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t.Format("Suggestions.AskedBack", ("title", CardText.Escape(suggestion.Title)))),
                    SuggestionCards.Quote(suggestion.Question ?? "", t),
                    new InputText { Id = "words", Label = t["Suggestions.Answer"], IsMultiline = true, IsRequired = true, ErrorMessage = t["Suggestions.WordsMissing"] },
                ]),
                Actions = [new FormAction("send", t["Suggestions.SendAnswer"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> AnswerAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        if (await FindAsync(step, cancellationToken) is not { } suggestion || !suggestion.TryMove(SuggestionMove.Answer, step.Turn.Now))
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Suggestions.NotAsked"])), cancellationToken);
        }

        suggestion.Answer = Bidi.StripControls(FormPrompt.InputOf(step.Result)["words"]);
        if (suggestion.AskedById is { } asker)
        {
            notes.Add(SuggestionNotes.Answered, suggestion.Id, asker, step.Turn, suggestion.Version.ToString(CultureInfo.InvariantCulture));
        }

        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Suggestions.AnswerDone"])), cancellationToken);
    }

    /// <summary>A suggestion of the person's own that waits for an answer.</summary>
    private Task<Suggestion?> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var id = (long)step.Options["suggestion"]!;
        return db.Suggestions.FirstOrDefaultAsync(
            s => s.Id == id && s.WorkspaceId == step.Turn.Workspace.Id && s.State == SuggestionState.AskedBack
                && db.SuggestionCredits.Any(c => c.SuggestionId == id && c.PersonId == step.Turn.Person.Id && c.WithdrawnAt == null),
            cancellationToken);
    }
}
