using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>What a person fills in.</summary>
public sealed record SuggestionDraft
{
    public string Link { get; init; } = "";

    public string Title { get; init; } = "";

    public string Why { get; init; } = "";

    public string Text { get; init; } = "";

    public string MediaUrl { get; init; } = "";

    /// <summary>ISO 639-1.</summary>
    public string Language { get; init; } = "en";

    public bool ByName { get; init; }
}

public enum SuggestionOutcome
{
    Received = 0,

    /// <summary>Somebody had suggested the same link; both are credited.</summary>
    Joined = 1,

    /// <summary>The person had suggested it; what they say now takes the place of what they said.</summary>
    Renewed = 2,
}

/// <summary>Takes a suggestion in: a new one, or one more voice for an open one of the same link. Runs in the caller's transaction.</summary>
public sealed class RecordSuggestion(AdvocacyDb db, TellQueue queue)
{
    public async Task<(Suggestion Suggestion, SuggestionOutcome Outcome)> RunAsync(SuggestionDraft draft, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(turn);
        var key = draft.Link.Length == 0 ? null : CanonicalLink.Key(turn.Workspace.Id, new Uri(draft.Link));
        var suggestion = key is null ? null : await FindAsync(key, cancellationToken);
        var isNew = suggestion is null;
        if (suggestion is null)
        {
            suggestion = new Suggestion
            {
                WorkspaceId = turn.Workspace.Id,
                Link = draft.Link.Length == 0 ? null : draft.Link,
                OpenKey = key,
                Title = TitleOf(draft),
                Why = draft.Why,
                Text = draft.Text,
                MediaUrl = draft.MediaUrl.Length == 0 ? null : draft.MediaUrl,
                Language = draft.Language,
                CreatedAt = turn.Now,
                UpdatedAt = turn.Now,
            };
            db.Suggestions.Add(suggestion);
            await db.SaveChangesAsync(cancellationToken);
        }

        var credit = await db.SuggestionCredits.FirstOrDefaultAsync(c => c.SuggestionId == suggestion.Id && c.PersonId == turn.Person.Id, cancellationToken);
        var counted = credit is { WithdrawnAt: null };
        if (credit is null)
        {
            credit = new SuggestionCredit { SuggestionId = suggestion.Id, PersonId = turn.Person.Id };
            db.SuggestionCredits.Add(credit);
        }

        credit.ByName = draft.ByName;
        if (!isNew)
        {
            (credit.Why, credit.Text) = (draft.Why, draft.Text);
            suggestion.MediaUrl ??= draft.MediaUrl.Length == 0 ? null : draft.MediaUrl;
            suggestion.UpdatedAt = turn.Now;
            suggestion.Version++;
        }

        if (!counted)
        {
            credit.WithdrawnAt = null;
            credit.At = turn.Now;
            credit.ConversationId = await SuggestionEvents.ChannelAsync(db, turn, cancellationToken);
            db.Ledger.Add(SuggestionEvents.Suggested(credit, turn));
        }

        await queue.RunAsync(NoteOrigin.Of(turn), turn.Person.Id, cancellationToken);
        return (suggestion, isNew ? SuggestionOutcome.Received : counted ? SuggestionOutcome.Renewed : SuggestionOutcome.Joined);
    }

    /// <summary>Takes the row for the length of the transaction, so that those who join at once go one after the other.</summary>
    private async Task<Suggestion?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await db.Suggestions.Where(s => s.OpenKey == key).ExecuteUpdateAsync(set => set.SetProperty(s => s.UpdatedAt, s => s.UpdatedAt), cancellationToken);
        return await db.Suggestions.FirstOrDefaultAsync(s => s.OpenKey == key, cancellationToken);
    }

    private static string TitleOf(SuggestionDraft draft)
    {
        const int most = 80;
        if (draft.Title.Length > 0)
        {
            return draft.Title;
        }

        var words = draft.Text.Length > 0 ? draft.Text : draft.Why.Length > 0 ? draft.Why : draft.Link;
        var line = words.Split('\n')[0].Trim();
        return line.Length <= most ? line : string.Concat(line.EnumerateRunes().Take(most - 1).Select(rune => rune.ToString())) + "…";
    }
}
