using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Reports;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

public enum RolesOutcome
{
    Saved = 0,

    /// <summary>They were so already.</summary>
    Same = 1,

    /// <summary>It would leave the programme without an owner.</summary>
    LastOwner = 2,

    /// <summary>Nobody gives a role to themselves.</summary>
    Own = 3,

    /// <summary>The settings say which they are.</summary>
    AreFixed = 4,

    /// <summary>There is no such person here, or who asks is no owner any more.</summary>
    Refused = 5,
}

/// <summary>Changes a person's roles where the rules allow it. Runs in the caller's transaction.</summary>
public sealed class SetRoles(AdvocacyDb db, FixedRoles settings, AuditLog audit, PeopleDirectory directory, AfterCommit afterCommit)
{
    public async Task<(Person? Person, RolesOutcome Outcome)> RunAsync(long personId, Roles wanted, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);

        // Changes of roles go one after the other, or two owners could each take the other's role at once.
        await db.Workspaces.Where(w => w.Id == turn.Workspace.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.Name, w => w.Name), cancellationToken);
        var people = db.People.Where(p => p.WorkspaceId == turn.Workspace.Id);
        var person = await people.FirstOrDefaultAsync(p => p.Id == personId, cancellationToken);
        if (person is null || !await people.AnyAsync(p => p.Id == turn.Person.Id && (p.Roles & Roles.Owner) != Roles.None, cancellationToken))
        {
            return (person, RolesOutcome.Refused);
        }

        if (settings.Of(turn.Workspace.Ref, person.ExternalId) is not null)
        {
            return (person, RolesOutcome.AreFixed);
        }

        if (wanted == person.Roles)
        {
            return (person, RolesOutcome.Same);
        }

        if (person.Id == turn.Person.Id && (wanted & ~person.Roles) != Roles.None)
        {
            return (person, RolesOutcome.Own);
        }

        var losesOwner = person.Roles.HasFlag(Roles.Owner) && !wanted.HasFlag(Roles.Owner);
        if (losesOwner && !await people.AnyAsync(p => p.Id != person.Id && p.Reachable && (p.Roles & Roles.Owner) != Roles.None, cancellationToken))
        {
            return (person, RolesOutcome.LastOwner);
        }

        audit.Note(turn, AuditActions.RolesChanged, person.Id, person.Roles.ToString(), wanted.ToString());
        person.Roles = wanted;
        await ReportAccess.SignOutAsync(db, person.Id, keep: wanted, cancellationToken);
        afterCommit.Add(directory.Forget);
        return (person, RolesOutcome.Saved);
    }
}
