using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>Lines of the imported list and the accounts they are about.</summary>
internal static class DirectoryLines
{
    public static string MailKey(string email) => $"mail:{email}";

    public static string AccountKey(string platform, string workspace, string user) => $"{platform}:{workspace}:{user}";

    /// <summary>Copies the line about an account, if there is one, into its profile. A line about the account itself stands before one about its address.</summary>
    public static async Task ApplyAsync(AdvocacyDb db, PersonProfile profile, long workspaceId, CancellationToken cancellationToken)
    {
        var account = await (
            from person in db.People.AsNoTracking()
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            where person.Id == profile.PersonId
            select new { Root = workspace.ProgrammeId ?? workspace.Id, workspace.Platform, Workspace = workspace.ExternalId, person.ExternalId }).FirstAsync(cancellationToken);
        var own = AccountKey(account.Platform, account.Workspace, account.ExternalId);
        var mail = profile.Email is { } email ? MailKey(email) : own;
        var lines = await db.Directory.AsNoTracking().Where(e => e.ProgrammeId == account.Root && (e.Key == own || e.Key == mail)).ToListAsync(cancellationToken);
        if ((lines.Find(line => line.Key == own) ?? lines.FirstOrDefault()) is { } found)
        {
            Copy(found, profile);
        }
    }

    public static void Copy(DirectoryEntry line, PersonProfile profile)
    {
        profile.Role = line.Role;
        profile.Department = line.Department;
        profile.Location = line.Location;
        profile.Personas = line.Personas;
        profile.Interests = line.Interests;
        profile.Language = line.Language;
        profile.Email ??= line.Email;
        profile.DeactivatedAt = line.Active ? null : profile.DeactivatedAt ?? line.UpdatedAt;
        profile.UpdatedAt = line.UpdatedAt;
    }
}
