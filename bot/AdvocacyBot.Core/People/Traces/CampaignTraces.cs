using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>Campaigns that the person wrote for the company: they stay, without the author and without a sponsor of that name.</summary>
internal sealed class CampaignTraces : IPersonTraces
{
    public string Section => "campaigns";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => ExportJson.List(
        await db.Campaigns.AsNoTracking().Where(c => c.AuthorId == person.Id).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id)
            .Select(c => new { c.Title, c.State, c.CreatedAt }).ToListAsync(cancellationToken));

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""UPDATE campaigns SET "AuthorId" = {anonymousId} WHERE "AuthorId" = {person.Id}""", cancellationToken);
        var (before, after) = (Writer(person.Id), Writer(anonymousId));
        await db.Database.ExecuteSqlAsync(
            $"""UPDATE campaigns SET "WrittenBy" = REPLACE("WrittenBy", {before}, {after}) WHERE "WorkspaceId" = {person.WorkspaceId} AND "WrittenBy" IS NOT NULL""", cancellationToken);
        if (person.Name.Length > 0)
        {
            await db.Campaigns.Where(c => c.WorkspaceId == person.WorkspaceId && c.SponsorName == person.Name)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.SponsorName, (string?)null).SetProperty(c => c.SponsorMessage, (string?)null), cancellationToken);
        }
    }

    private static string Writer(long id) => string.Create(CultureInfo.InvariantCulture, $",{id},");
}
