using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>Whoever looks after the queue puts a suggestion's words right before it is decided.</summary>
public sealed class EditSuggestionDialog : WaterfallDialog
{
    public const string DialogId = "suggestion.edit";
    public const string PromptId = "suggestion.edit.form";
    private readonly AdvocacyDb db;
    private readonly OpenSuggestions suggestions;
    private readonly AuditLog audit;

    public EditSuggestionDialog(AdvocacyDb db, OpenSuggestions suggestions, AuditLog audit)
        : base(DialogId)
    {
        this.db = db;
        this.suggestions = suggestions;
        this.audit = audit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => SuggestionRoutes.Keepers;

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
                Title = t["Suggestions.EditTitle"],
                Card = Notice.For(t, SuggestDialog.Fields(DraftOf(found.Suggestion), t)),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var (found, refusal) = await suggestions.FindAsync((long)step.Options["suggestion"]!, step.Turn, cancellationToken);
        if (found is null)
        {
            return await step.EndDialogAsync(null, refusal!, cancellationToken);
        }

        var suggestion = found.Suggestion;
        var before = DraftOf(suggestion);
        var draft = SuggestValidation.Draft(FormPrompt.InputOf(step.Result));
        var key = draft.Link.Length == 0 ? null : CanonicalLink.Key(step.Turn.Workspace.Id, new Uri(draft.Link));
        if (key is not null && await db.Suggestions.AnyAsync(s => s.OpenKey == key && s.Id != suggestion.Id, cancellationToken))
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Suggestions.EditTwice"])), cancellationToken);
        }

        (suggestion.Link, suggestion.OpenKey) = (draft.Link.Length == 0 ? null : draft.Link, key);
        suggestion.Title = draft.Title.Length > 0 ? draft.Title : suggestion.Title;
        (suggestion.Why, suggestion.Text, suggestion.Language) = (draft.Why, draft.Text, draft.Language);
        suggestion.MediaUrl = draft.MediaUrl.Length == 0 ? null : draft.MediaUrl;
        suggestion.UpdatedAt = step.Turn.Now;
        suggestion.Version++;
        audit.Note(step.Turn, AuditActions.SuggestionEdited, suggestion.Id, null, string.Join(", ", Changed(before, DraftOf(suggestion))));
        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t.Format("Suggestions.Edited", ("title", CardText.Escape(suggestion.Title))))), cancellationToken);
    }

    private static SuggestionDraft DraftOf(Suggestion suggestion) => new()
    {
        Link = suggestion.Link ?? "",
        Title = suggestion.Title,
        Why = suggestion.Why,
        Text = suggestion.Text,
        MediaUrl = suggestion.MediaUrl ?? "",
        Language = suggestion.Language,
    };

    private static IEnumerable<string> Changed(SuggestionDraft before, SuggestionDraft after)
    {
        (string Name, string Before, string After)[] fields =
        [
            ("link", before.Link, after.Link), ("title", before.Title, after.Title), ("why", before.Why, after.Why), ("text", before.Text, after.Text),
            ("media", before.MediaUrl, after.MediaUrl), ("language", before.Language, after.Language),
        ];
        return fields.Where(field => field.Before != field.After).Select(field => field.Name);
    }
}
