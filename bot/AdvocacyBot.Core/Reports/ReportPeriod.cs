using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Reports.RollUp;
using NodaTime;

namespace AdvocacyBot.Core.Reports;

/// <summary>The weeks a report speaks of, in the workspace's time zone; the last one is the running week.</summary>
/// <param name="Weeks">One of <see cref="Choices"/>.</param>
/// <param name="First">First day of the first week.</param>
/// <param name="Today">The last day.</param>
/// <param name="TimeZone">IANA id.</param>
public sealed record ReportPeriod(int Weeks, LocalDate First, LocalDate Today, string TimeZone)
{
    public const int Default = 13;

    private const int DaysOfWeek = 7;

    /// <summary>A month, a quarter, half a year, a year.</summary>
    public static readonly IReadOnlyList<int> Choices = [4, 13, 26, 52];

    /// <summary>First days of the weeks, in order.</summary>
    public IEnumerable<LocalDate> WeekStarts => Enumerable.Range(0, Weeks).Select(week => First.PlusDays(week * DaysOfWeek));

    /// <summary>Where the period begins.</summary>
    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeMilliseconds(new LocalDays(TimeZone).Start(FirstDay));

    /// <summary>Where today ends.</summary>
    public DateTimeOffset End => DateTimeOffset.FromUnixTimeMilliseconds(new LocalDays(TimeZone).Start(LastDay + 1));

    internal int FirstDay => LocalDays.Number(First);

    internal int LastDay => LocalDays.Number(Today);

    /// <summary>The period that ends now. Weeks begin on Sunday in Israel, on Monday elsewhere, as digests do.</summary>
    /// <param name="weeks">Anything that is not a choice counts as <see cref="Default"/>.</param>
    /// <param name="timeZone">The workspace's.</param>
    /// <param name="now">The present.</param>
    public static ReportPeriod Of(int weeks, string timeZone, DateTimeOffset now)
    {
        var count = Choices.Contains(weeks) ? weeks : Default;
        var today = LocalDays.Date(new LocalDays(timeZone).Of(now.ToUnixTimeMilliseconds()));
        var begins = DigestWeek.FirstDayOfWeek(timeZone);
        var week = today.DayOfWeek == begins ? today : today.Previous(begins);
        return new ReportPeriod(count, week.PlusDays(-(count - 1) * DaysOfWeek), today, timeZone);
    }
}
