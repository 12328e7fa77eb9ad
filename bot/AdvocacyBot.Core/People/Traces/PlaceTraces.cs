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
            await EraseConversationAsync(person, id, db, cancellationToken);
        }

        // What was seen stays counted; from now on nobody is there.
        var now = clock.GetUtcNow();
        await db.Memberships.Where(m => m.PersonId == person.Id && m.LeftAt == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, now), cancellationToken);
        await db.Database.ExecuteSqlAsync($"""UPDATE memberships SET "PersonId" = {anonymousId} WHERE "PersonId" = {person.Id}""", cancellationToken);
        await ForgetKeysAsync(person, person.ExternalId, db, cancellationToken);
    }

    /// <summary>Makes a chat with the bot nobody's.</summary>
    internal static async Task EraseConversationAsync(TracedPerson person, string externalId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        await ForgetKeysAsync(person, externalId, db, cancellationToken);
        var nobody = $"erased:{Guid.NewGuid():N}";
        await db.Database.ExecuteSqlAsync(
            $"""UPDATE conversations SET "ExternalId" = {nobody}, "Name" = '' WHERE "WorkspaceId" = {person.WorkspaceId} AND "ExternalId" = {externalId}""", cancellationToken);
    }

    /// <summary>Keys of interactions, of which some platforms' hold who and where. Whole parts only: a short id may stand in anybody's key.</summary>
    private static async Task ForgetKeysAsync(TracedPerson person, string id, AdvocacyDb db, CancellationToken cancellationToken)
    {
        var start = $"{person.Platform}:{person.WorkspaceExternalId}:";
        var keys = await db.SeenInteractions.AsNoTracking().Where(s => s.Key.StartsWith(start) && s.Key.Contains(id)).Select(s => s.Key).ToListAsync(cancellationToken);
        var theirs = keys.Where(key => IsIn(key[start.Length..], id)).ToList();
        foreach (var some in theirs.Chunk(500))
        {
            await db.SeenInteractions.Where(s => some.Contains(s.Key)).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static bool IsIn(string key, string id)
    {
        for (var at = key.IndexOf(id, StringComparison.Ordinal); at >= 0; at = key.IndexOf(id, at + 1, StringComparison.Ordinal))
        {
            var end = at + id.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(key[at - 1])) && (end == key.Length || !char.IsAsciiLetterOrDigit(key[end])))
            {
                return true;
            }
        }

        return false;
    }
}
