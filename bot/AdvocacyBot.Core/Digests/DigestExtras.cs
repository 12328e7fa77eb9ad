using System.Collections.Concurrent;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Reports;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Digests;

/// <summary>What a digest says beside the channel's own numbers.</summary>
/// <param name="Week">How much of the days was there to work in.</param>
/// <param name="WeekBefore">The same of the seven days before.</param>
/// <param name="Goals">The programme's, as far as everybody may read them.</param>
public sealed record DigestExtras(WorkWeek Week, WorkWeek WeekBefore, IReadOnlyList<GoalProgress> Goals)
{
    /// <summary>How many shares the whole programme came to in these days, where that is a round number it had not reached before; null: none.</summary>
    public int? ProgrammeShares { get; init; }
}

/// <summary>Reads what stands around a channel's numbers.</summary>
public sealed class ReadDigestExtras(AdvocacyDb db, Holidays holidays, DigestGoals goals, ProgrammeMilestones milestones)
{
    public async Task<DigestExtras> RunAsync(long workspaceId, DigestPeriod period, string timeZone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var calendar = await holidays.OfAsync(workspaceId, cancellationToken);
        var programmeZone = await db.Workspaces.AsNoTracking().Where(w => w.Id == workspaceId).Select(w => w.TimeZone).FirstAsync(cancellationToken);
        return new DigestExtras(
            calendar.Week(period.FirstDay, timeZone),
            calendar.Week(period.FirstDay.PlusDays(-DigestWeek.Length), timeZone),
            await goals.ReadAsync(workspaceId, now, cancellationToken))
        {
            ProgrammeShares = await milestones.ReadAsync(workspaceId, programmeZone, period.FirstDay, now, cancellationToken),
        };
    }
}

/// <summary>
/// The goals that a channel's digest shows. They are the whole programme's, so a programme of thousands of channels reads them once for all its digests of the same
/// minutes, and again as soon as a goal is changed.
/// </summary>
public sealed class DigestGoals(IDbContextFactory<AdvocacyDb> contexts, DayLadders days)
{
    private const int Shown = 3;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<long, Kept> kept = new();

    public async Task<IReadOnlyList<GoalProgress>> ReadAsync(long workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var set = await db.Goals.AsNoTracking().Where(g => g.WorkspaceId == workspaceId).OrderBy(g => g.Id).Select(g => new { g.Id, g.Version }).ToListAsync(cancellationToken);
        if (set.Count == 0)
        {
            return [];
        }

        var state = string.Join(',', set.Select(g => $"{g.Id}:{g.Version}"));
        if (kept.TryGetValue(workspaceId, out var last) && last.State == state && now - last.At is var age && age >= TimeSpan.Zero && age < Fresh)
        {
            return last.Goals;
        }

        var all = await new ReadGoals(db, new ReadLadder(db, days)).RunAsync(workspaceId, Roles.None, now, cancellationToken);
        IReadOnlyList<GoalProgress> goals = [.. all.Where(g => g.Elapsed < 1 && g.Pace is GoalPace.Reached or GoalPace.OnTrack or GoalPace.Behind).Take(Shown)];
        kept[workspaceId] = new Kept(state, now, goals);
        return goals;
    }

    private sealed record Kept(string State, DateTimeOffset At, IReadOnlyList<GoalProgress> Goals);
}
