using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Rewards;

/// <summary>
/// Rewards as CSV (RFC 4180, comma, CRLF, UTF-8), oldest first: <c>id</c>, <c>given_at</c> (ISO 8601, UTC), <c>platform</c>, <c>workspace</c>, <c>person</c> and
/// <c>given_by</c> (the platform's ids; empty for an erased person), <c>what</c>, <c>reason</c>, <c>amount</c>, <c>currency</c>, <c>budget_first_day</c>,
/// <c>budget_last_day</c>, <c>taken_back_at</c>, <c>taken_back_by</c>, <c>taken_back_reason</c>.
/// </summary>
public sealed class RewardsCsv(IDbContextFactory<AdvocacyDb> contexts)
{
    private const int Page = 1000;

    /// <returns>How many rewards were written.</returns>
    public async Task<int> WriteAsync(TextWriter to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        await CsvRow.WriteAsync(to,
        [
            "id", "given_at", "platform", "workspace", "person", "given_by", "what", "reason", "amount", "currency", "budget_first_day", "budget_last_day", "taken_back_at",
            "taken_back_by", "taken_back_reason",
        ]);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var workspaces = await db.Workspaces.AsNoTracking().ToDictionaryAsync(w => w.Id, cancellationToken);
        var budgets = await db.RewardBudgets.AsNoTracking().ToDictionaryAsync(b => b.Id, cancellationToken);
        var written = 0;
        for (long after = 0; ;)
        {
            var page = await db.Rewards.AsNoTracking().Where(r => r.Id > after).OrderBy(r => r.Id).Take(Page).ToListAsync(cancellationToken);
            if (page.Count == 0)
            {
                return written;
            }

            var ids = page.SelectMany(r => new[] { r.PersonId, r.GivenById, r.ReversedById ?? 0 }).Distinct().ToList();
            var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id) && !p.ExternalId.StartsWith(Person.ErasedPrefix)).ToDictionaryAsync(p => p.Id, p => p.ExternalId, cancellationToken);
            foreach (var reward in page)
            {
                var budget = reward.BudgetId is { } id ? budgets.GetValueOrDefault(id) : null;
                await CsvRow.WriteAsync(to,
                [
                    reward.Id.ToString(CultureInfo.InvariantCulture),
                    CsvRow.Time(reward.GivenAt),
                    workspaces.GetValueOrDefault(reward.WorkspaceId)?.Platform,
                    workspaces.GetValueOrDefault(reward.WorkspaceId)?.ExternalId,
                    people.GetValueOrDefault(reward.PersonId),
                    people.GetValueOrDefault(reward.GivenById),
                    reward.What,
                    reward.Reason,
                    reward.Currency is { } currency ? Money.Plain(reward.Amount, currency) : null,
                    reward.Currency,
                    budget?.FirstDay,
                    budget?.LastDay,
                    reward.ReversedAt is { } back ? CsvRow.Time(back) : null,
                    people.GetValueOrDefault(reward.ReversedById ?? 0),
                    reward.ReversedReason,
                ]);
            }

            written += page.Count;
            after = page[^1].Id;
        }
    }
}
