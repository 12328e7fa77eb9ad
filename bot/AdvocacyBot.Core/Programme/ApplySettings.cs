using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Programme;

/// <summary>Brings the database in line with the settings, once at start: fixed roles, and a note in the audit log where the policy has another version.</summary>
public sealed partial class ApplySettings(
    Database database,
    IDbContextFactory<AdvocacyDb> contexts,
    FixedRoles roles,
    IOptions<ProgrammeOptions> programme,
    TimeProvider clock,
    ILogger<ApplySettings> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var workspace in await db.Workspaces.AsNoTracking().OrderBy(w => w.Id).ToListAsync(cancellationToken))
        {
            await ApplyRolesAsync(db, workspace, cancellationToken);
            await NotePolicyAsync(db, workspace, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task ApplyRolesAsync(AdvocacyDb db, Workspace workspace, CancellationToken cancellationToken)
    {
        var ids = roles.All.Where(s => s.Platform == workspace.Platform).Select(s => s.Person).Distinct().ToList();
        if (ids.Count == 0)
        {
            return;
        }

        // Who is made an owner comes first, so that an owner can be replaced.
        var people = await db.People.Where(p => p.WorkspaceId == workspace.Id && ids.Contains(p.ExternalId)).ToListAsync(cancellationToken);
        var fixedOnes = people.Select(p => (Person: p, Roles: roles.Of(workspace.Ref, p.ExternalId)))
            .Where(x => x.Roles is not null && x.Roles != x.Person.Roles)
            .OrderByDescending(x => x.Roles!.Value.HasFlag(Roles.Owner));
        var owners = await db.People.CountAsync(p => p.WorkspaceId == workspace.Id && p.Reachable && (p.Roles & Roles.Owner) != Roles.None, cancellationToken);
        foreach (var (person, given) in fixedOnes)
        {
            var next = given!.Value;
            var (was, becomes) = (person.Roles.HasFlag(Roles.Owner), next.HasFlag(Roles.Owner));
            if (was && !becomes && owners <= 1)
            {
                next |= Roles.Owner;
                Log.LastOwner(logger, person.Id);
                if (next == person.Roles)
                {
                    continue;
                }
            }

            owners += (next.HasFlag(Roles.Owner) ? 1 : 0) - (was ? 1 : 0);
            Note(db, workspace, AuditActions.RolesChanged, person.Id, person.Roles.ToString(), next.ToString());
            person.Roles = next;
        }
    }

    /// <summary>A version that the settings have not had before the last start is published by them.</summary>
    private async Task NotePolicyAsync(AdvocacyDb db, Workspace workspace, CancellationToken cancellationToken)
    {
        var published = await db.PolicyVersions.AsNoTracking().Where(v => v.WorkspaceId == workspace.Id)
            .OrderByDescending(v => v.Id).Select(v => new { v.Version, v.FromSettings }).ToListAsync(cancellationToken);
        if (published.Find(v => v.FromSettings)?.Version != programme.Value.PolicyVersion)
        {
            var before = published.FirstOrDefault()?.Version
                ?? await db.Audit.AsNoTracking().Where(e => e.WorkspaceId == workspace.Id && e.Action == AuditActions.PolicyChanged)
                    .OrderByDescending(e => e.Id).Select(e => e.After).FirstOrDefaultAsync(cancellationToken);
            if (before != programme.Value.PolicyVersion)
            {
                Note(db, workspace, AuditActions.PolicyChanged, 0, before, programme.Value.PolicyVersion);
            }

            db.PolicyVersions.Add(Policies.FromSettings(workspace.Id, programme.Value, clock.GetUtcNow()));
        }
    }

    private void Note(AdvocacyDb db, Workspace workspace, string action, long subject, string? before, string? after) => db.Audit.Add(new AuditEntry
    {
        WorkspaceId = workspace.Id,
        At = clock.GetUtcNow(),
        Action = action,
        SubjectId = subject,
        Before = before,
        After = after,
    });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Programme:Roles takes the last owner away; person {Person} stays owner until there is another")]
        public static partial void LastOwner(ILogger logger, long person);
    }
}
