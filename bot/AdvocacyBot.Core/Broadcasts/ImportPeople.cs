using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>A line of a list of people, already checked.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
/// <param name="Account">Platform, workspace and user by the platform's ids; null: found by <see cref="Email"/> alone.</param>
public sealed record ImportedPerson(int Line, string? Email, (string Platform, string Workspace, string User)? Account, bool Active)
{
    public string? Name { get; init; }

    public string? Role { get; init; }

    public string? Department { get; init; }

    public string? Location { get; init; }

    public string? Language { get; init; }

    /// <summary>As <c>|engineer|speaker|</c>.</summary>
    public string? Personas { get; init; }

    /// <summary>As <see cref="Personas"/>, names of <see cref="ContentType"/>s.</summary>
    public string? Interests { get; init; }
}

/// <summary>What an import did, or would do.</summary>
/// <param name="Added">New lines.</param>
/// <param name="Changed">Lines that say something else than before.</param>
/// <param name="Unchanged">Lines that say the same.</param>
/// <param name="Deactivated">People who were active and are not any more.</param>
/// <param name="Missing">Active people of an earlier list who are not in this one.</param>
/// <param name="MissingDeactivated">Whether those were deactivated.</param>
/// <param name="Unmet">Active lines of which the bot has no account yet.</param>
public sealed record ImportResult(int Added, int Changed, int Unchanged, int Deactivated, int Missing, bool MissingDeactivated, int Unmet);

/// <summary>Takes a list of people into a programme: all of it or nothing, and a second time without effect.</summary>
public sealed class ImportPeople(Database database, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock)
{
    /// <param name="programmeId">The programme's first workspace.</param>
    /// <param name="people">Each with a key of its own.</param>
    /// <param name="deactivateMissing">Who is not in the list any more has left.</param>
    /// <param name="dryRun">Only says what would happen.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is done then.</param>
    public async Task<ImportResult> RunAsync(
        long programmeId, IReadOnlyList<ImportedPerson> people, bool deactivateMissing, bool dryRun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(people);
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var known = await db.Directory.Where(e => e.ProgrammeId == programmeId).ToDictionaryAsync(e => e.Key, StringComparer.Ordinal, cancellationToken);
        var (added, changed, unchanged, deactivated) = (0, 0, 0, 0);
        var touched = new List<DirectoryEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            var key = KeyOf(person);
            seen.Add(key);
            if (!known.TryGetValue(key, out var line))
            {
                line = new DirectoryEntry { ProgrammeId = programmeId, Key = key, Active = person.Active };
                db.Directory.Add(line);
                Write(line, person, now);
                added++;
                touched.Add(line);
            }
            else if (Same(line, person))
            {
                unchanged++;
            }
            else
            {
                deactivated += line.Active && !person.Active ? 1 : 0;
                Write(line, person, now);
                changed++;
                touched.Add(line);
            }
        }

        var missing = known.Values.Where(line => line.Active && !seen.Contains(line.Key)).ToList();
        if (deactivateMissing)
        {
            foreach (var line in missing)
            {
                line.Active = false;
                line.UpdatedAt = now;
                touched.Add(line);
            }

            deactivated += missing.Count;
        }

        await db.SaveChangesAsync(cancellationToken);
        await ApplyAsync(db, programmeId, touched, now, cancellationToken);
        var unmet = await UnmetAsync(db, programmeId, cancellationToken);
        if (touched.Count > 0)
        {
            db.Audit.Add(new AuditEntry
            {
                WorkspaceId = programmeId,
                At = now,
                Action = AuditActions.PeopleImported,
                SubjectId = 0,
                After = $"added {added}, changed {changed}, deactivated {deactivated}",
            });
            await db.SaveChangesAsync(cancellationToken);
        }

        if (!dryRun)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return new ImportResult(added, changed, unchanged, deactivated, missing.Count, deactivateMissing, unmet);
    }

    /// <summary>What tells one person of a list from another.</summary>
    public static string KeyOf(ImportedPerson person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.Account is var (platform, workspace, user) ? DirectoryLines.AccountKey(platform, workspace, user) : DirectoryLines.MailKey(person.Email!);
    }

    private static bool Same(DirectoryEntry line, ImportedPerson person) =>
        line.Email == person.Email && line.Name == person.Name && line.Role == person.Role && line.Department == person.Department && line.Location == person.Location
        && line.Personas == person.Personas && line.Interests == person.Interests && line.Language == person.Language && line.Active == person.Active;

    private static void Write(DirectoryEntry line, ImportedPerson person, DateTimeOffset now)
    {
        line.Email = person.Email;
        line.Name = person.Name;
        line.Role = person.Role;
        line.Department = person.Department;
        line.Location = person.Location;
        line.Personas = person.Personas;
        line.Interests = person.Interests;
        line.Language = person.Language;
        line.Active = person.Active;
        line.UpdatedAt = now;
    }

    /// <summary>Brings the accounts that the lines are about in line with them; a line that names an account makes it known.</summary>
    private static async Task ApplyAsync(AdvocacyDb db, long programmeId, List<DirectoryEntry> lines, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var workspaces = await db.Workspaces.Where(w => w.Id == programmeId || w.ProgrammeId == programmeId).ToListAsync(cancellationToken);
        var ids = workspaces.ConvertAll(w => w.Id);
        var accounts = await (
            from person in db.People
            where ids.Contains(person.WorkspaceId)
            join profile in db.PersonProfiles on person.Id equals profile.PersonId into profiles
            from profile in profiles.DefaultIfEmpty()
            select new { Person = person, Profile = profile }).ToListAsync(cancellationToken);
        var byKey = accounts.ToDictionary(
            a => DirectoryLines.AccountKey(workspaces.First(w => w.Id == a.Person.WorkspaceId).Platform, workspaces.First(w => w.Id == a.Person.WorkspaceId).ExternalId, a.Person.ExternalId),
            a => (a.Person, a.Profile),
            StringComparer.Ordinal);
        var byMail = accounts.Where(a => a.Profile?.Email != null).ToLookup(a => DirectoryLines.MailKey(a.Profile!.Email!), a => (a.Person, Profile: (PersonProfile?)a.Profile), StringComparer.Ordinal);
        var moved = new List<(PersonProfile Profile, long Workspace)>();
        foreach (var line in lines.OrderBy(line => !line.Key.StartsWith("mail:", StringComparison.Ordinal)))
        {
            List<(Person Person, PersonProfile? Profile)> about = byKey.TryGetValue(line.Key, out var one) ? [one] : [.. byMail[line.Key]];
            if (about.Count == 0 && Meet(line, workspaces, now) is { } met)
            {
                db.People.Add(met);
                await db.SaveChangesAsync(cancellationToken);
                about.Add((met, null));
            }

            foreach (var (person, profile) in about)
            {
                var row = profile;
                if (row is null)
                {
                    row = new PersonProfile { PersonId = person.Id, HumanId = person.Id, UpdatedAt = now };
                    db.PersonProfiles.Add(row);
                }

                var before = row.Email;
                DirectoryLines.Copy(line, row);
                if (row.Email != before)
                {
                    moved.Add((row, person.WorkspaceId));
                }
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        var match = new HumanMatch(db);
        foreach (var (profile, workspace) in moved)
        {
            await match.ByEmailAsync(profile, workspace, now, cancellationToken);
        }
    }

    /// <returns>Null where the line names no account of a workspace that is there.</returns>
    private static Person? Meet(DirectoryEntry line, List<Workspace> workspaces, DateTimeOffset now)
    {
        var parts = line.Key.Split(':', 3);
        var workspace = parts.Length == 3 ? workspaces.Find(w => w.Platform == parts[0] && w.ExternalId == parts[1]) : null;
        return workspace is null || !line.Active
            ? null
            : new Person { WorkspaceId = workspace.Id, ExternalId = parts[2], Name = line.Name ?? parts[2], CreatedAt = now };
    }

    private static Task<int> UnmetAsync(AdvocacyDb db, long programmeId, CancellationToken cancellationToken) => db.Directory.CountAsync(
        e => e.ProgrammeId == programmeId && e.Active && EF.Functions.Like(e.Key, "mail:%") && !db.PersonProfiles.Any(f => f.Email == e.Email), cancellationToken);
}
