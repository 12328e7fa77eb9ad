using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Reports;

/// <summary>Sign-in links and sessions of the report; erasing signs the person out everywhere. The days that figures are read from are counted again without them.</summary>
public sealed class ReportTraces : IPersonTraces
{
    public string Section => "reportSessions";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        var sessions = await db.ReportSessions.AsNoTracking().Where(s => s.PersonId == person.Id).OrderBy(s => s.Id).Select(s => new { s.CreatedAt, s.ExpiresAt }).ToListAsync(cancellationToken);
        var links = await db.ReportLinks.AsNoTracking().Where(l => l.PersonId == person.Id).OrderBy(l => l.Id).Select(l => new { l.CreatedAt, l.ExpiresAt, l.UsedAt }).ToListAsync(cancellationToken);
        return sessions.Count + links.Count == 0 ? null : new JsonObject
        {
            ["signedIn"] = new JsonArray([.. sessions.Select(s => new JsonObject { ["at"] = At(s.CreatedAt), ["until"] = At(s.ExpiresAt) })]),
            ["links"] = new JsonArray([.. links.Select(l => new JsonObject { ["at"] = At(l.CreatedAt), ["until"] = At(l.ExpiresAt), ["used"] = l.UsedAt is { } used ? At(used) : null })]),
        };
    }

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        await db.ReportSessions.Where(s => s.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        await db.ReportLinks.Where(l => l.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
    }

    private static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
