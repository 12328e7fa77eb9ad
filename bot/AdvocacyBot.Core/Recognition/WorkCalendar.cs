using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>How much of a week was there to work in.</summary>
/// <param name="WorkingDays">Days that are no weekend where it was; holidays among them.</param>
/// <param name="Holidays">How many of the working days were holidays.</param>
public sealed record WorkWeek(int WorkingDays, int Holidays)
{
    public static readonly WorkWeek Usual = new(5, 0);

    /// <summary>Nothing was possible: every working day was a holiday.</summary>
    public bool Free => WorkingDays > 0 && Holidays >= WorkingDays;

    /// <summary>Some of it was a holiday.</summary>
    public bool HasHolidays => Holidays > 0;
}

/// <summary>Working days, weekends and holidays.</summary>
public sealed class WorkCalendar(IReadOnlyList<HolidayRange> holidays)
{
    public static readonly WorkCalendar WithoutHolidays = new([]);

    /// <summary>Zones whose weekend is Friday and Saturday; elsewhere it is Saturday and Sunday.</summary>
    private static readonly HashSet<string> FridayAndSaturday = new(StringComparer.OrdinalIgnoreCase)
    {
        "Asia/Jerusalem", "Asia/Tel_Aviv", "Israel", "Asia/Riyadh", "Asia/Kuwait", "Asia/Qatar", "Asia/Bahrain", "Asia/Amman", "Asia/Baghdad", "Asia/Muscat", "Africa/Cairo",
        "Africa/Algiers", "Asia/Dhaka",
    };

    public bool IsHoliday(LocalDate day, string zone) => holidays.Any(range => range.Contains(day, zone));

    public static bool IsWeekend(LocalDate day, string zone) => day.DayOfWeek == IsoDayOfWeek.Saturday
        || day.DayOfWeek == (FridayAndSaturday.Contains(zone) ? IsoDayOfWeek.Friday : IsoDayOfWeek.Sunday);

    /// <summary>The first day of the week that a day is in: Sunday in Israel and where Friday is free, Monday elsewhere.</summary>
    public static LocalDate WeekOf(LocalDate day, string zone)
    {
        var first = FridayAndSaturday.Contains(zone) ? IsoDayOfWeek.Sunday : IsoDayOfWeek.Monday;
        return day.DayOfWeek == first ? day : day.Previous(first);
    }

    /// <summary>The seven days from <paramref name="firstDay"/>.</summary>
    public WorkWeek Week(LocalDate firstDay, string zone)
    {
        var working = Enumerable.Range(0, 7).Select(firstDay.PlusDays).Where(day => !IsWeekend(day, zone)).ToList();
        return new WorkWeek(working.Count, working.Count(day => IsHoliday(day, zone)));
    }
}
