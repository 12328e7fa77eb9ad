using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

public enum EraseOutcome
{
    Erased = 0,
    NotThere = 1,

    /// <summary>Nobody could give roles any more: somebody else has to be made an owner first.</summary>
    LastOwner = 2,
}

/// <summary>
/// Erases a person: everything that says who they were is gone, and what they counted for stays in the totals as somebody without a name. The audit log, which
/// nothing can change, keeps the number that the person had; it leads to nobody. Runs in the caller's transaction.
/// </summary>
public sealed class ErasePerson(AdvocacyDb db, IEnumerable<IPersonTraces> traces, ErasedBook book, PeopleDirectory directory, AfterCommit afterCommit)
{
    /// <param name="personId">Of the row in <c>people</c>.</param>
    /// <param name="actorId">Who erases, for the audit log: the person; null from the command line.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the work, and with it all of it.</param>
    public async Task<EraseOutcome> RunAsync(long personId, long? actorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await TracedAsync(db, personId, cancellationToken) is not { } person)
        {
            return EraseOutcome.NotThere;
        }

        if (await IsLastOwnerAsync(person, cancellationToken))
        {
            return EraseOutcome.LastOwner;
        }

        // Counted as whoever it was: a colleague who could see what was posted. The day is the erasing's, so that it does not tell when somebody came.
        var reachable = await db.People.Where(p => p.Id == person.Id).Select(p => p.Reachable).FirstAsync(cancellationToken);
        var anonymous = new Person { WorkspaceId = person.WorkspaceId, ExternalId = Person.ErasedPrefix + Guid.NewGuid().ToString("N"), Name = "", Reachable = reachable, CreatedAt = now };
        db.People.Add(anonymous);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var trace in traces)
        {
            await trace.EraseAsync(person, anonymous.Id, db, cancellationToken);
            afterCommit.Add(() => trace.Forget(person));
        }

        db.Audit.Add(new AuditEntry { WorkspaceId = person.WorkspaceId, At = now, ActorId = actorId, Action = AuditActions.PersonErased, SubjectId = person.Id });
        db.ErasedPeople.Add(new ErasedPerson { Hash = book.Hash(new WorkspaceRef(person.Platform, person.WorkspaceExternalId), person.ExternalId), At = now });
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"""DELETE FROM people WHERE "Id" = {person.Id}""", cancellationToken);
        afterCommit.Add(directory.Forget);
        return EraseOutcome.Erased;
    }

    internal static Task<TracedPerson?> TracedAsync(AdvocacyDb db, long personId, CancellationToken cancellationToken) => (
        from person in db.People.AsNoTracking()
        join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
        where person.Id == personId && !person.ExternalId.StartsWith(Person.ErasedPrefix)
        select new TracedPerson(person.Id, person.WorkspaceId, workspace.Platform, workspace.ExternalId, person.ExternalId, person.Name)).FirstOrDefaultAsync(cancellationToken);

    private async Task<bool> IsLastOwnerAsync(TracedPerson person, CancellationToken cancellationToken) =>
        await db.People.AnyAsync(p => p.Id == person.Id && (p.Roles & Roles.Owner) != Roles.None, cancellationToken)
        && !await db.People.AnyAsync(p => p.WorkspaceId == person.WorkspaceId && p.Id != person.Id && p.Reachable && (p.Roles & Roles.Owner) != Roles.None, cancellationToken);
}
