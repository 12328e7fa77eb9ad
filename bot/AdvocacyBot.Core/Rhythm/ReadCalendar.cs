using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Rewards;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>A campaign on one day, in the channels where it starts at that hour.</summary>
/// <param name="CampaignId">The campaign; for a day to come of a recurrence, the one whose words it takes.</param>
/// <param name="At">Wall clock of the channels.</param>
/// <param name="Channels">Names.</param>
/// <param name="Direct">It goes to people by direct message, too or only.</param>
/// <param name="State">Null: not made yet, a recurrence will.</param>
public sealed record CalendarEntry(long CampaignId, string Title, LocalDateTime At, IReadOnlyList<string> Channels, bool Direct, CampaignState? State);

/// <summary>What was handed out in one week and one currency, without what was taken back.</summary>
/// <param name="Amount">In the currency's smallest unit.</param>
public sealed record WeekSpending(LocalDate FirstDay, string Currency, long Amount, int Rewards);

/// <param name="FirstDay">Of the first week shown.</param>
/// <param name="Entries">In order of time.</param>
/// <param name="Undated">Drafts that have no day yet.</param>
/// <param name="Waiting">Suggestions in the queue.</param>
/// <param name="Budgets">Those that run in the weeks shown, in order of time.</param>
/// <param name="Spent">By week, where anything was.</param>
public sealed record CalendarPage(
    LocalDate FirstDay, int Weeks, IReadOnlyList<CalendarEntry> Entries, int Undated, int Waiting, IReadOnlyList<BudgetStanding> Budgets, IReadOnlyList<WeekSpending> Spent);

/// <summary>What was, is and will be posted, week by week.</summary>
public sealed class ReadCalendar(AdvocacyDb db, ReadBudgets budgets)
{
    /// <param name="firstDay">First day shown.</param>
    /// <param name="weeks">How many weeks.</param>
    public async Task<CalendarPage> RunAsync(LocalDate firstDay, int weeks, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var end = firstDay.PlusWeeks(weeks);

        // Clocks differ by a day at most: what is too much is left out by its local day.
        var (since, to) = (At(firstDay.PlusDays(-1)), At(end.PlusDays(1)));
        var prompts = await (
            from prompt in db.Prompts.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on prompt.CampaignId equals campaign.Id
            join channel in db.Conversations.AsNoTracking() on prompt.ConversationId equals channel.Id
            where campaign.WorkspaceId == turn.Workspace.Id && campaign.State != CampaignState.Draft
                && (prompt.PostedAt ?? prompt.StartsAt) >= since && (prompt.PostedAt ?? prompt.StartsAt) < to
                && (prompt.PostedAt != null || (prompt.EndedAt == null && campaign.State != CampaignState.Closed))
            select new { campaign.Id, campaign.Title, campaign.State, At = prompt.PostedAt ?? prompt.StartsAt, channel.Name, prompt.Direct, Zone = channel.TimeZone }).ToListAsync(cancellationToken);
        var entries = prompts
            .Select(p => (p.Id, p.Title, p.State, p.Name, p.Direct, At: Minute(CampaignTimes.Local(p.At, p.Zone ?? turn.Workspace.TimeZone))))
            .GroupBy(p => (p.Id, p.At))
            .Select(g => new CalendarEntry(g.Key.Id, g.First().Title, g.Key.At, [.. g.Where(p => !p.Direct).Select(p => p.Name).Order(StringComparer.Ordinal)], g.Any(p => p.Direct), g.First().State))
            .Concat(await ComingAsync(end, turn, cancellationToken))
            .Concat(await DraftsAsync(turn, cancellationToken))
            .Where(e => e.At.Date >= firstDay && e.At.Date < end)
            .OrderBy(e => e.At).ThenBy(e => e.CampaignId).ToList();
        return new CalendarPage(
            firstDay,
            weeks,
            entries,
            await db.Campaigns.CountAsync(c => c.WorkspaceId == turn.Workspace.Id && c.State == CampaignState.Draft && c.LocalStart == null, cancellationToken),
            await db.Suggestions.CountAsync(s => s.WorkspaceId == turn.Workspace.Id && s.State == SuggestionState.Waiting, cancellationToken),
            [.. (await budgets.RunAsync(turn.Workspace.Id, cancellationToken)).Where(b => b.FirstDay < end && b.LastDay >= firstDay).OrderBy(b => b.FirstDay).ThenBy(b => b.Currency, StringComparer.Ordinal)],
            await SpentAsync(firstDay, weeks, turn, cancellationToken));

        DateTimeOffset At(LocalDate date) => date.AtStartOfDayInZone(CampaignTimes.Zone(turn.Workspace.TimeZone)).ToDateTimeOffset();
    }

    /// <summary>Days of recurrences for which no campaign has been made yet, from today on.</summary>
    public async Task<IReadOnlyList<CalendarEntry>> ComingAsync(LocalDate end, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return await ComingAsync(turn.Workspace.Id, turn.Workspace.TimeZone, turn.Now, end, cancellationToken);
    }

    /// <inheritdoc cref="ComingAsync(LocalDate, TurnContext, CancellationToken)"/>
    public async Task<IReadOnlyList<CalendarEntry>> ComingAsync(long workspaceId, string timeZone, DateTimeOffset now, LocalDate end, CancellationToken cancellationToken)
    {
        var rows = await (
            from recurrence in db.Recurrences.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on recurrence.CampaignId equals campaign.Id
            where recurrence.WorkspaceId == workspaceId && recurrence.StoppedAt == null
            select new { recurrence, campaign.Title, campaign.Audience }).ToListAsync(cancellationToken);
        var campaigns = rows.ConvertAll(row => row.recurrence.CampaignId);
        var channels = (await (
            from prompt in db.Prompts.AsNoTracking()
            join channel in db.Conversations.AsNoTracking() on prompt.ConversationId equals channel.Id
            where campaigns.Contains(prompt.CampaignId) && channel.RemovedAt == null && !prompt.Direct
            orderby channel.Name
            select new { prompt.CampaignId, channel.Name }).ToListAsync(cancellationToken)).ToLookup(x => x.CampaignId, x => x.Name);
        var clock = CampaignTimes.Local(now, timeZone);
        return
        [
            .. from row in rows
               let direct = Audience.Parse(row.Audience) is { By: AudienceBy.Direct }
               where direct || channels.Contains(row.recurrence.CampaignId)
               from day in RecurrenceWords.Coming(row.recurrence, clock).TakeWhile(day => day < end)
               where !RecurrenceWords.IsDone(row.recurrence, day) && !row.recurrence.SkippedDays.Contains(RecurrenceRule.Text(day))
               select new CalendarEntry(row.recurrence.CampaignId, row.Title, Time(day, row.recurrence.LocalTime), [.. channels[row.recurrence.CampaignId]], direct, null),
        ];
    }

    private async Task<IReadOnlyList<CalendarEntry>> DraftsAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var drafts = await db.Campaigns.AsNoTracking().Where(c => c.WorkspaceId == turn.Workspace.Id && c.State == CampaignState.Draft && c.LocalStart != null)
            .Select(c => new { c.Id, c.Title, c.LocalStart }).ToListAsync(cancellationToken);
        return [.. drafts.Select(c => new CalendarEntry(c.Id, c.Title, Parsed(c.LocalStart!), [], false, CampaignState.Draft))];
    }

    /// <summary>Rewards by the workspace's clock, as budgets are.</summary>
    private async Task<IReadOnlyList<WeekSpending>> SpentAsync(LocalDate firstDay, int weeks, TurnContext turn, CancellationToken cancellationToken)
    {
        var zone = CampaignTimes.Zone(turn.Workspace.TimeZone);
        var (since, to) = (firstDay.AtStartOfDayInZone(zone).ToDateTimeOffset(), firstDay.PlusWeeks(weeks).AtStartOfDayInZone(zone).ToDateTimeOffset());
        var given = await db.Rewards.AsNoTracking()
            .Where(r => r.WorkspaceId == turn.Workspace.Id && r.Currency != null && r.ReversedAt == null && r.GivenAt >= since && r.GivenAt < to)
            .Select(r => new { r.Currency, r.Amount, r.GivenAt }).ToListAsync(cancellationToken);
        return
        [
            .. given.GroupBy(r => (Week: Period.Between(firstDay, CampaignTimes.Local(r.GivenAt, turn.Workspace.TimeZone).Date, PeriodUnits.Weeks).Weeks, Currency: r.Currency!))
                .OrderBy(g => g.Key.Week).ThenBy(g => g.Key.Currency, StringComparer.Ordinal)
                .Select(g => new WeekSpending(firstDay.PlusWeeks(g.Key.Week), g.Key.Currency, g.Sum(r => r.Amount), g.Count())),
        ];
    }

    private static LocalDateTime Parsed(string local) => Time(RecurrenceRule.Date(local[..10])!.Value, local[^5..]);

    private static LocalDateTime Time(LocalDate day, string time) => day.At(NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value);

    private static LocalDateTime Minute(LocalDateTime at) => at.With(TimeAdjusters.TruncateToMinute);
}
