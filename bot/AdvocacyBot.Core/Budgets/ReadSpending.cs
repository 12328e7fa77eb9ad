using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Budgets;

/// <summary>What was spent on something in one currency; in its smallest unit.</summary>
public sealed record SpentOn(string Currency, long Amount);

/// <summary>Reads what was spent, for owner and comms alone.</summary>
public sealed class ReadSpending(AdvocacyDb db)
{
    /// <summary>On one campaign, by currency, without what was taken back.</summary>
    public async Task<IReadOnlyList<SpentOn>> OfCampaignAsync(long campaignId, CancellationToken cancellationToken)
    {
        var sums = await db.Spending.AsNoTracking().Where(s => s.CampaignId == campaignId && s.ReversedAt == null)
            .GroupBy(s => s.Currency).Select(g => new { g.Key, Sum = g.Sum(s => s.Amount) }).ToListAsync(cancellationToken);
        return [.. sums.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new SpentOn(s.Key, s.Sum))];
    }
}
