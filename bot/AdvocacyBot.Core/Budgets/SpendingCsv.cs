using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Rewards;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Budgets;

/// <summary>
/// Spending as CSV (RFC 4180, comma, CRLF, UTF-8), oldest first: <c>id</c>, <c>spent_at</c> and <c>recorded_at</c> (ISO 8601, UTC), <c>platform</c>, <c>workspace</c>,
/// <c>recorded_by</c> (the platform's id; empty for an erased person), <c>what</c>, <c>campaign</c> (our id; empty for the programme), <c>amount</c>, <c>currency</c>,
/// <c>budget_first_day</c>, <c>budget_last_day</c>, <c>taken_back_at</c>, <c>taken_back_by</c>, <c>taken_back_reason</c>.
/// </summary>
public sealed class SpendingCsv(IDbContextFactory<AdvocacyDb> contexts)
{
    private const int Page = 1000;

    /// <returns>How many rows were written.</returns>
    public async Task<int> WriteAsync(TextWriter to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        await CsvRow.WriteAsync(to,
        [
            "id", "spent_at", "recorded_at", "platform", "workspace", "recorded_by", "what", "campaign", "amount", "currency", "budget_first_day", "budget_last_day",
            "taken_back_at", "taken_back_by", "taken_back_reason",
        ]);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var workspaces = await db.Workspaces.AsNoTracking().ToDictionaryAsync(w => w.Id, cancellationToken);
        var budgets = await db.RewardBudgets.AsNoTracking().ToDictionaryAsync(b => b.Id, cancellationToken);
        var written = 0;
        for (long after = 0; ;)
        {
            var page = await db.Spending.AsNoTracking().Where(s => s.Id > after).OrderBy(s => s.Id).Take(Page).ToListAsync(cancellationToken);
            if (page.Count == 0)
            {
                return written;
            }

            var ids = page.SelectMany(s => new[] { s.RecordedById, s.ReversedById ?? 0 }).Distinct().ToList();
            var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id) && !p.ExternalId.StartsWith(Person.ErasedPrefix)).ToDictionaryAsync(p => p.Id, p => p.ExternalId, cancellationToken);
            foreach (var spending in page)
            {
                var budget = budgets.GetValueOrDefault(spending.BudgetId);
                await CsvRow.WriteAsync(to,
                [
                    spending.Id.ToString(CultureInfo.InvariantCulture),
                    CsvRow.Time(spending.SpentAt),
                    CsvRow.Time(spending.RecordedAt),
                    workspaces.GetValueOrDefault(spending.WorkspaceId)?.Platform,
                    workspaces.GetValueOrDefault(spending.WorkspaceId)?.ExternalId,
                    people.GetValueOrDefault(spending.RecordedById),
                    spending.What,
                    spending.CampaignId?.ToString(CultureInfo.InvariantCulture),
                    Money.Plain(spending.Amount, spending.Currency),
                    spending.Currency,
                    budget?.FirstDay,
                    budget?.LastDay,
                    spending.ReversedAt is { } back ? CsvRow.Time(back) : null,
                    people.GetValueOrDefault(spending.ReversedById ?? 0),
                    spending.ReversedReason,
                ]);
            }

            written += page.Count;
            after = page[^1].Id;
        }
    }
}
