using AdvocacyBot.Core.Digests;
using NodaTime;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>The days of a time zone, numbered from 1 January 1970; a day lasts from its first instant to the next one's. Not for several threads.</summary>
/// <param name="timeZone">IANA id; one that is not known counts as UTC.</param>
internal sealed class LocalDays(string timeZone)
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    private readonly DateTimeZone zone = DigestWeek.Zone(timeZone, out _);
    private (int Day, long From, long To) last;

    public static LocalDate Date(int day) => Epoch.PlusDays(day);

    public static int Number(LocalDate date) => Period.DaysBetween(Epoch, date);

    /// <summary>The day of an instant, in unix milliseconds.</summary>
    public int Of(long at)
    {
        if (at >= last.From && at < last.To)
        {
            return last.Day;
        }

        var day = Number(Instant.FromUnixTimeMilliseconds(at).InZone(zone).Date);

        // Where clocks go back over midnight, the old date comes again after the new day has begun.
        while (Start(day + 1) <= at)
        {
            day++;
        }

        last = (day, Start(day), Start(day + 1));
        return day;
    }

    /// <summary>First instant of a day, in unix milliseconds.</summary>
    public long Start(int day) => DigestWeek.Midnight(zone, Date(day)).ToUnixTimeMilliseconds();
}
