using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Rewards;

/// <summary>A budget and what is left of it; amounts in the currency's smallest unit.</summary>
/// <param name="Id">Of the budget.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="FirstDay">By the workspace's clock.</param>
/// <param name="LastDay">Included.</param>
/// <param name="Amount">What is planned to be spent.</param>
/// <param name="OnRewards">What was spent on rewards, without those that were taken back.</param>
/// <param name="Rewards">How many rewards that is.</param>
/// <param name="OnOthers">What was spent on the programme and its campaigns otherwise, as comms recorded it.</param>
/// <param name="Others">How many records that is.</param>
public sealed record BudgetStanding(long Id, string Currency, LocalDate FirstDay, LocalDate LastDay, long Amount, long OnRewards, int Rewards, long OnOthers, int Others)
{
    public long Spent => OnRewards + OnOthers;

    /// <summary>Below 0 where more was spent than planned.</summary>
    public long Left => Amount - Spent;

    public bool Runs(LocalDate day) => day >= FirstDay && day <= LastDay;
}

/// <summary>Reads the programme's budgets, for owner and comms alone.</summary>
public sealed class ReadBudgets(AdvocacyDb db)
{
    /// <summary>All budgets of a workspace, the latest first.</summary>
    public async Task<IReadOnlyList<BudgetStanding>> RunAsync(long workspaceId, CancellationToken cancellationToken)
    {
        var budgets = await db.RewardBudgets.AsNoTracking().Where(b => b.WorkspaceId == workspaceId).ToListAsync(cancellationToken);
        var rewards = await db.Rewards.AsNoTracking().Where(r => r.WorkspaceId == workspaceId && r.BudgetId != null && r.ReversedAt == null)
            .GroupBy(r => r.BudgetId!.Value).Select(g => new { Id = g.Key, Sum = g.Sum(r => r.Amount), Count = g.Count() })
            .ToDictionaryAsync(g => g.Id, cancellationToken);
        var others = await db.Spending.AsNoTracking().Where(s => s.WorkspaceId == workspaceId && s.ReversedAt == null)
            .GroupBy(s => s.BudgetId).Select(g => new { Id = g.Key, Sum = g.Sum(s => s.Amount), Count = g.Count() })
            .ToDictionaryAsync(g => g.Id, cancellationToken);
        return
        [
            .. budgets.Select(b => new BudgetStanding(
                    b.Id, b.Currency, DigestWeek.FirstDay(b.FirstDay)!.Value, DigestWeek.FirstDay(b.LastDay)!.Value, b.Amount,
                    rewards.GetValueOrDefault(b.Id)?.Sum ?? 0, rewards.GetValueOrDefault(b.Id)?.Count ?? 0, others.GetValueOrDefault(b.Id)?.Sum ?? 0, others.GetValueOrDefault(b.Id)?.Count ?? 0))
                .OrderByDescending(b => b.LastDay).ThenBy(b => b.Currency, StringComparer.Ordinal),
        ];
    }

    /// <summary>The day it is by a workspace's clock.</summary>
    /// <param name="timeZone">IANA id.</param>
    /// <param name="now">The present.</param>
    public static LocalDate Today(string timeZone, DateTimeOffset now) => Instant.FromDateTimeOffset(now).InZone(DigestWeek.Zone(timeZone, out _)).Date;
}
