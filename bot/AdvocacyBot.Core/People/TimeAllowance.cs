using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.People;

/// <summary>The working time that people may officially spend on sharing, and the time they spent by our estimate.</summary>
public sealed class TimeAllowance(AdvocacyDb db, IOptions<ProgrammeOptions> settings)
{
    /// <summary>A working week.</summary>
    public const int Most = 2400;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <returns>Minutes a week; 0: nothing is said about it.</returns>
    public async Task<int> OfAsync(long workspaceId, CancellationToken cancellationToken) =>
        await db.Workspaces.AsNoTracking().Where(w => w.Id == workspaceId).Select(w => w.MinutesPerWeek).FirstOrDefaultAsync(cancellationToken)
        ?? settings.Value.MinutesPerWeek;

    /// <summary>
    /// An estimate: the minutes that the campaigns say they take, for each that the person opened, said or posted in the last seven days.
    /// </summary>
    public async Task<int> SpentAsync(long personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Week;
        var campaigns = await db.Shares.AsNoTracking().Where(s => s.PersonId == personId).Select(s => s.CampaignId).ToListAsync(cancellationToken);
        var shared = await db.Ledger.AsNoTracking()
            .Where(e => campaigns.Contains(e.CampaignId) && e.PersonId == personId && e.At > since
                && (e.Kind == LedgerKind.Opened || e.Kind == LedgerKind.Said || e.Kind == LedgerKind.Posted))
            .GroupBy(e => new { e.CampaignId, e.Kind })
            .Select(g => new { g.Key.CampaignId, Sum = g.Sum(e => e.Amount) })
            .Where(g => g.Sum > 0)
            .Select(g => g.CampaignId)
            .Distinct()
            .ToListAsync(cancellationToken);
        return await db.Campaigns.AsNoTracking().Where(c => shared.Contains(c.Id)).SumAsync(c => c.Minutes, cancellationToken);
    }
}
