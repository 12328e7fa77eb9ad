using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Reports;

/// <summary>Who looks at the report.</summary>
/// <param name="SessionId">Of the browser.</param>
/// <param name="PersonId">Who.</param>
/// <param name="WorkspaceId">Whose report.</param>
/// <param name="Workspace">Its name.</param>
/// <param name="TimeZone">IANA id.</param>
/// <param name="Roles">What of the report's roles they have now and had when they signed in.</param>
/// <param name="Language">Theirs, else the workspace's.</param>
public sealed record ReportVisitor(long SessionId, long PersonId, long WorkspaceId, string Workspace, string TimeZone, Roles Roles, Language Language)
{
    /// <summary>Sponsors read figures; single rows are for those who run the programme.</summary>
    public bool SeesRows => (Roles & (Roles.Owner | Roles.Comms)) != Roles.None;
}

/// <summary>What came of a sign-in link.</summary>
public abstract record SignIn
{
    private SignIn() { }

    /// <param name="Token">For the cookie.</param>
    /// <param name="Lifetime">Of the session.</param>
    public sealed record Done(string Token, TimeSpan Lifetime) : SignIn;

    /// <summary>There is no such link, or not any more.</summary>
    public sealed record Unknown : SignIn;

    public sealed record Used : SignIn;

    public sealed record Expired : SignIn;

    /// <summary>The person it was for may not see the report any more.</summary>
    public sealed record NotAllowed : SignIn;
}

/// <summary>
/// Sign-in links from chat and the sessions they open. A link is good for ten minutes and one sign-in, for one person and what they are; looking at it does not use it up,
/// because chats look at links to preview them. Tokens are 32 random bytes; only their hashes are stored.
/// </summary>
public sealed class ReportAccess(Database database, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock)
{
    public const Roles Allowed = Roles.Owner | Roles.Comms | Roles.Sponsor;

    public static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(8);

    private const int TokenBytes = 32;

    /// <summary>Makes a link in the caller's transaction; earlier ones of the person that nobody used are worth nothing from then on.</summary>
    /// <param name="db">The caller's.</param>
    /// <param name="workspaceId">Whose report.</param>
    /// <param name="personId">Who has asked and may.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>What stands in the address.</returns>
    public static async Task<string> AddLinkAsync(AdvocacyDb db, long workspaceId, long personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.ReportLinks.Where(l => l.PersonId == personId && (l.UsedAt == null || l.ExpiresAt < now)).ExecuteDeleteAsync(cancellationToken);
        await db.ReportSessions.Where(s => s.PersonId == personId && s.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        var token = NewToken();
        db.Add(new ReportLink { WorkspaceId = workspaceId, PersonId = personId, TokenHash = Hash(token), CreatedAt = now, ExpiresAt = now + LinkLifetime });
        return token;
    }

    /// <summary>Signs a person out of every browser, and takes back their links; in the caller's transaction.</summary>
    /// <param name="db">The caller's.</param>
    /// <param name="personId">Whose.</param>
    /// <param name="keep">Sessions that were opened as one of these stay.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>How many sessions ended.</returns>
    public static async Task<int> SignOutAsync(AdvocacyDb db, long personId, Roles keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        if ((keep & Allowed) == Roles.None)
        {
            await db.ReportLinks.Where(l => l.PersonId == personId && l.UsedAt == null).ExecuteDeleteAsync(cancellationToken);
        }

        return await db.ReportSessions.Where(s => s.PersonId == personId && (s.Roles & keep & Allowed) == Roles.None).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Whether a link can still be used; changes nothing.</summary>
    public async Task<SignIn?> LookAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Hash(token);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await db.ReportLinks.AsNoTracking().FirstOrDefaultAsync(l => l.TokenHash == hash, cancellationToken);
        return Problem(link, clock.GetUtcNow());
    }

    /// <summary>Uses a link up and opens a session.</summary>
    public async Task<SignIn> SignInAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Hash(token);
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();

        // The one who changes the row has it: of two at the same time, one.
        var won = await db.ReportLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellationToken);
        var link = await db.ReportLinks.AsNoTracking().FirstOrDefaultAsync(l => l.TokenHash == hash, cancellationToken);
        if (won == 0)
        {
            return Problem(link, now) ?? new SignIn.Used();
        }

        var roles = await db.People.Where(p => p.Id == link!.PersonId && p.Reachable).Select(p => p.Roles).FirstOrDefaultAsync(cancellationToken) & Allowed;
        if (roles == Roles.None)
        {
            await transaction.CommitAsync(cancellationToken);
            return new SignIn.NotAllowed();
        }

        var session = NewToken();
        db.Add(new ReportSession
        {
            WorkspaceId = link!.WorkspaceId, PersonId = link.PersonId, TokenHash = Hash(session), Roles = roles, CreatedAt = now, ExpiresAt = now + SessionLifetime,
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SignIn.Done(session, SessionLifetime);
    }

    /// <summary>Whose session a cookie is; looked up, role included, at every request.</summary>
    /// <returns>Null: nobody's, or nobody's any more.</returns>
    public async Task<ReportVisitor?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(token), clock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from session in db.ReportSessions.AsNoTracking()
            join person in db.People.AsNoTracking() on session.PersonId equals person.Id
            join workspace in db.Workspaces.AsNoTracking() on session.WorkspaceId equals workspace.Id
            where session.TokenHash == hash && session.ExpiresAt > now
            select new
            {
                session.Id, session.PersonId, session.WorkspaceId, SignedInAs = session.Roles, person.Roles, person.Reachable, person.Language, workspace.Name, workspace.TimeZone,
                WorkspaceLanguage = workspace.Language, workspace.RemovedAt,
            }).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var roles = found.SignedInAs & found.Roles & Allowed;
        if (roles == Roles.None || !found.Reachable || found.RemovedAt is not null)
        {
            await EndAsync(found.Id, cancellationToken);
            return null;
        }

        return new ReportVisitor(found.Id, found.PersonId, found.WorkspaceId, found.Name, found.TimeZone, roles, Language.First(found.Language, found.WorkspaceLanguage));
    }

    /// <summary>Signs one browser out.</summary>
    public async Task EndAsync(long sessionId, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.ReportSessions.Where(s => s.Id == sessionId).ExecuteDeleteAsync(cancellationToken);
    }

    private static SignIn? Problem(ReportLink? link, DateTimeOffset now) => link switch
    {
        null => new SignIn.Unknown(),
        { UsedAt: not null } => new SignIn.Used(),
        _ when link.ExpiresAt <= now => new SignIn.Expired(),
        _ => null,
    };

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    private static string Hash(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
