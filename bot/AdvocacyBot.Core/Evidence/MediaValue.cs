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
        return Of(ladder.ClicksByNetwork, ladder.OpenedByNetwork, currency);
    }

    /// <param name="clicks">Visits by network.</param>
    /// <param name="opened">Composers opened by network.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <returns>Null: there is no cost in that currency, so nothing can be said.</returns>
    public MediaValue? Of(IReadOnlyDictionary<string, int> clicks, IReadOnlyDictionary<string, int> opened, string currency)
    {
        ArgumentNullException.ThrowIfNull(clicks);
        ArgumentNullException.ThrowIfNull(opened);
        var costs = byCurrency[currency].ToDictionary(cost => cost.Network, StringComparer.Ordinal);
        if (costs.Count == 0)
        {
            return null;
        }

        var countsOpened = CountsOpened(currency);
        var (value, unpriced) = (0m, 0);
        foreach (var (network, count) in countsOpened ? clicks.Concat(opened) : clicks)
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

    /// <summary>Whether opened composers are worth something in a currency.</summary>
    public bool CountsOpened(string currency) => byCurrency[currency].Any(cost => cost.CountsOpened);

    /// <summary>In every currency there are costs in.</summary>
    public IReadOnlyList<MediaValue> All(IReadOnlyDictionary<string, int> clicks, IReadOnlyDictionary<string, int> opened) =>
        [.. Currencies.Select(currency => Of(clicks, opened, currency)!)];
}
