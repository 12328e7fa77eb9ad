using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>Which accounts are one person. Runs in the caller's transaction.</summary>
public sealed class HumanMatch(AdvocacyDb db)
{
    /// <summary>The account's profile row, made where there is none.</summary>
    public async Task<PersonProfile> ProfileAsync(long personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var profile = await db.PersonProfiles.FirstOrDefaultAsync(f => f.PersonId == personId, cancellationToken);
        if (profile is null)
        {
            profile = new PersonProfile { PersonId = personId, HumanId = personId, UpdatedAt = now };
            db.PersonProfiles.Add(profile);
            await db.SaveChangesAsync(cancellationToken);
        }

        return profile;
    }

    /// <summary>Two accounts are one person from now on, with all that were joined to either before.</summary>
    public async Task JoinAsync(long one, long other, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = await ProfileAsync(one, now, cancellationToken);
        var second = await ProfileAsync(other, now, cancellationToken);
        if (first.HumanId == second.HumanId)
        {
            return;
        }

        await db.SaveChangesAsync(cancellationToken);
        var (kept, gone) = (Math.Min(first.HumanId, second.HumanId), Math.Max(first.HumanId, second.HumanId));
        await db.PersonProfiles.Where(f => f.HumanId == gone).ExecuteUpdateAsync(set => set.SetProperty(f => f.HumanId, kept), cancellationToken);
        await db.Entry(first).ReloadAsync(cancellationToken);
        await db.Entry(second).ReloadAsync(cancellationToken);
    }

    /// <summary>An account stands for itself again; the others stay together.</summary>
    /// <returns>Whether it was joined to any.</returns>
    public async Task<bool> SeparateAsync(long personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var profile = await ProfileAsync(personId, now, cancellationToken);
        var others = await db.PersonProfiles.AsNoTracking().Where(f => f.HumanId == profile.HumanId && f.PersonId != personId).Select(f => f.PersonId).ToListAsync(cancellationToken);
        if (others.Count == 0)
        {
            return false;
        }

        var (human, rest) = (profile.HumanId, others.Min());
        await db.PersonProfiles.Where(f => f.HumanId == human && f.PersonId != personId).ExecuteUpdateAsync(set => set.SetProperty(f => f.HumanId, rest), cancellationToken);
        profile.HumanId = personId;
        profile.UpdatedAt = now;
        return true;
    }

    /// <summary>Joins the account to those of the same programme with the same address.</summary>
    public async Task ByEmailAsync(PersonProfile profile, long workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.Email is not { } email)
        {
            return;
        }

        var root = await db.Workspaces.Where(w => w.Id == workspaceId).Select(w => w.ProgrammeId ?? w.Id).FirstAsync(cancellationToken);
        var same = await (
            from other in db.PersonProfiles.AsNoTracking()
            join person in db.People.AsNoTracking() on other.PersonId equals person.Id
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            where other.Email == email && other.PersonId != profile.PersonId && other.HumanId != profile.HumanId && (workspace.ProgrammeId ?? workspace.Id) == root
            orderby other.PersonId
            select other.PersonId).ToListAsync(cancellationToken);
        foreach (var other in same)
        {
            await JoinAsync(profile.PersonId, other, now, cancellationToken);
        }
    }
}
