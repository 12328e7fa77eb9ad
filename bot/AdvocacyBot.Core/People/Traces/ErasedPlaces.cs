using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>Takes a person out of what is kept about places.</summary>
public static class ErasedPlaces
{
    /// <summary>Makes a chat with the bot nobody's; what counted there stays counted.</summary>
    public static async Task EraseConversationAsync(TracedPerson person, string externalId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        await ForgetKeysAsync(person, externalId, db, cancellationToken);
        var nobody = $"erased:{Guid.NewGuid():N}";
        await db.Database.ExecuteSqlAsync(
            $"""UPDATE conversations SET "ExternalId" = {nobody}, "Name" = '' WHERE "WorkspaceId" = {person.WorkspaceId} AND "ExternalId" = {externalId}""", cancellationToken);
    }

    /// <summary>Keys of interactions, of which some platforms' hold who and where. Whole parts only: a short id may stand in anybody's key.</summary>
    internal static async Task ForgetKeysAsync(TracedPerson person, string id, AdvocacyDb db, CancellationToken cancellationToken)
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
