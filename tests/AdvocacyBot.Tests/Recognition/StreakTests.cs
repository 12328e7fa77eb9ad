using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Recognition;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace AdvocacyBot.Tests.Recognition;

public sealed class StreakTests
{
    private static readonly LocalDate First = new(2026, 9, 7);

    // x: took part, -: did not, h: forgiven; the last letter is the week that is running.
    [Theory]
    [InlineData("x", 1, 1)]
    [InlineData("xxx-", 3, 3)]
    [InlineData("xxx--", 0, 3)]
    [InlineData("xxhhxx", 4, 4)]
    [InlineData("xx-xh-", 1, 2)]
    [InlineData("xxxh", 3, 3)]
    [InlineData("-h-", 0, 0)]
    [InlineData("x-x-x", 1, 1)]
    public void Forgiven_weeks_neither_count_nor_break(string weeks, int current, int longest)
    {
        var streak = Of(weeks);

        Assert.Equal((current, longest), (streak.Current, streak.Longest));
    }

    [Fact]
    public void Any_row_of_weeks_is_as_long_as_the_weeks_without_the_forgiven_ones_say() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.ListOf(Gen.Elements('x', '-', 'h')).Where(list => list.Count > 0).ToArbitrary(),
        list =>
        {
            var weeks = string.Concat(list);
            var plain = weeks[..^1].Replace("h", "", StringComparison.Ordinal) + (weeks[^1] == 'x' ? "x" : "");
            var rows = plain.Split('-').Select(row => row.Length).ToList();
            var streak = Of(weeks);
            Assert.Equal((rows[^1], rows.Max()), (streak.Current, streak.Longest));
            Assert.Equal(streak.Longest, streak.Steps.Count);
        }));

    [Theory]
    [InlineData(false, false, true, 1)]
    [InlineData(true, false, true, 2)]
    [InlineData(false, true, true, 2)]
    [InlineData(false, false, false, 2)]
    public void Holidays_pauses_and_weeks_with_nothing_to_share_are_forgiven(bool holiday, bool pause, bool somethingToShare, int current)
    {
        DateTimeOffset At(int day) => new(2026, 9, day, 12, 0, 0, TimeSpan.Zero);
        var history = new PersonHistory(
            "Europe/London",
            [new Deed(LedgerKind.Opened, 1, "x", At(8)), new Deed(LedgerKind.Reacted, 2, null, At(22))],
            [],
            [],
            [],
            somethingToShare ? [(At(1), At(30))] : [(At(7), At(9)), (At(21), At(23))],
            pause ? [(new LocalDate(2026, 9, 20), new LocalDate(2026, 9, 21))] : []);
        var calendar = holiday ? new WorkCalendar([HolidayRange.Parse("2026-09-16")!]) : WorkCalendar.WithoutHolidays;

        Assert.Equal(current, Streak.Of(history, calendar, At(23)).Current);
    }

    private static Streak Of(string weeks) => Streak.Of(
        weeks.Select((letter, i) => (letter, Week: First.PlusDays(7 * i))).Where(w => w.letter == 'x').Select(w => w.Week).ToHashSet(),
        week => weeks[Period.DaysBetween(First, week) / 7] == 'h',
        First.PlusDays(7 * (weeks.Length - 1)));
}
