using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Core.Reports.RollUp;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace AdvocacyBot.Core.Goals;

/// <summary>Reads how goals stand. Who may see which: <see cref="GoalAudience"/>.</summary>
public sealed class ReadGoals(AdvocacyDb db, ReadLadder ladders)
{
    /// <summary>All goals of a workspace: those that run first, the next to end before the others; then those to come, then those that are over.</summary>
    /// <param name="workspaceId">Whose.</param>
    /// <param name="roles">Of the reader; <see cref="Roles.None"/> for what a whole channel reads.</param>
    /// <param name="now">Progress is told up to it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<GoalProgress>> RunAsync(long workspaceId, Roles roles, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var goals = (await db.Goals.AsNoTracking().Where(g => g.WorkspaceId == workspaceId).ToListAsync(cancellationToken)).FindAll(g => GoalAudience.MaySee(g.Kind, g.CampaignId, roles));
        if (goals.Count == 0)
        {
            return [];
        }

        var zone = await db.Workspaces.AsNoTracking().Where(w => w.Id == workspaceId).Select(w => w.TimeZone).FirstAsync(cancellationToken);
        var campaigns = goals.Select(g => g.CampaignId).OfType<long>().Distinct().ToList();
        var titles = await db.Campaigns.AsNoTracking().Where(c => campaigns.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Title, cancellationToken);
        var prices = await ClickPrices.ReadAsync(db, workspaceId, cancellationToken);
        var reported = await ReportedAsync(workspaceId, now, cancellationToken);

        // Goals of the same time and campaign share their reading. Today counts whole, as in the report: a platform's clock may be ahead of ours.
        var days = new LocalDays(zone);
        var tomorrow = DateTimeOffset.FromUnixTimeMilliseconds(days.Start(days.Of(now.ToUnixTimeMilliseconds()) + 1));
        var times = goals.ConvertAll(goal => (Goal: goal, Time: Time(goal, zone)));
        var scopes = times.Where(g => g.Time.Start < now).ToDictionary(
            g => g.Goal.Id, g => new LadderScope(workspaceId, g.Goal.CampaignId, g.Time.Start, g.Time.End < tomorrow ? g.Time.End : tomorrow));
        var wanted = goals.Where(goal => scopes.ContainsKey(goal.Id)).GroupBy(goal => scopes[goal.Id])
            .ToDictionary(same => same.Key, same => same.Aggregate(LadderParts.None, (parts, goal) => parts | Parts(goal, prices)));
        var read = await ladders.RunAsync(workspaceId, zone, wanted, now, cancellationToken);
        var all = times.ConvertAll(g => Progress(
            g.Goal,
            g.Goal.CampaignId is { } id ? titles.GetValueOrDefault(id) : null,
            g.Time.Start,
            g.Time.End,
            now,
            scopes.TryGetValue(g.Goal.Id, out var scope) ? read[scope] : null,
            prices,
            reported));
        return [.. all.OrderBy(g => g.Elapsed >= 1 ? 2 : g.Pace == GoalPace.NotStarted ? 1 : 0).ThenBy(g => g.EndsOn).ThenBy(g => g.GoalId)];
    }

    /// <summary>The instants between which a goal counts, the second exclusive.</summary>
    /// <param name="goal">With dates as they are stored.</param>
    /// <param name="timeZone">IANA id of the workspace.</param>
    public static (DateTimeOffset Start, DateTimeOffset End) Time(Goal goal, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(goal);
        var zone = CampaignTimes.Zone(timeZone);
        return (Date(goal.StartsOn).AtStartOfDayInZone(zone).ToDateTimeOffset(), Date(goal.EndsOn).PlusDays(1).AtStartOfDayInZone(zone).ToDateTimeOffset());
    }

    private static LadderParts Parts(Goal goal, ClickPrices prices) => goal.Kind switch
    {
        GoalKind.Opened => LadderParts.Opened,
        GoalKind.Said => LadderParts.Said,
        GoalKind.EarnedMediaValue when prices.CountsOpened(goal.Currency ?? "") => LadderParts.Opened,
        _ => LadderParts.None,
    };

    private static LocalDate Date(string stored) => LocalDatePattern.Iso.Parse(stored).Value;

    private static GoalProgress Progress(
        Goal goal, string? title, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now, Ladder? ladder, ClickPrices prices, bool reported)
    {
        var elapsed = GoalMeasure.Elapsed(start, end, now);
        var progress = new GoalProgress
        {
            GoalId = goal.Id,
            Kind = goal.Kind,
            CampaignId = goal.CampaignId,
            CampaignTitle = title,
            Target = goal.Target,
            Currency = goal.Currency,
            StartsOn = Date(goal.StartsOn),
            EndsOn = Date(goal.EndsOn),
            Elapsed = elapsed,
            Pace = GoalPace.NotStarted,
        };
        if (ladder is null)
        {
            return progress;
        }

        var (value, gap) = GoalMeasure.Value(goal, ladder, prices, reported);
        if (value is null)
        {
            return progress with { Pace = GoalPace.NotMeasurable, Gap = gap };
        }

        if (ladder.SmallGroup)
        {
            return progress with { Pace = GoalPace.TooFewPeople };
        }

        var expected = GoalMeasure.Expected(goal, start, end, now);
        return progress with { Value = value, Expected = expected, Pace = GoalMeasure.Pace(value.Value, goal.Target, expected, end <= now) };
    }

    /// <summary>Whether some system reports applicants and leads: a key works, or something was reported before.</summary>
    public async Task<bool> ReportedAsync(long workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.ConversionKeys.AnyAsync(k => k.WorkspaceId == workspaceId && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancellationToken)
        || await db.Conversions.AnyAsync(c => c.WorkspaceId == workspaceId, cancellationToken);
}

/// <summary>Who sees how which goal stands.</summary>
public static class GoalAudience
{
    /// <summary>
    /// Owners, comms, approvers and sponsors see all goals. Everybody sees the programme's own, but for money and for what becomes of applicants and leads.
    /// </summary>
    public static bool MaySee(GoalKind kind, long? campaignId, Roles roles) =>
        roles != Roles.None
        || (campaignId is null && kind is not (GoalKind.EarnedMediaValue or GoalKind.Applicants or GoalKind.Leads));
}
