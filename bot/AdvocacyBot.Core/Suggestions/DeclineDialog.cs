using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>Declines with a reason: a ready-made kind one in each reader's language, own words, or both.</summary>
public sealed class DeclineDialog : WaterfallDialog
{
    public const string DialogId = "suggestion.decline";
    public const string PromptId = "suggestion.decline.form";
    private const string OwnWords = "own";
    private const int MaxReason = 500;
    private readonly AdvocacyDb db;
    private readonly OpenSuggestions suggestions;
    private readonly AuditLog audit;
    private readonly NoteWriter notes;

    public DeclineDialog(AdvocacyDb db, OpenSuggestions suggestions, AuditLog audit, NoteWriter notes)
        : base(DialogId)
    {
        this.db = db;
        this.suggestions = suggestions;
        this.audit = audit;
        this.notes = notes;
        Steps = [AskAsync, DeclineAsync];
    }

    /// <summary>Keys of the ready-made reasons.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["NotNow", "AlreadyShared", "OtherAudience", "NotPublic", "NeedsMore"];

    public override Roles For => SuggestionRoutes.Keepers;

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input["reason"] != OwnWords && !Reasons.Contains(input["reason"]))
        {
            errors["reason"] = t["Campaigns.ChooseOne"];
        }
        else if (input["reason"] == OwnWords && input["words"].Length == 0)
        {
            errors["words"] = t["Suggestions.WordsMissing"];
        }

        if (input["words"].Length > MaxReason)
        {
            errors["words"] = t.Plural("Campaigns.TooLong", input["words"].Length - MaxReason, ("limit", MaxReason));
        }

        return errors;
    }

    /// <summary>A ready-made reason in words.</summary>
    public static string Words(string reason, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Suggestions.Reason{reason}"];
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
                Title = t["Suggestions.DeclineTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t.Format("Suggestions.DeclineWhat", ("title", CardText.Escape(found.Suggestion.Title)))),
                    new InputChoiceSet
                    {
                        Id = "reason",
                        Label = t["Suggestions.Reason"],
                        Style = "expanded",
                        Value = Reasons[0],
                        Choices = [.. Reasons.Select(reason => new Choice(Words(reason, t), reason)), new Choice(t["Suggestions.OwnWordsOnly"], OwnWords)],
                    },
                    new InputText { Id = "words", Label = t["Suggestions.OwnWords"], IsMultiline = true },
                ]),
                Actions = [new FormAction("decline", t["Suggestions.Decline"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> DeclineAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (found, refusal) = await suggestions.FindAsync((long)step.Options["suggestion"]!, step.Turn, cancellationToken);
        if (found is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var input = FormPrompt.InputOf(step.Result);
        var suggestion = found.Suggestion;
        var before = suggestion.State.ToString();
        suggestion.TryMove(SuggestionMove.Decline, step.Turn.Now);
        suggestion.ReasonKey = input["reason"] == OwnWords ? null : input["reason"];
        suggestion.Reason = input["words"].Length == 0 ? null : Bidi.StripControls(input["words"]);
        audit.Note(step.Turn, AuditActions.SuggestionDeclined, suggestion.Id, before, suggestion.ReasonKey ?? OwnWords);
        await ApproveSuggestion.TellAsync(db, notes, SuggestionNotes.Declined, suggestion, step.Turn, cancellationToken);
        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t.Format("Suggestions.DeclineDone", ("title", CardText.Escape(suggestion.Title))))), cancellationToken);
    }
}
