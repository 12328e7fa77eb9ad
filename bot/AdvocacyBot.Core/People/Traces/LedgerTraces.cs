using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>What the person did, in the ledger: the facts stay and count, for nobody in particular.</summary>
internal sealed class LedgerTraces : IPersonTraces
{
    public string Section => "activity";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => ExportJson.List(await (
        from entry in db.Ledger.AsNoTracking()
        join campaign in db.Campaigns.AsNoTracking() on entry.CampaignId equals campaign.Id into about
        from campaign in about.DefaultIfEmpty()
        where entry.PersonId == person.Id
        orderby entry.At, entry.Id
        select new { What = entry.Kind, entry.Amount, Campaign = campaign == null ? null : campaign.Title, entry.Network, entry.Detail, entry.At }).ToListAsync(cancellationToken));

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        // Keys that are not made from a share are made from the person.
        var posted = (int)LedgerKind.Posted;
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE ledger SET "PersonId" = {anonymousId},
                "Detail" = CASE WHEN "Kind" = {posted} THEN NULL ELSE "Detail" END,
                "Key" = CASE WHEN "ShareId" IS NULL THEN 'erased:' || "Id" ELSE "Key" END
            WHERE "PersonId" = {person.Id}
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync($"""UPDATE prompt_reactions SET "PersonId" = {anonymousId} WHERE "PersonId" = {person.Id}""", cancellationToken);
    }
}
