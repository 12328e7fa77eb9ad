using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Budgets;

/// <summary>What a person recorded as spent. The money stays spent; who recorded it is nobody after erasing.</summary>
public sealed class SpendingTraces : IPersonTraces
{
    public string Section => "spending";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        var recorded = await db.Spending.CountAsync(s => s.RecordedById == person.Id, cancellationToken);
        var takenBack = await db.Spending.CountAsync(s => s.ReversedById == person.Id, cancellationToken);
        return recorded == 0 && takenBack == 0 ? null : new JsonObject { ["recorded"] = recorded, ["takenBack"] = takenBack };
    }

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        await db.Spending.Where(s => s.RecordedById == person.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.RecordedById, anonymousId), cancellationToken);
        await db.Spending.Where(s => s.ReversedById == person.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ReversedById, (long?)anonymousId), cancellationToken);
    }
}
