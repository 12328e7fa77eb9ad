using System.Runtime.InteropServices;
using NodaTime;

namespace AdvocacyBot.Core.People;

/// <summary>When a person is not to be written to, by the clock on their own wall.</summary>
/// <param name="From">Minutes after midnight.</param>
/// <param name="To">Minutes after midnight; not after <paramref name="From"/>: of the next day. Equal: no quiet hours.</param>
/// <param name="Days">Whole quiet days: bit 0 is Sunday, bit 6 Saturday. All seven count as none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct QuietHours(int From, int To, int Days)
{
    public const int AllDays = 127;
    private const int MinutesOfDay = 24 * 60;

    /// <summary>Two spells can follow each other, and six quiet days one another.</summary>
    private const int MostSpells = 20;

    public static QuietHours None => default;

    public bool IsQuiet(Instant at, DateTimeZone zone) => SpellEnd(at, zone) is not null;

    /// <summary>The first instant from <paramref name="at"/> on that is not quiet; <paramref name="at"/> itself where it is not.</summary>
    public Instant NextOpen(Instant at, DateTimeZone zone)
    {
        var open = at;
        for (var spell = 0; spell < MostSpells && SpellEnd(open, zone) is { } end; spell++)
        {
            open = end;
        }

        return open;
    }

    public static int Bit(IsoDayOfWeek day) => 1 << ((int)day % 7);

    /// <summary>When the quiet spell that <paramref name="at"/> stands in ends; null where it stands in none.</summary>
    private Instant? SpellEnd(Instant at, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = at.InZone(zone);
        if ((Days & AllDays) != AllDays && (Days & Bit(local.DayOfWeek)) != 0)
        {
            return Later(at, local.Date.PlusDays(1).AtStartOfDayInZone(zone).ToInstant());
        }

        var minute = (local.Hour * 60) + local.Minute;
        var quiet = From < To ? minute >= From && minute < To : From > To && (minute >= From || minute < To);
        if (!quiet)
        {
            return null;
        }

        var day = From > To && minute >= From ? local.Date.PlusDays(1) : local.Date;
        return Later(at, To >= MinutesOfDay
            ? day.PlusDays(1).AtStartOfDayInZone(zone).ToInstant()
            : (day + new LocalTime(To / 60, To % 60)).InZoneLeniently(zone).ToInstant());
    }

    /// <summary>An hour that comes twice may put the end of a spell before its middle: then a minute is waited and looked again.</summary>
    private static Instant Later(Instant at, Instant end) => end > at ? end : at + Duration.FromMinutes(1);
}
