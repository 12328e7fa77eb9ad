using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>Messages to the person: what waits is not sent, what was sent stays counted.</summary>
internal sealed class DeliveryTraces(TimeProvider clock) : IPersonTraces
{
    public string Section => "messages";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => ExportJson.List(
        await db.Deliveries.AsNoTracking().Where(d => d.PersonId == person.Id).OrderBy(d => d.Id)
            .Select(d => new { d.Kind, d.Topic, d.State, d.Reason, d.CreatedAt, d.UpdatedAt }).ToListAsync(cancellationToken));

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.Deliveries.Where(d => d.PersonId == person.Id && d.State == DeliveryState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Skipped).SetProperty(d => d.Reason, "person_gone").SetProperty(d => d.UpdatedAt, now), cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""UPDATE deliveries SET "PersonId" = {anonymousId}, "Key" = 'erased:' || "Id", "MessageId" = NULL WHERE "PersonId" = {person.Id}""", cancellationToken);
    }
}
