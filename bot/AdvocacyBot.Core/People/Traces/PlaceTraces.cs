using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>Where the person was and is: channels, the own chat with the bot, and the keys of what they did. Runs before the rows that tell which chat is theirs are changed.</summary>
internal sealed class PlaceTraces(TimeProvider clock) : IPersonTraces
{
    public string Section => "channels";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => ExportJson.List(await (
        from stay in db.Memberships.AsNoTracking()
        join conversation in db.Conversations.AsNoTracking() on stay.ConversationId equals conversation.Id
        where stay.PersonId == person.Id
        orderby stay.JoinedAt, stay.Id
        select new { Id = conversation.ExternalId, conversation.Name, stay.JoinedAt, stay.LeftAt }).ToListAsync(cancellationToken));

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        var own = await db.Conversations.AsNoTracking()
            .Where(c => c.WorkspaceId == person.WorkspaceId && c.Kind == ConversationKind.Personal
                && (db.DialogStates.Any(s => s.ConversationId == c.Id && s.PersonId == person.Id)
                    || db.Memberships.Any(m => m.ConversationId == c.Id && m.PersonId == person.Id)
                    || db.Shares.Any(s => s.ConversationId == c.Id && s.PersonId == person.Id)
                    || db.Ledger.Any(e => e.ConversationId == c.Id && e.PersonId == person.Id)
                    || db.SuggestionCredits.Any(s => s.ConversationId == c.Id && s.PersonId == person.Id)))
            .Select(c => c.ExternalId).ToListAsync(cancellationToken);
        foreach (var id in own)
        {
            await ErasedPlaces.EraseConversationAsync(person, id, db, cancellationToken);
        }

        // What was seen stays counted; from now on nobody is there.
        var now = clock.GetUtcNow();
        await db.Memberships.Where(m => m.PersonId == person.Id && m.LeftAt == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, now), cancellationToken);
        await db.Database.ExecuteSqlAsync($"""UPDATE memberships SET "PersonId" = {anonymousId} WHERE "PersonId" = {person.Id}""", cancellationToken);
        await ErasedPlaces.ForgetKeysAsync(person, person.ExternalId, db, cancellationToken);
    }
}
