using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>A person's profile, their line of the imported list, their codes, and the direct messages they were sent.</summary>
public sealed class BroadcastTraces : IPersonTraces
{
    public string Section => "profile";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        var profile = await db.PersonProfiles.AsNoTracking().FirstOrDefaultAsync(f => f.PersonId == person.Id, cancellationToken);
        var prompts = await (
            from delivery in db.Deliveries.AsNoTracking()
            where delivery.PersonId == person.Id && delivery.Kind == DeliveryKind.Prompt
            join campaign in db.Campaigns.AsNoTracking() on delivery.CampaignId equals campaign.Id
            orderby delivery.Id
            select new { campaign.Title, delivery.State, delivery.UpdatedAt }).ToListAsync(cancellationToken);
        if (profile is null && prompts.Count == 0)
        {
            return null;
        }

        var lines = await LinesOf(person, profile?.Email, db).AsNoTracking().ToListAsync(cancellationToken);
        return new JsonObject
        {
            ["email"] = profile?.Email,
            ["title"] = profile?.Title,
            ["role"] = profile?.Role,
            ["department"] = profile?.Department,
            ["location"] = profile?.Location,
            ["language"] = profile?.Language,
            ["personas"] = Listed(profile?.Personas),
            ["interests"] = Listed(profile?.Interests),
            ["importedLines"] = new JsonArray([.. lines.Select(line => new JsonObject
            {
                ["email"] = line.Email,
                ["name"] = line.Name,
                ["role"] = line.Role,
                ["department"] = line.Department,
                ["location"] = line.Location,
                ["language"] = line.Language,
                ["personas"] = Listed(line.Personas),
                ["interests"] = Listed(line.Interests),
                ["active"] = line.Active,
            })]),
            ["directMessages"] = new JsonArray([.. prompts.Select(prompt => new JsonObject
            {
                ["campaign"] = prompt.Title, ["state"] = Audience.Name(prompt.State), ["at"] = prompt.UpdatedAt.UtcDateTime,
            })]),
        };
    }

    /// <summary>The deliveries stay, without a person: reports go on adding up.</summary>
    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        var now = await db.PersonProfiles.Where(f => f.PersonId == person.Id).Select(f => f.UpdatedAt).FirstOrDefaultAsync(cancellationToken);
        var email = await db.PersonProfiles.Where(f => f.PersonId == person.Id).Select(f => f.Email).FirstOrDefaultAsync(cancellationToken);
        await new HumanMatch(db).SeparateAsync(person.Id, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await LinesOf(person, email, db).ExecuteDeleteAsync(cancellationToken);
        await db.PersonProfiles.Where(f => f.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        await db.AccountCodes.Where(c => c.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        await db.CodeAttempts.Where(a => a.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        foreach (var row in db.ChangeTracker.Entries<PersonProfile>().Where(e => e.Entity.PersonId == person.Id).ToList())
        {
            row.State = EntityState.Detached;
        }
    }

    private static IQueryable<DirectoryEntry> LinesOf(TracedPerson person, string? email, AdvocacyDb db)
    {
        var own = DirectoryLines.AccountKey(person.Platform, person.WorkspaceExternalId, person.ExternalId);
        return db.Directory.Where(e => (e.Key == own || (email != null && e.Email == email))
            && db.Workspaces.Any(w => w.Id == person.WorkspaceId && (w.ProgrammeId ?? w.Id) == e.ProgrammeId));
    }

    private static JsonArray Listed(string? values) =>
        [.. (values ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries).Select(value => JsonValue.Create(value))];
}
