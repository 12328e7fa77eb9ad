using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>
/// Suggestions: the person's words and credits. What is still open and nobody else's is withdrawn; a campaign that the company made of one stays the company's,
/// without the name.
/// </summary>
internal sealed class SuggestionTraces : IPersonTraces
{
    private const string NoTitle = "–";

    public string Section => "suggestions";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        var all = await (
            from credit in db.SuggestionCredits.AsNoTracking()
            join suggestion in db.Suggestions.AsNoTracking() on credit.SuggestionId equals suggestion.Id
            where credit.PersonId == person.Id
            orderby credit.At, suggestion.Id
            select new { Suggestion = suggestion, Credit = credit, First = !db.SuggestionCredits.Any(c => c.SuggestionId == suggestion.Id && c.At < credit.At) }).ToListAsync(cancellationToken);
        return ExportJson.List(all.ConvertAll(x => new
        {
            x.Suggestion.State,
            x.Suggestion.Link,
            Title = x.First ? x.Suggestion.Title : null,
            Why = x.First ? x.Suggestion.Why : x.Credit.Why,
            Text = x.First ? x.Suggestion.Text : x.Credit.Text,
            Media = x.First ? x.Suggestion.MediaUrl : null,
            x.Suggestion.Reason,
            x.Suggestion.Question,
            x.Suggestion.Answer,
            x.Credit.ByName,
            x.Credit.At,
            x.Credit.WithdrawnAt,
        }));
    }

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        var credits = await db.SuggestionCredits.AsNoTracking().Where(c => c.PersonId == person.Id).ToListAsync(cancellationToken);
        foreach (var credit in credits)
        {
            var others = await db.SuggestionCredits.AsNoTracking().Where(c => c.SuggestionId == credit.SuggestionId && c.PersonId != person.Id)
                .Select(c => new { c.At, c.WithdrawnAt }).ToListAsync(cancellationToken);
            var suggestion = await db.Suggestions.FirstAsync(s => s.Id == credit.SuggestionId, cancellationToken);
            if (!others.Exists(o => o.At < credit.At))
            {
                // Theirs from the beginning. Of a link that others suggested too, the address is the others' as well.
                (suggestion.Why, suggestion.Text, suggestion.MediaUrl) = ("", "", null);
                if (others.Count == 0)
                {
                    suggestion.Link = null;
                }

                suggestion.Title = suggestion.Link ?? NoTitle;
            }

            // Asked back, anybody of them may have answered.
            (suggestion.Question, suggestion.Answer, suggestion.Reason) = (null, null, null);
            if (suggestion.State is SuggestionState.Waiting or SuggestionState.AskedBack && !others.Exists(o => o.WithdrawnAt is null))
            {
                (suggestion.State, suggestion.OpenKey) = (SuggestionState.Withdrawn, null);
            }
            else if (suggestion.State == SuggestionState.AskedBack)
            {
                suggestion.State = SuggestionState.Waiting;
            }

            suggestion.Version++;
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Suggestions.Where(s => s.AskedById == person.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.AskedById, (long?)null), cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""UPDATE suggestion_credits SET "PersonId" = {anonymousId}, "ByName" = {false}, "Why" = '', "Text" = '' WHERE "PersonId" = {person.Id}""", cancellationToken);
    }
}
