using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Evidence;

/// <summary>Earned media value in one currency: what the visits would have cost at the company's own prices.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Value">Visits (and opened composers, where the company counts them) times the network's cost per click.</param>
/// <param name="Unpriced">Visits (and opened composers) on networks without a cost: they are worth nothing here.</param>
/// <param name="CountsOpened">Whether opened composers are in it.</param>
public sealed record MediaValue(string Currency, decimal Value, int Unpriced, bool CountsOpened);

/// <summary>What a company says a click is worth.</summary>
public sealed class ClickPrices
{
    private readonly ILookup<string, ClickCost> byCurrency;

    /// <param name="costs">Of one workspace.</param>
    public ClickPrices(IEnumerable<ClickCost> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        byCurrency = costs.ToLookup(cost => cost.Currency, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Currencies => [.. byCurrency.Select(currency => currency.Key).Order(StringComparer.Ordinal)];

    public static async Task<ClickPrices> ReadAsync(AdvocacyDb db, long workspaceId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new ClickPrices(await db.ClickCosts.AsNoTracking().Where(cost => cost.WorkspaceId == workspaceId).ToListAsync(cancellationToken));
    }

    /// <returns>Null: there is no cost in that currency, so nothing can be said.</returns>
    public MediaValue? Of(Ladder ladder, string currency)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        var costs = byCurrency[currency].ToDictionary(cost => cost.Network, StringComparer.Ordinal);
        if (costs.Count == 0)
        {
            return null;
        }

        var countsOpened = costs.Values.Any(cost => cost.CountsOpened);
        var (value, unpriced) = (0m, 0);
        foreach (var (network, count) in countsOpened ? ladder.ClicksByNetwork.Concat(ladder.OpenedByNetwork) : ladder.ClicksByNetwork)
        {
            if ((costs.GetValueOrDefault(network) ?? costs.GetValueOrDefault(ClickCost.AnyNetwork)) is { } cost)
            {
                value += count * cost.Cost;
            }
            else
            {
                unpriced += count;
            }
        }

        return new MediaValue(currency, value, unpriced, countsOpened);
    }

    /// <summary>In every currency there are costs in.</summary>
    public IReadOnlyList<MediaValue> All(Ladder ladder) => [.. Currencies.Select(currency => Of(ladder, currency)!)];
}
