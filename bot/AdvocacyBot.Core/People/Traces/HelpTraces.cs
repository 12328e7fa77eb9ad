using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>What the person asked how to answer.</summary>
internal sealed class HelpTraces : IPersonTraces
{
    public string Section => "help";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => ExportJson.List(
        await db.HelpRequests.AsNoTracking().Where(r => r.PersonId == person.Id).OrderBy(r => r.CreatedAt).ThenBy(r => r.Id)
            .Select(r => new { r.State, r.Said, r.Answer, r.Language, r.CreatedAt, r.AnsweredAt }).ToListAsync(cancellationToken));

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken) =>
        await db.HelpRequests.Where(r => r.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
}
