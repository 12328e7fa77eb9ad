using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>
/// <em>Take it back</em>: the person's part is gone from queue and numbers; the last one to go takes the suggestion along, unless a feed brought it,
/// too. Of a suggestion that is decided only
/// the person's part goes: a campaign made of it does not name them any more.
/// </summary>
public sealed class WithdrawSuggestion(AdvocacyDb db, HideName hide) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var suggestion = await db.Suggestions.FirstOrDefaultAsync(s => s.Id == token.Subject && s.WorkspaceId == turn.Workspace.Id, cancellationToken);
        var credit = suggestion is null ? null : await db.SuggestionCredits.FirstOrDefaultAsync(
            c => c.SuggestionId == suggestion.Id && c.PersonId == turn.Person.Id && c.WithdrawnAt == null, cancellationToken);
        if (suggestion is null || credit is null)
        {
            return Reply.Private(Notice.Card(t, t["Suggestions.WithdrawnAlready"]));
        }

        var key = SuggestionEvents.Key(suggestion.Id, turn.Person.Id, credit.Generation);
        if (await db.Ledger.AsNoTracking().FirstOrDefaultAsync(e => e.Key == key, cancellationToken) is { } counted)
        {
            db.Ledger.Add(ShareEvents.Reversal(counted, turn.Now));
        }

        var byName = credit.ByName;
        credit.WithdrawnAt = turn.Now;
        credit.Generation++;
        suggestion.Version++;
        await db.SaveChangesAsync(cancellationToken);
        if (byName)
        {
            await hide.UpdateAsync([suggestion.Id], turn.Now, cancellationToken);
        }

        if (suggestion.FeedId is null && !await db.SuggestionCredits.AnyAsync(c => c.SuggestionId == suggestion.Id && c.WithdrawnAt == null, cancellationToken))
        {
            suggestion.TryMove(SuggestionMove.Withdraw, turn.Now);
        }

        return Reply.ReplaceCard(Notice.Card(t, t.Format("Suggestions.Withdrawn", ("title", CardText.Escape(suggestion.Title)))));
    }
}
