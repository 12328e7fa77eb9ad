using System.Globalization;
using NodaTime;
using NodaTime.Calendars;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace AdvocacyBot.Core.Digests;

/// <summary>When a channel wants its digest.</summary>
/// <param name="TimeZone">IANA id; one that is not known counts as UTC.</param>
/// <param name="Day">Null: Sunday in Israel, Monday elsewhere.</param>
/// <param name="Hour">Local hour, 0 to 23.</param>
public sealed record DigestSchedule(string TimeZone, DayOfWeek? Day, int Hour);

/// <summary>The days a digest speaks of.</summary>
/// <param name="FirstDay">In the channel's zone.</param>
/// <param name="Days">Seven, or fewer while the week is running.</param>
/// <param name="BeforeStart">Where the seven days before it start: what the rate is compared with.</param>
/// <param name="Start">Local midnight that begins <paramref name="FirstDay"/>.</param>
/// <param name="End">Exclusive: local midnight seven days on, or the present while the week is running.</param>
/// <param name="Complete">All seven days are over.</param>
public sealed record DigestPeriod(LocalDate FirstDay, int Days, DateTimeOffset BeforeStart, DateTimeOffset Start, DateTimeOffset End, bool Complete)
{
    public LocalDate LastDay => FirstDay.PlusDays(Days - 1);
}

/// <summary>A digest that has fallen due.</summary>
/// <param name="Date">The local day it is due on.</param>
/// <param name="At">The instant.</param>
public sealed record DigestDue(LocalDate Date, Instant At)
{
    /// <summary>ISO 8601 week of the due day, e.g. <c>2026-W48</c>: what makes a digest the only one of its week.</summary>
    public string IsoWeek => DigestWeek.IsoWeek(Date);

    /// <summary>The first of the seven days it speaks of: the due day itself is not among them.</summary>
    public LocalDate FirstDay => Date.PlusDays(-DigestWeek.Length);
}

/// <summary>Weeks of digests, by the clocks of the channels' own zones.</summary>
public static class DigestWeek
{
    internal const int Length = 7;

    /// <summary>A digest that could not be sent for so long is old news and is not sent.</summary>
    public static readonly Duration Patience = Duration.FromDays(3);

    /// <summary>The zone of an IANA id; UTC where the id is not known.</summary>
    public static DateTimeZone Zone(string id, out bool known)
    {
        var zone = string.IsNullOrEmpty(id) ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        known = zone is not null;
        return zone ?? DateTimeZone.Utc;
    }

    /// <summary>The last digest that was due at or before <paramref name="now"/>.</summary>
    public static DigestDue Latest(DigestSchedule schedule, Instant now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var zone = Zone(schedule.TimeZone, out _);

        // From a day that is surely ahead: where clocks go back over midnight, the date of the present is not the last date that began.
        var date = now.InZone(zone).Date.PlusDays(2).Previous(Day(schedule));
        while (DueAt(zone, date, schedule.Hour) > now)
        {
            date = date.PlusDays(-Length);
        }

        return new DigestDue(date, DueAt(zone, date, schedule.Hour));
    }

    /// <summary>When the digest of a due day falls due: an hour that clocks skip moves forward with them, of a repeated hour the first counts.</summary>
    public static Instant DueAt(DateTimeZone zone, LocalDate date, int hour)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return zone.ResolveLocal(date.At(new LocalTime(Math.Clamp(hour, 0, 23), 0)), Resolvers.LenientResolver).ToInstant();
    }

    /// <summary>When the digest that speaks of the seven days from <paramref name="firstDay"/> falls due.</summary>
    public static Instant DueAt(DigestSchedule schedule, LocalDate firstDay)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return DueAt(Zone(schedule.TimeZone, out _), firstDay.PlusDays(Length), schedule.Hour);
    }

    /// <summary>The seven local days from <paramref name="firstDay"/>, as far as they are over.</summary>
    public static DigestPeriod Period(string timeZone, LocalDate firstDay, Instant now)
    {
        var zone = Zone(timeZone, out _);
        var start = Midnight(zone, firstDay);
        var end = Midnight(zone, firstDay.PlusDays(Length));
        var complete = end <= now;
        var shownEnd = complete ? end : Instant.Max(start, now);
        var days = complete ? Length : Math.Clamp(NodaTime.Period.DaysBetween(firstDay, now.InZone(zone).Date) + 1, 1, Length);
        return new DigestPeriod(
            firstDay, days, Midnight(zone, firstDay.PlusDays(-Length)).ToDateTimeOffset(), start.ToDateTimeOffset(), shownEnd.ToDateTimeOffset(), complete);
    }

    /// <summary>As <see cref="Data.Delivery.Period"/> keeps it: <c>yyyy-MM-dd</c>.</summary>
    public static string PeriodKey(LocalDate firstDay) => firstDay.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads <see cref="PeriodKey"/>.</summary>
    /// <returns>Null for text of another form.</returns>
    public static LocalDate? FirstDay(string? periodKey) =>
        DateOnly.TryParseExact(periodKey, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToLocalDate() : null;

    /// <summary>ISO 8601 week: <c>2026-W48</c>; the year is the week's, which differs from the day's around New Year.</summary>
    public static string IsoWeek(LocalDate date) => string.Create(
        CultureInfo.InvariantCulture, $"{WeekYearRules.Iso.GetWeekYear(date):0000}-W{WeekYearRules.Iso.GetWeekOfWeekYear(date):00}");

    /// <summary>Sunday in Israel, Monday elsewhere.</summary>
    internal static IsoDayOfWeek FirstDayOfWeek(string timeZone) =>
        timeZone is "Asia/Jerusalem" or "Asia/Tel_Aviv" or "Israel" ? IsoDayOfWeek.Sunday : IsoDayOfWeek.Monday;

    private static IsoDayOfWeek Day(DigestSchedule schedule) => schedule.Day?.ToIsoDayOfWeek() ?? FirstDayOfWeek(schedule.TimeZone);

    /// <summary>The first instant of a day; of a day that a zone left out (Apia, 30 December 2011), the first instant after it.</summary>
    internal static Instant Midnight(DateTimeZone zone, LocalDate date)
    {
        var mapping = zone.MapLocal(date.AtMidnight());
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }
}
