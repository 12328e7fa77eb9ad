using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Conversions;

/// <summary>Applicants and leads that came through a person's links: they stay with the campaign, as nobody's.</summary>
internal sealed class ConversionTraces : IPersonTraces
{
    public string Section => "conversions";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => ExportJson.List(await (
        from conversion in db.Conversions.AsNoTracking()
        join campaign in db.Campaigns.AsNoTracking() on conversion.CampaignId equals campaign.Id
        where conversion.PersonId == person.Id && conversion.Type != null
        orderby conversion.At, conversion.Id
        select new { conversion.Type, Campaign = campaign.Title, conversion.Network, conversion.At, conversion.ReversedAt }).ToListAsync(cancellationToken));

    public Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(person);
        return db.Conversions.Where(c => c.PersonId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.PersonId, (long?)anonymousId), cancellationToken);
    }
}
