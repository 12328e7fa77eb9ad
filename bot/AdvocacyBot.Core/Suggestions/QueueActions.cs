using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary><em>Approve</em>: the compose dialog with what was suggested; publishing it approves the suggestion. A draft that was begun is taken up again.</summary>
public sealed class StartFromSuggestion(AdvocacyDb db, OpenSuggestions suggestions, DialogEngine dialogs) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var (found, refusal) = await suggestions.FindAsync(token.Subject, turn, cancellationToken);
        if (found is null)
        {
            return refusal!;
        }

        var begun = await db.Campaigns.Include(c => c.Texts).Include(c => c.Prompts)
            .Where(c => c.WorkspaceId == turn.Workspace.Id && c.SuggestionId == token.Subject
                && (c.State == CampaignState.Draft || c.State == CampaignState.AwaitingApproval))
            .OrderByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken);
        var draft = begun is null ? Draft(found) : CampaignDraft.From(begun);
        return await dialogs.BeginAsync(ComposeDialog.DialogId, ComposeDialog.With(draft, begun?.Id, turn.Texts["Suggestions.ComposeNote"]), turn, cancellationToken);
    }

    /// <summary>What was suggested, as a campaign's first draft; each voice's own text is one of its texts.</summary>
    internal static CampaignDraft Draft(QueuedSuggestion queued)
    {
        var suggestion = queued.Suggestion;
        var picture = suggestion.MediaUrl is { } media && IsPicture(media);
        return new CampaignDraft
        {
            Link = suggestion.Link ?? (picture ? "" : suggestion.MediaUrl ?? ""),
            Title = suggestion.Title,
            Summary = suggestion.Why,
            ImageUrl = picture ? suggestion.MediaUrl! : "",
            ImageAlt = picture ? suggestion.Title : "",
            ContentType = suggestion.Link is null ? ContentType.EmployeeStory : ContentType.News,
            Language = suggestion.Language,
            SuggestionId = suggestion.Id,
            Texts =
            [
                .. queued.Voices.Select(v => v.Text).Prepend(suggestion.Text).Where(text => text.Length > 0).Distinct().Take(CampaignDraft.MaxTexts)
                    .Select(text => new DraftText(suggestion.Language, text)),
            ],
        };
    }

    private static bool IsPicture(string address) => Path.GetExtension(new Uri(address).AbsolutePath).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp";
}

/// <summary><em>Edit</em>, <em>Ask back</em>, <em>Decline</em> and the suggester's <em>Answer</em>: each opens its form.</summary>
public sealed class OpenSuggestionForm(DialogEngine dialogs) : IActionHandler
{
    private static readonly Dictionary<string, string> Forms = new(StringComparer.Ordinal)
    {
        [SuggestionRoutes.Edit] = EditSuggestionDialog.DialogId,
        [SuggestionRoutes.AskBack] = AskBackDialog.DialogId,
        [SuggestionRoutes.Decline] = DeclineDialog.DialogId,
        [SuggestionRoutes.Answer] = AnswerDialog.DialogId,
    };

    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return dialogs.BeginAsync(Forms[token.Verb], new JsonObject { ["suggestion"] = token.Subject }, turn, cancellationToken);
    }
}
