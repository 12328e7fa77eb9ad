using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>How many people may be reached, by people's own counts of their networks. Always an estimate: friends of two are counted twice, and not everybody sees a post.</summary>
/// <param name="People">Sum of the network sizes.</param>
/// <param name="From">How many colleagues' numbers it is made of.</param>
public sealed record Reach(long People, int From);

/// <summary>Adds up what people said of the sizes of their networks.</summary>
public sealed class ReachEstimate(AdvocacyDb db)
{
    /// <summary>A person's own.</summary>
    public async Task<long> OfPersonAsync(long personId, CancellationToken cancellationToken) =>
        await db.PersonNetworks.AsNoTracking().Where(n => n.PersonId == personId).SumAsync(n => (long)(n.Size ?? 0), cancellationToken);

    /// <summary>Of a campaign: the network that each sharer opened, by what they said of it.</summary>
    /// <returns>Null where fewer than <see cref="CampaignNumbers.SmallestGroup"/> people's numbers are in it: it would tell what one of them said.</returns>
    public async Task<Reach?> OfCampaignAsync(long campaignId, CancellationToken cancellationToken)
    {
        var opened = db.Ledger.AsNoTracking().Where(e => e.CampaignId == campaignId && e.Kind == LedgerKind.Opened && e.Network != null)
            .GroupBy(e => new { e.PersonId, e.Network }).Where(g => g.Sum(e => e.Amount) > 0).Select(g => g.Key);
        var sizes = await (
            from open in opened
            join network in db.PersonNetworks.AsNoTracking() on new { open.PersonId, Network = open.Network! } equals new { network.PersonId, network.Network }
            where network.Size != null
            select new { network.PersonId, Size = network.Size!.Value }).ToListAsync(cancellationToken);
        var people = sizes.Select(s => s.PersonId).Distinct().Count();
        return people < CampaignNumbers.SmallestGroup ? null : new Reach(sizes.Sum(s => (long)s.Size), people);
    }
}
