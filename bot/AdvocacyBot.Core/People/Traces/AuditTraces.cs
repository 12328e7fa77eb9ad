using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>
/// The audit log: the database lets nobody change it. It holds numbers and machine-readable values, never names or words; the person's number leads to nobody once
/// their row is gone, and is not given again.
/// </summary>
internal sealed class AuditTraces : IPersonTraces
{
    public string Section => "audit";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => ExportJson.List(
        await db.Audit.AsNoTracking()
            .Where(e => e.ActorId == person.Id || (e.SubjectId == person.Id && e.Action.StartsWith("person.")))
            .OrderBy(e => e.Id).Select(e => new { e.Action, ByYou = e.ActorId == person.Id, e.Before, e.After, e.At }).ToListAsync(cancellationToken));

    public Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken) => Task.CompletedTask;
}
