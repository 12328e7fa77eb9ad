using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>
/// On which days a campaign comes again. Days of the calendar, without zone: each channel begins when its own clock shows the time, so that a change of clocks moves
/// nothing.
/// </summary>
/// <param name="Every">From 1.</param>
/// <param name="Nth">For months: which such day of the month, 1 to 4, or 5 for the last.</param>
/// <param name="First">Nothing before it.</param>
/// <param name="Last">Nothing after it; null: open.</param>
/// <param name="Times">So many days at most; null: open.</param>
public sealed record RecurrenceRule(RecurrenceUnit Unit, int Every, IsoDayOfWeek Day, int Nth, LocalDate First, LocalDate? Last, int? Times)
{
    public const int LastOfMonth = 5;

    /// <summary>Calendars end; so do rules without an end.</summary>
    private const int LastYear = 9900;

    /// <summary>In order, each once; may be endless but for the calendar's own end.</summary>
    public IEnumerable<LocalDate> Dates() => All().TakeWhile(date => date.Year < LastYear && (Last is null || date <= Last)).Take(Times ?? int.MaxValue);

    public static RecurrenceRule Of(Recurrence recurrence)
    {
        ArgumentNullException.ThrowIfNull(recurrence);
        return new RecurrenceRule(
            recurrence.Unit, recurrence.Every, recurrence.Day.ToIsoDayOfWeek(), recurrence.Nth, Date(recurrence.FirstDay)!.Value, Date(recurrence.LastDay), recurrence.Times);
    }

    /// <summary>Reads <c>yyyy-MM-dd</c>; null where it is no day.</summary>
    public static LocalDate? Date(string? text) => text is not null && LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date) ? date : null;

    public static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);

    /// <summary>When a campaign of a day begins in a zone: an hour that a change of clocks skips moves forward, of an hour that comes twice the first counts.</summary>
    /// <param name="localTime"><c>HH:mm</c>.</param>
    /// <param name="zone">IANA id.</param>
    public static DateTimeOffset Start(LocalDate date, string localTime, string zone) => CampaignTimes.Instant(Local(date, localTime), zone)!.Value;

    /// <summary>Day and time as campaigns keep them.</summary>
    public static string Local(LocalDate date, string localTime) => string.Create(CultureInfo.InvariantCulture, $"{Text(date)}T{localTime}");

    private IEnumerable<LocalDate> All()
    {
        if (Unit == RecurrenceUnit.Weeks)
        {
            for (var date = First.DayOfWeek == Day ? First : First.Next(Day); ; date = date.PlusWeeks(Every))
            {
                yield return date;
            }
        }

        var month = new LocalDate(First.Year, First.Month, 1);
        if (InMonth(month) < First)
        {
            month = month.PlusMonths(1);
        }

        for (; ; month = month.PlusMonths(Every))
        {
            yield return InMonth(month);
        }
    }

    private LocalDate InMonth(LocalDate month)
    {
        if (Nth >= LastOfMonth)
        {
            var last = month.With(DateAdjusters.EndOfMonth);
            return last.DayOfWeek == Day ? last : last.Previous(Day);
        }

        var first = month.DayOfWeek == Day ? month : month.Next(Day);
        return first.PlusWeeks(Nth - 1);
    }
}
