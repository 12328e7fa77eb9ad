using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Days on which nobody is expected to do anything.</summary>
/// <param name="First">By the clock of whom it holds for.</param>
/// <param name="Last">Included.</param>
/// <param name="Zone">IANA id of the only zone it holds in; null: everywhere.</param>
public sealed partial record HolidayRange(LocalDate First, LocalDate Last, string? Zone)
{
    /// <summary>A range longer than this is a mistake in typing.</summary>
    public const int MostDays = 60;

    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;

    public bool Contains(LocalDate day, string zone) => day >= First && day <= Last && (Zone is null || string.Equals(Zone, zone, StringComparison.OrdinalIgnoreCase));

    /// <summary>As it is written: <c>2026-12-25</c>, <c>2026-12-24..2026-12-26</c>, either with a zone behind it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Day.Format(First)}{(Last == First ? "" : $"..{Day.Format(Last)}")}{(Zone is null ? "" : $" {Zone}")}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>Null for anything else: no such day, an end before the start, an unknown zone, more than <see cref="MostDays"/> days.</returns>
    public static HolidayRange? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (Line().Match(line.Trim()) is not { Success: true } match || !Day.Parse(match.Groups["first"].Value).TryGetValue(default, out var first))
        {
            return null;
        }

        var last = first;
        if (match.Groups["last"].Success && !Day.Parse(match.Groups["last"].Value).TryGetValue(default, out last))
        {
            return null;
        }

        var zone = match.Groups["zone"].Success ? match.Groups["zone"].Value : null;
        return last < first || Period.DaysBetween(first, last) >= MostDays || (zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
            ? null
            : new HolidayRange(first, last, zone);
    }

    /// <summary>Reads a list, one to a line; empty lines are left out.</summary>
    /// <param name="text">As typed or stored.</param>
    /// <param name="bad">The first line that says nothing; null where all do.</param>
    public static IReadOnlyList<HolidayRange> ParseAll(string text, out string? bad)
    {
        ArgumentNullException.ThrowIfNull(text);
        bad = null;
        var all = new List<HolidayRange>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(line) is { } range)
            {
                all.Add(range);
            }
            else
            {
                bad ??= line;
            }
        }

        return all;
    }

    [GeneratedRegex(@"^(?<first>\d{4}-\d{2}-\d{2})(\s*\.\.\s*(?<last>\d{4}-\d{2}-\d{2}))?(\s+(?<zone>[A-Za-z][A-Za-z0-9_+/-]*))?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}
