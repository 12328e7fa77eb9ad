using System.ComponentModel.DataAnnotations;
using AdvocacyBot.Core.Recognition;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace AdvocacyBot.Tests.Recognition;

public sealed class WorkCalendarTests
{
    private static readonly LocalDate Monday = new(2026, 12, 21);

    [Theory]
    [InlineData("2026-12-25", "2026-12-25", "2026-12-25", null)]
    [InlineData(" 2026-12-24 .. 2026-12-26  Europe/London ", "2026-12-24", "2026-12-26", "Europe/London")]
    [InlineData("2026-12-25 Asia/Jerusalem", "2026-12-25", "2026-12-25", "Asia/Jerusalem")]
    public void Days_and_ranges_are_read(string line, string first, string last, string? zone)
    {
        var range = HolidayRange.Parse(line);

        Assert.Equal((first, last, zone), (range!.First.ToString("uuuu-MM-dd", null), range.Last.ToString("uuuu-MM-dd", null), range.Zone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Christmas")]
    [InlineData("2026-02-30")]
    [InlineData("2026-12-26..2026-12-24")]
    [InlineData("2026-12-25 Mars/Olympus")]
    [InlineData("2026-01-01..2026-12-31")]
    [InlineData("25.12.2026")]
    public void What_is_no_day_is_not_read(string line) => Assert.Null(HolidayRange.Parse(line));

    [Fact]
    public void What_is_written_is_read_back() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 20_000).ToArbitrary(),
        Gen.Choose(0, HolidayRange.MostDays - 1).ToArbitrary(),
        Gen.Elements(null, "Europe/London", "Asia/Jerusalem", "Etc/GMT+5").ToArbitrary(),
        (day, days, zone) =>
        {
            var first = new LocalDate(2000, 1, 1).PlusDays(day);
            var range = new HolidayRange(first, first.PlusDays(days), zone);
            Assert.Equal(range, HolidayRange.Parse(range.ToString()));
        }));

    [Theory]
    [InlineData("Europe/London", 5, 1)]
    [InlineData("Asia/Jerusalem", 5, 0)]
    public void A_week_counts_its_own_working_days(string zone, int working, int holidays)
    {
        // 25 December is a Friday: a working day in London, weekend in Jerusalem.
        var calendar = new WorkCalendar([HolidayRange.Parse("2026-12-25..2026-12-27")!]);

        var week = calendar.Week(WorkCalendar.WeekOf(Monday, zone), zone);

        Assert.Equal((working, holidays), (week.WorkingDays, week.Holidays));
        Assert.Equal(zone == "Asia/Jerusalem" ? new LocalDate(2026, 12, 20) : Monday, WorkCalendar.WeekOf(Monday, zone));
    }

    [Fact]
    public void A_week_is_free_when_every_working_day_is_a_holiday_there()
    {
        var calendar = new WorkCalendar([HolidayRange.Parse("2026-12-21..2026-12-25 Europe/London")!]);

        Assert.True(calendar.Week(Monday, "Europe/London").Free);
        Assert.False(calendar.Week(Monday, "Europe/Paris").Free);
        Assert.False(calendar.Week(Monday, "Europe/Paris").HasHolidays);
    }

    [Fact]
    public void A_setting_that_is_no_day_is_named_by_its_place()
    {
        var options = new HolidayOptions { Days = { "2026-12-25", "soon" } };

        var problem = Assert.Single(options.Validate(new ValidationContext(options)));

        Assert.Contains("Holidays:Days:1 is 'soon'", problem.ErrorMessage, StringComparison.Ordinal);
    }
}
