using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Core.Rewards;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Participation in one week of a month.</summary>
/// <param name="FirstDay">The week's days that are in the month begin here.</param>
/// <param name="LastDay">Included.</param>
/// <param name="Rate">Null where nobody could see a campaign, or too few for a number.</param>
public sealed record MonthWeek(LocalDate FirstDay, LocalDate LastDay, DigestRate? Rate);

/// <summary>What a programme's month came to.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Now">The month's facts.</param>
/// <param name="Before">Those of the month before.</param>
/// <param name="Weeks">In order.</param>
/// <param name="Published">Campaigns published in it.</param>
/// <param name="MadeIt">Campaigns among them that somebody suggested.</param>
/// <param name="Best">The campaign that most people took up, where it is not of a small group.</param>
/// <param name="Holidays">Working days that were holidays.</param>
/// <param name="Goals">As far as the reader may see them.</param>
/// <param name="Budgets">That run in it; empty for readers who do not look after money.</param>
/// <param name="Coming">Titles of campaigns that are scheduled.</param>
public sealed record MonthNumbers(
    LocalDate Month,
    Ladder Now,
    Ladder Before,
    IReadOnlyList<MonthWeek> Weeks,
    int Published,
    int MadeIt,
    string? Best,
    int Holidays,
    IReadOnlyList<GoalProgress> Goals,
    IReadOnlyList<BudgetStanding> Budgets,
    IReadOnlyList<string> Coming);

/// <summary>Reads a month of the whole programme.</summary>
public sealed class ReadMonth(AdvocacyDb db, ReadLadder ladders, ReadGoals goals, ReadBudgets budgets, Holidays holidays)
{
    private const Roles Money = Roles.Owner | Roles.Comms;

    /// <param name="workspaceId">Whose.</param>
    /// <param name="month">Its first day.</param>
    /// <param name="roles">Of who reads it.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<MonthNumbers> RunAsync(long workspaceId, LocalDate month, Roles roles, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var timeZone = await db.Workspaces.AsNoTracking().Where(w => w.Id == workspaceId).Select(w => w.TimeZone).FirstAsync(cancellationToken);
        var zone = DigestWeek.Zone(timeZone, out _);
        var calendar = await holidays.OfAsync(workspaceId, cancellationToken);
        var (start, end) = (Start(month), Start(month.PlusMonths(1)));
        var times = new List<(LocalDate First, LocalDate Next)>();
        for (var day = month; day < month.PlusMonths(1); day = times[^1].Next)
        {
            times.Add((day, LocalDate.Min(WorkCalendar.WeekOf(day, timeZone).PlusDays(7), month.PlusMonths(1))));
        }

        var (whole, before) = (new LadderScope(workspaceId, null, start, end), new LadderScope(workspaceId, null, Start(month.PlusMonths(-1)), start));
        var wanted = times.Select(t => Week(t)).ToDictionary(scope => scope, _ => LadderParts.None);
        (wanted[whole], wanted[before]) = (LadderParts.All, LadderParts.All);
        var read = await ladders.RunAsync(workspaceId, timeZone, wanted, now, cancellationToken);
        var weeks = times.ConvertAll(t => new MonthWeek(
            t.First, t.Next.PlusDays(-1), read[Week(t)] is { SmallGroup: false } week ? new DigestRate(week.Active, week.CouldSee) : null));
        var published = await db.Campaigns.AsNoTracking().Where(c => c.WorkspaceId == workspaceId && c.PublishedAt >= start && c.PublishedAt < end)
            .Select(c => c.SuggestionId).ToListAsync(cancellationToken);
        return new MonthNumbers(
            month,
            read[whole],
            read[before],
            weeks,
            published.Count,
            published.Count(suggestion => suggestion is not null),
            await BestAsync(workspaceId, start, end, cancellationToken),
            Enumerable.Range(0, Period.DaysBetween(month, month.PlusMonths(1))).Select(month.PlusDays)
                .Count(day => !WorkCalendar.IsWeekend(day, timeZone) && calendar.IsHoliday(day, timeZone)),
            [.. (await goals.RunAsync(workspaceId, roles, now, cancellationToken)).Where(g => g.Elapsed < 1 && g.Pace != GoalPace.NotStarted)],
            (roles & Money) == Roles.None ? [] : [.. (await budgets.RunAsync(workspaceId, cancellationToken)).Where(b => b.FirstDay < month.PlusMonths(1) && b.LastDay >= month)],
            await db.Campaigns.AsNoTracking().Where(c => c.WorkspaceId == workspaceId && c.State == CampaignState.Scheduled)
                .OrderBy(c => c.LocalStart).ThenBy(c => c.Id).Select(c => c.Title).Take(3).ToListAsync(cancellationToken));

        LadderScope Week((LocalDate First, LocalDate Next) time) => new(workspaceId, null, Start(time.First), Start(time.Next));
        DateTimeOffset Start(LocalDate day) => day.AtStartOfDayInZone(zone).ToDateTimeOffset();
    }

    /// <summary>By different people who shared it; of fewer than five nothing is told.</summary>
    private async Task<string?> BestAsync(long workspaceId, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var standing = await (
            from channel in db.Conversations.AsNoTracking()
            join e in db.Ledger.AsNoTracking() on channel.Id equals e.ConversationId
            where channel.WorkspaceId == workspaceId && e.At >= start && e.At < end
                && (e.Kind == LedgerKind.Opened || e.Kind == LedgerKind.Said || e.Kind == LedgerKind.Posted)
            group e by new { e.Kind, e.CampaignId, e.PersonId } into g
            where g.Sum(e => e.Amount) > 0
            select new { g.Key.CampaignId, g.Key.PersonId }).ToListAsync(cancellationToken);
        var best = standing.Distinct().CountBy(s => s.CampaignId).Where(c => c.Value >= Ladder.SmallestGroup).OrderByDescending(c => c.Value).ThenByDescending(c => c.Key).FirstOrDefault();
        return best.Value == 0 ? null : await db.Campaigns.AsNoTracking().Where(c => c.Id == best.Key).Select(c => c.Title).FirstOrDefaultAsync(cancellationToken);
    }
}
