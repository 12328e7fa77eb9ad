using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Teams.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// Writes who is in a conversation, so that the reach of what is posted there can be computed. In portions: nobody who presses a button waits for a large
/// channel.
/// </summary>
internal sealed class RosterWriter(Database database, IDbContextFactory<AdvocacyDb> contexts, PeopleDirectory directory, ProfileBook profiles, ErasedBook erased, TimeProvider clock)
{
    private const int Portion = 200;
    private const int Attempts = 3;

    /// <param name="tenantId">Entra tenant.</param>
    /// <param name="conversationId">Channel or group chat.</param>
    /// <param name="members">All of them.</param>
    /// <param name="cancellationToken">Cancels the writing; what was written stays.</param>
    /// <returns>False: the programme has not heard of the conversation.</returns>
    public async Task<bool> WriteAsync(string tenantId, string conversationId, IReadOnlyList<TeamsMember> members, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, tenantId, conversationId, cancellationToken) is not { } conversation)
        {
            return false;
        }

        var present = members.Where(member => !string.IsNullOrEmpty(member.Id)).DistinctBy(member => member.Id).ToList();
        foreach (var portion in present.Chunk(Portion))
        {
            await RetryAsync(() => JoinAsync(tenantId, conversation, portion, cancellationToken));
            await profiles.TakeAsync(
                new WorkspaceRef(Platforms.Teams, tenantId),
                portion.Where(member => !string.IsNullOrEmpty(member.Email) && member.UserRole is not ("guest" or "anonymous"))
                    .ToDictionary(member => TeamsTurn.Clean(member.Id)!, member => new PlatformProfile(member.Email, Title: null), StringComparer.Ordinal),
                cancellationToken);
        }

        await LeaveAsync(conversation.Id, present.Select(member => TeamsTurn.Clean(member.Id)!).ToHashSet(StringComparer.Ordinal), cancellationToken);
        directory.Forget();
        return true;
    }

    /// <summary>Gives a conversation its name.</summary>
    /// <param name="tenantId">Entra tenant.</param>
    /// <param name="conversationId">Channel or group chat.</param>
    /// <param name="name">Its name.</param>
    /// <param name="always">False: only where it has none but its id.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task NameAsync(string tenantId, string conversationId, string name, bool always, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var changed = await db.Conversations
            .Where(c => c.ExternalId == conversationId && c.Name != name && (always || c.Name == c.ExternalId)
                && db.Workspaces.Any(w => w.Id == c.WorkspaceId && w.Platform == Platforms.Teams && w.ExternalId == tenantId))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, name), cancellationToken);
        if (changed > 0)
        {
            directory.Forget();
        }
    }

    private static Task<Conversation?> FindAsync(AdvocacyDb db, string tenantId, string conversationId, CancellationToken cancellationToken) =>
        db.Conversations.AsNoTracking().FirstOrDefaultAsync(
            c => c.ExternalId == conversationId && db.Workspaces.Any(w => w.Id == c.WorkspaceId && w.Platform == Platforms.Teams && w.ExternalId == tenantId),
            cancellationToken);

    // Somebody may be stored by what they did at the same moment.
    private static async Task RetryAsync(Func<Task> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception e) when (attempt < Attempts && Collision.Is(e))
            {
                // They are there now.
            }
        }
    }

    private async Task JoinAsync(string tenantId, Conversation conversation, TeamsMember[] portion, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var ids = portion.Select(member => TeamsTurn.Clean(member.Id)!).ToList();
        var known = await db.People.Where(p => p.WorkspaceId == conversation.WorkspaceId && ids.Contains(p.ExternalId))
            .ToDictionaryAsync(p => p.ExternalId, StringComparer.Ordinal, cancellationToken);
        var forgotten = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids.Where(id => !known.ContainsKey(id)))
        {
            if (await erased.HasAsync(new WorkspaceRef(Platforms.Teams, tenantId), id, cancellationToken))
            {
                forgotten.Add(id);
            }
        }

        var people = portion.Where(member => !forgotten.Contains(TeamsTurn.Clean(member.Id)!)).Select(member => Upsert(db, known, conversation.WorkspaceId, member, now)).ToList();
        await db.SaveChangesAsync(cancellationToken);

        var personIds = people.ConvertAll(person => person.Id);
        var staying = await db.Memberships.Where(m => m.ConversationId == conversation.Id && m.LeftAt == null && personIds.Contains(m.PersonId))
            .Select(m => m.PersonId).ToListAsync(cancellationToken);
        db.Memberships.AddRange(personIds.Except(staying).Select(id => new Membership { ConversationId = conversation.Id, PersonId = id, JoinedAt = now }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Person Upsert(AdvocacyDb db, Dictionary<string, Person> known, long workspaceId, TeamsMember member, DateTimeOffset now)
    {
        var id = TeamsTurn.Clean(member.Id)!;
        var name = TeamsTurn.Clean(member.Name)?.Trim() is { Length: > 0 } said ? said : null;

        // Guests see the channel but are no employees.
        var reachable = member.UserRole is not ("guest" or "anonymous");
        if (known.TryGetValue(id, out var person))
        {
            person.Name = name ?? person.Name;
            person.Reachable = reachable;
            return person;
        }

        person = new Person { WorkspaceId = workspaceId, ExternalId = id, Name = name ?? id, Reachable = reachable, CreatedAt = now };
        db.People.Add(person);
        known[id] = person;
        return person;
    }

    private async Task LeaveAsync(long conversationId, HashSet<string> present, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stays = await (
            from stay in db.Memberships.AsNoTracking()
            join person in db.People.AsNoTracking() on stay.PersonId equals person.Id
            where stay.ConversationId == conversationId && stay.LeftAt == null
            select new { stay.Id, person.ExternalId }).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var portion in stays.Where(stay => !present.Contains(stay.ExternalId)).Select(stay => stay.Id).Chunk(Portion))
        {
            using var turn = await database.EnterWriteAsync(cancellationToken);
            await db.Memberships.Where(m => portion.Contains(m.Id) && m.LeftAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, now), cancellationToken);
        }
    }
}
