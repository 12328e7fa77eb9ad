using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>A suggestion with the people who stand by it; none where a feed alone brought it.</summary>
/// <param name="Feed">Title of the feed that brought it, where there is one still.</param>
public sealed record QueuedSuggestion(Suggestion Suggestion, IReadOnlyList<SuggestionVoice> Voices, string? Feed = null);

/// <summary>One of them; the words are those that somebody who joined added.</summary>
public sealed record SuggestionVoice(long PersonId, string Name, bool ByName, string Why, string Text);

/// <summary>The queue as the database holds it.</summary>
public sealed class OpenSuggestions(AdvocacyDb db)
{
    public Task<int> CountAsync(long workspaceId, CancellationToken cancellationToken) => All(workspaceId).CountAsync(cancellationToken);

    /// <summary>Waiting before asked back, oldest first.</summary>
    public async Task<IReadOnlyList<QueuedSuggestion>> PageAsync(long workspaceId, int skip, int take, CancellationToken cancellationToken)
    {
        var page = await All(workspaceId).AsNoTracking().OrderBy(s => s.State).ThenBy(s => s.CreatedAt).ThenBy(s => s.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
        var voices = await VoicesAsync(page.ConvertAll(s => s.Id), cancellationToken);
        var feeds = await FeedsAsync(page.ConvertAll(s => s.FeedId), cancellationToken);
        return page.ConvertAll(s => new QueuedSuggestion(s, [.. voices[s.Id]], s.FeedId is { } feed ? feeds.GetValueOrDefault(feed) : null));
    }

    /// <returns>The open suggestion, tracked, with its people; or what to tell the person.</returns>
    public async Task<(QueuedSuggestion? Found, Reply? Refusal)> FindAsync(long suggestionId, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var suggestion = await All(turn.Workspace.Id).FirstOrDefaultAsync(s => s.Id == suggestionId, cancellationToken);
        return suggestion is null
            ? (null, Reply.Private(Notice.Card(turn.Texts, turn.Texts["Suggestions.DecidedAlready"])))
            : (new QueuedSuggestion(suggestion, [.. (await VoicesAsync([suggestion.Id], cancellationToken))[suggestion.Id]]), null);
    }

    private IQueryable<Suggestion> All(long workspaceId) => db.Suggestions
        .Where(s => s.WorkspaceId == workspaceId && (s.State == SuggestionState.Waiting || s.State == SuggestionState.AskedBack));

    private async Task<Dictionary<long, string>> FeedsAsync(List<long?> ids, CancellationToken cancellationToken) => ids.TrueForAll(id => id is null)
        ? []
        : await db.Feeds.AsNoTracking().Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.Title, cancellationToken);

    private async Task<ILookup<long, SuggestionVoice>> VoicesAsync(List<long> ids, CancellationToken cancellationToken)
    {
        var rows = await (
            from credit in db.SuggestionCredits.AsNoTracking()
            join person in db.People.AsNoTracking() on credit.PersonId equals person.Id
            where ids.Contains(credit.SuggestionId) && credit.WithdrawnAt == null
            orderby credit.At, credit.PersonId
            select new { credit.SuggestionId, person.Id, person.Name, credit.ByName, credit.Why, credit.Text }).ToListAsync(cancellationToken);
        return rows.ToLookup(r => r.SuggestionId, r => new SuggestionVoice(r.Id, r.Name, r.ByName, r.Why, r.Text));
    }
}
