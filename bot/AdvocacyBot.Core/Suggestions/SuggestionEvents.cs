using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>Ledger rows of suggestions and their keys: who suggested has acted in the channel it counts in.</summary>
internal static class SuggestionEvents
{
    public static string Key(long suggestionId, long personId, int generation) => $"suggested:{suggestionId}:{personId}:{generation}";

    public static LedgerEvent Suggested(SuggestionCredit credit, TurnContext turn) => new()
    {
        Key = Key(credit.SuggestionId, credit.PersonId, credit.Generation),
        WorkspaceId = turn.Workspace.Id,
        ConversationId = credit.ConversationId,
        PersonId = credit.PersonId,
        Kind = LedgerKind.Suggested,
        Amount = 1,
        At = turn.Now,
        RecordedAt = turn.Now,
    };

    /// <summary>Where it counts: here, or, where it was suggested in private, in the person's channel that had a campaign last.</summary>
    public static async Task<long> ChannelAsync(AdvocacyDb db, TurnContext turn, CancellationToken cancellationToken)
    {
        if (turn.Conversation.Kind != ConversationKind.Personal)
        {
            return turn.Conversation.Id;
        }

        var channel = await db.Memberships.AsNoTracking()
            .Where(m => m.PersonId == turn.Person.Id && m.LeftAt == null)
            .OrderByDescending(m => db.Prompts.Where(p => p.ConversationId == m.ConversationId).Max(p => p.PostedAt) != null)
            .ThenByDescending(m => db.Prompts.Where(p => p.ConversationId == m.ConversationId).Max(p => p.PostedAt))
            .ThenBy(m => m.JoinedAt).ThenBy(m => m.Id)
            .Select(m => (long?)m.ConversationId)
            .FirstOrDefaultAsync(cancellationToken);
        return channel ?? turn.Conversation.Id;
    }
}
