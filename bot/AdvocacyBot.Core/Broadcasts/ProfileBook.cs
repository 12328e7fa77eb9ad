using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>What a platform's profile says of an account; null: it does not say.</summary>
public sealed record PlatformProfile(string? Email, string? Title);

/// <summary>Takes what platforms say of people: for segments, to find their line of the imported list, and to find their other accounts.</summary>
public sealed class ProfileBook(IServiceScopeFactory scopes, Database database, TimeProvider clock)
{
    /// <summary>Costs one read where nothing is new.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="profiles">By the platform's id of the person; who is not stored yet is left out.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>How many of these people are stored.</returns>
    public async Task<int> TakeAsync(WorkspaceRef workspace, IReadOnlyDictionary<string, PlatformProfile> profiles, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(profiles);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        var ids = profiles.Keys.ToList();
        var known = await (
            from person in db.People.AsNoTracking()
            join place in db.Workspaces.AsNoTracking() on person.WorkspaceId equals place.Id
            where place.Platform == workspace.Platform && place.ExternalId == workspace.Id && ids.Contains(person.ExternalId)
            join profile in db.PersonProfiles.AsNoTracking() on person.Id equals profile.PersonId into rows
            from profile in rows.DefaultIfEmpty()
            select new { person.Id, person.WorkspaceId, person.ExternalId, profile.Email, profile.Title }).ToListAsync(cancellationToken);
        var news = known
            .Select(row => (Row: row, Email: EmailAddress.Clean(profiles[row.ExternalId].Email) ?? row.Email, Title: Cut(profiles[row.ExternalId].Title) ?? row.Title))
            .Where(n => n.Email != n.Row.Email || n.Title != n.Row.Title)
            .ToList();
        if (news.Count == 0)
        {
            return known.Count;
        }

        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var match = new HumanMatch(db);
        var now = clock.GetUtcNow();
        foreach (var (row, email, title) in news)
        {
            var profile = await match.ProfileAsync(row.Id, now, cancellationToken);
            var moved = profile.Email != email;
            profile.Email = email;
            profile.Title = title;
            profile.UpdatedAt = now;
            if (moved)
            {
                await DirectoryLines.ApplyAsync(db, profile, row.WorkspaceId, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await match.ByEmailAsync(profile, row.WorkspaceId, now, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return known.Count;
    }

    private static string? Cut(string? text) =>
        Localization.Bidi.StripControls(text ?? "").Trim() is { Length: > 0 } said ? said[..Math.Min(said.Length, Audience.MaxValue)] : null;
}
