using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Weeks in a row with something done in them.</summary>
/// <param name="Current">The row that is not broken yet.</param>
/// <param name="Longest">The longest there was.</param>
/// <param name="Steps">The first day of the week in which a row first had 1, 2, 3… weeks.</param>
public sealed record Streak(int Current, int Longest, IReadOnlyList<LocalDate> Steps)
{
    public static readonly Streak None = new(0, 0, []);

    /// <summary>
    /// A week counts in which the person took part. One in which they did not breaks the row, unless it is forgiven: then it neither counts nor breaks. The week
    /// that is running breaks nothing.
    /// </summary>
    /// <param name="acted">First days of weeks with something done in them.</param>
    /// <param name="forgiven">Whether a week is forgiven.</param>
    /// <param name="thisWeek">First day of the week that is running.</param>
    public static Streak Of(IReadOnlySet<LocalDate> acted, Func<LocalDate, bool> forgiven, LocalDate thisWeek)
    {
        ArgumentNullException.ThrowIfNull(acted);
        ArgumentNullException.ThrowIfNull(forgiven);
        var (current, steps) = (0, new List<LocalDate>());
        if (acted.Count > 0)
        {
            for (var week = acted.Min(); week <= thisWeek; week = week.PlusDays(7))
            {
                if (acted.Contains(week))
                {
                    current++;
                    if (current > steps.Count)
                    {
                        steps.Add(week);
                    }
                }
                else if (week != thisWeek && !forgiven(week))
                {
                    current = 0;
                }
            }
        }

        return new Streak(current, steps.Count, steps);
    }

    /// <summary>
    /// A person's streak. Forgiven are weeks with a holiday in them, weeks with a day of the person's pause, and weeks in which there was nothing to share in
    /// any of their channels.
    /// </summary>
    public static Streak Of(PersonHistory history, WorkCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(calendar);
        var acted = history.Deeds.Select(deed => WorkCalendar.WeekOf(history.DayOf(deed.At), history.Zone)).ToHashSet();
        return Of(acted, Forgiven, WorkCalendar.WeekOf(history.DayOf(now), history.Zone));

        bool Forgiven(LocalDate week)
        {
            var (start, end) = (Start(week), Start(week.PlusDays(7)));
            return calendar.Week(week, history.Zone).HasHolidays
                || history.Rests.Any(rest => rest.First < week.PlusDays(7) && rest.Until > week)
                || !history.Live.Any(live => live.From < end && live.To > start);
        }

        DateTimeOffset Start(LocalDate day) => day.AtStartOfDayInZone(history.Clock).ToDateTimeOffset();
    }
}
