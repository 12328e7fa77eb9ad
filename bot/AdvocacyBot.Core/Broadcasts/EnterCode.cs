using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>A code was entered: joins what it stands for. Runs in the caller's transaction.</summary>
public sealed class EnterCode(AdvocacyDb db, AccountCodes codes, HumanMatch match, AuditLog audit, PeopleDirectory directory, AfterCommit afterCommit)
{
    /// <returns>What to tell the person.</returns>
    public async Task<string> RunAsync(string typed, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        return await codes.TakeAsync(typed, turn.Person.Id, turn.Now, cancellationToken) switch
        {
            CodeVerdict.Good { Code: { Purpose: CodePurpose.Person } code } => await JoinPeopleAsync(code, turn, cancellationToken),
            CodeVerdict.Good { Code: var code } => await JoinWorkspacesAsync(code, turn, cancellationToken),
            CodeVerdict.Own => t["Broadcasts.CodeOwn"],
            CodeVerdict.Wrong { Left: > 0 } wrong => t.Plural("Broadcasts.CodeWrong", wrong.Left),
            _ => t["Broadcasts.CodeTooMany"],
        };
    }

    private async Task<string> JoinPeopleAsync(AccountCode code, TurnContext turn, CancellationToken cancellationToken)
    {
        await match.JoinAsync(code.PersonId, turn.Person.Id, turn.Now, cancellationToken);
        return turn.Texts["Broadcasts.CodeJoined"];
    }

    private async Task<string> JoinWorkspacesAsync(AccountCode code, TurnContext turn, CancellationToken cancellationToken)
    {
        var t = turn.Texts;
        var other = await db.Workspaces.FirstOrDefaultAsync(w => w.Id == code.WorkspaceId && w.RemovedAt == null, cancellationToken);
        var stillOwner = await db.People.AnyAsync(p => p.Id == code.PersonId && (p.Roles & Roles.Owner) != Roles.None, cancellationToken);
        if (!turn.Person.Has(Roles.Owner) || !stillOwner)
        {
            return t["Broadcasts.CodeForOwners"];
        }

        var own = await db.Workspaces.FirstAsync(w => w.Id == turn.Workspace.Id, cancellationToken);
        var (root, old) = (other?.ProgrammeId ?? other?.Id ?? 0, own.ProgrammeId ?? own.Id);
        if (other is null || root == old)
        {
            return t["Broadcasts.SameProgramme"];
        }

        await db.Workspaces.Where(w => w.Id == old || w.ProgrammeId == old).ExecuteUpdateAsync(set => set.SetProperty(w => w.ProgrammeId, root), cancellationToken);
        await db.Directory.Where(e => e.ProgrammeId == old && db.Directory.Any(kept => kept.ProgrammeId == root && kept.Key == e.Key)).ExecuteDeleteAsync(cancellationToken);
        await db.Directory.Where(e => e.ProgrammeId == old).ExecuteUpdateAsync(set => set.SetProperty(e => e.ProgrammeId, root), cancellationToken);
        await db.Entry(own).ReloadAsync(cancellationToken);
        await MatchAsync(root, turn.Now, cancellationToken);
        audit.Note(turn, AuditActions.WorkspacesJoined, 0, null, $"workspace {other.Id}");
        db.Audit.Add(new AuditEntry { WorkspaceId = other.Id, At = turn.Now, ActorId = code.PersonId, Action = AuditActions.WorkspacesJoined, SubjectId = 0, After = $"workspace {own.Id}" });
        afterCommit.Add(directory.Forget);
        return t.Format("Broadcasts.WorkspacesJoined", ("workspace", Bidi.Isolate(CardText.Escape(other.Name), t.Language)));
    }

    /// <summary>Who has the same address on both sides is one person.</summary>
    private async Task MatchAsync(long root, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mailed = await (
            from profile in db.PersonProfiles.AsNoTracking()
            join person in db.People.AsNoTracking() on profile.PersonId equals person.Id
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            where profile.Email != null && (workspace.ProgrammeId ?? workspace.Id) == root
            orderby profile.PersonId
            select new { profile.PersonId, profile.Email, profile.HumanId }).ToListAsync(cancellationToken);
        foreach (var same in mailed.GroupBy(p => p.Email, StringComparer.Ordinal).Where(g => g.Select(p => p.HumanId).Distinct().Count() > 1))
        {
            var first = same.First().PersonId;
            foreach (var other in same.Skip(1))
            {
                await match.JoinAsync(first, other.PersonId, now, cancellationToken);
            }
        }
    }
}
