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
    /// <summary>Erases the person with every account that is joined to theirs; all of it or nothing.</summary>
    /// <param name="personId">Of the row in <c>people</c>.</param>
    /// <param name="actorId">Who erases, for the audit log: the person; null from the command line.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the work, and with it all of it.</param>
    public async Task<EraseOutcome> RunAsync(long personId, long? actorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var accounts = await OwnAccounts.OfAsync(db, personId, cancellationToken);
        if (accounts.Count == 0)
        {
            return EraseOutcome.NotThere;
        }

        foreach (var account in accounts)
        {
            if (await IsLastOwnerAsync(account, accounts, cancellationToken))
            {
                return EraseOutcome.LastOwner;
            }
        }

        foreach (var account in accounts)
        {
            await EraseAsync(account, actorId is null ? null : account.Id, now, cancellationToken);
        }

        afterCommit.Add(directory.Forget);
        return EraseOutcome.Erased;
    }

    private async Task EraseAsync(TracedPerson person, long? actorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
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
    }

    private async Task<bool> IsLastOwnerAsync(TracedPerson person, IReadOnlyList<TracedPerson> going, CancellationToken cancellationToken)
    {
        var ids = going.Select(account => account.Id).ToList();
        return await db.People.AnyAsync(p => p.Id == person.Id && (p.Roles & Roles.Owner) != Roles.None, cancellationToken)
            && !await db.People.AnyAsync(p => p.WorkspaceId == person.WorkspaceId && !ids.Contains(p.Id) && p.Reachable && (p.Roles & Roles.Owner) != Roles.None, cancellationToken);
    }
}
