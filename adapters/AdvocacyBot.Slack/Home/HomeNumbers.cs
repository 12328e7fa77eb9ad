using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Slack.Home;

/// <summary>One rung of the evidence ladder, for one person.</summary>
internal sealed record HomeNumber(int Month, int All);

/// <summary>A person's own numbers: on how many of their shares a rung stands, and how many people came in.</summary>
internal sealed record HomeNumbers(HomeNumber Opened, HomeNumber Said, HomeNumber Posted, HomeNumber Clicked)
{
    /// <param name="db">Read only.</param>
    /// <param name="personId">Whose.</param>
    /// <param name="monthStart">First instant of the person's month.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public static async Task<HomeNumbers> ReadAsync(AdvocacyDb db, long personId, DateTimeOffset monthStart, CancellationToken cancellationToken)
    {
        var shares = await db.Shares.AsNoTracking().Where(s => s.PersonId == personId).Select(s => new { s.Id, s.ConversationId }).ToListAsync(cancellationToken);
        if (shares.Count == 0)
        {
            return new HomeNumbers(new(0, 0), new(0, 0), new(0, 0), new(0, 0));
        }

        var ids = shares.ConvertAll(s => (long?)s.Id);
        var channels = shares.Select(s => s.ConversationId).Distinct().ToList();

        // A reversal carries the time of what it takes back, so both sums are right by themselves.
        var rungs = await db.Ledger.AsNoTracking()
            .Where(e => channels.Contains(e.ConversationId) && e.PersonId == personId && ids.Contains(e.ShareId))
            .GroupBy(e => new { e.Kind, e.ShareId })
            .Select(g => new { g.Key.Kind, All = g.Sum(e => e.Amount), Month = g.Sum(e => e.At >= monthStart ? e.Amount : 0) })
            .ToListAsync(cancellationToken);
        var human = db.Clicks.AsNoTracking().Where(c => channels.Contains(c.ConversationId) && c.Class == (int)ClickClass.Human && ids.Contains(c.ShareId));
        var all = await human.CountAsync(cancellationToken);
        var month = all == 0 ? 0 : await human.CountAsync(c => c.At >= monthStart, cancellationToken);

        HomeNumber Count(LedgerKind kind) => new(rungs.Count(r => r.Kind == kind && r.Month > 0), rungs.Count(r => r.Kind == kind && r.All > 0));
        return new HomeNumbers(Count(LedgerKind.Opened), Count(LedgerKind.Said), Count(LedgerKind.Posted), new HomeNumber(month, all));
    }
}
