using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>The accounts that are one person, by codes or by their address: what is done with a person is done with all of them.</summary>
public static class OwnAccounts
{
    /// <param name="db">To read with.</param>
    /// <param name="personId">Of the row in <c>people</c>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The account that was asked for first; empty where it is not there or erased.</returns>
    public static async Task<IReadOnlyList<TracedPerson>> OfAsync(AdvocacyDb db, long personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var joined = await (
            from own in db.PersonProfiles.AsNoTracking()
            join other in db.PersonProfiles.AsNoTracking() on own.HumanId equals other.HumanId
            where own.PersonId == personId && other.PersonId != personId
            select other.PersonId).ToListAsync(cancellationToken);
        joined.Add(personId);
        var accounts = await (
            from person in db.People.AsNoTracking()
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            where joined.Contains(person.Id) && !person.ExternalId.StartsWith(Person.ErasedPrefix)
            orderby person.Id
            select new TracedPerson(person.Id, person.WorkspaceId, workspace.Platform, workspace.ExternalId, person.ExternalId, person.Name)).ToListAsync(cancellationToken);
        return accounts.Exists(account => account.Id == personId) ? [.. accounts.OrderBy(account => account.Id != personId)] : [];
    }
}
