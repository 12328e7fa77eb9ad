using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Networks;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary>Which of a campaign's networks stand on a person's share card: their own where they chose any of them, else all. The share page has all.</summary>
public static class OwnNetworks
{
    public static async Task<IReadOnlySet<string>> ChosenNetworksAsync(this AdvocacyDb db, long personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await db.PersonNetworks.AsNoTracking().Where(n => n.PersonId == personId).Select(n => n.Network).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
    }

    /// <param name="campaign">Whose networks are offered.</param>
    /// <param name="chosen">By the person.</param>
    /// <param name="networks">All there are.</param>
    /// <returns>In the campaign's order, and whether any of its networks are left out.</returns>
    public static (IReadOnlyList<Network> Shown, bool Fewer) Of(Campaign campaign, IReadOnlySet<string> chosen, NetworkCatalogue networks)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(networks);
        var offered = campaign.NetworkKeys.Select(networks.Find).OfType<Network>().ToList();
        var own = offered.FindAll(network => chosen.Contains(network.Key));
        return own.Count == 0 || own.Count == offered.Count ? (offered, false) : (own, true);
    }
}
