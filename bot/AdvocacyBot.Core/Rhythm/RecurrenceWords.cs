using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using NodaTime;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>Days and rules in words.</summary>
internal static class RecurrenceWords
{
    /// <summary>"every 2 weeks, Monday, 09:00".</summary>
    public static string Rule(Recurrence recurrence, Texts t)
    {
        var every = t.Plural(recurrence.Unit == RecurrenceUnit.Weeks ? "Rhythm.EveryWeeks" : "Rhythm.EveryMonths", recurrence.Every);
        var day = t.Language.Culture.DateTimeFormat.GetDayName(recurrence.Day);
        return recurrence.Unit == RecurrenceUnit.Weeks
            ? t.Format("Rhythm.RuleWeeks", ("every", every), ("day", day), ("time", recurrence.LocalTime))
            : t.Format("Rhythm.RuleMonths", ("every", every), ("nth", t[$"Rhythm.Nth{recurrence.Nth}"]), ("day", day), ("time", recurrence.LocalTime));
    }

    /// <summary>"Mon 23 Nov".</summary>
    public static string Day(LocalDate date, Texts t) => date.ToString("ddd d MMM", t.Language.Culture);

    /// <summary>The days whose time has not come by a clock, the skipped ones among them.</summary>
    public static IEnumerable<LocalDate> Coming(Recurrence recurrence, LocalDateTime now) => recurrence.StoppedAt is not null
        ? []
        : RecurrenceRule.Of(recurrence).Dates().Where(date => string.CompareOrdinal(RecurrenceRule.Local(date, recurrence.LocalTime), now.ToString("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)) > 0);

    /// <summary>Whether a campaign was made for a day, or the day was passed over.</summary>
    public static bool IsDone(Recurrence recurrence, LocalDate day) => RecurrenceRule.Date(recurrence.DoneUntil) is { } done && day <= done;
}
