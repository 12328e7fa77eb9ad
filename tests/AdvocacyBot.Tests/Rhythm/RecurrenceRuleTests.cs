using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Rhythm;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace AdvocacyBot.Tests.Rhythm;

public sealed class RecurrenceRuleTests
{
    private static readonly string[] Zones = ["Europe/London", "Asia/Jerusalem", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "UTC"];

    [Fact]
    public void Every_second_Monday_and_the_last_Friday_of_each_third_month()
    {
        Assert.Equal(
            ["2026-11-30", "2026-12-14", "2026-12-28"],
            Rule(RecurrenceUnit.Weeks, 2, IsoDayOfWeek.Monday, 1, new LocalDate(2026, 11, 24)).Dates().Take(3).Select(RecurrenceRule.Text));
        Assert.Equal(
            ["2026-11-27", "2027-02-26", "2027-05-28"],
            Rule(RecurrenceUnit.Months, 3, IsoDayOfWeek.Friday, 5, new LocalDate(2026, 11, 24)).Dates().Take(3).Select(RecurrenceRule.Text));
        Assert.Equal(
            ["2026-12-02"],
            (Rule(RecurrenceUnit.Months, 1, IsoDayOfWeek.Wednesday, 1, new LocalDate(2026, 11, 24)) with { Last = new LocalDate(2027, 1, 5) }).Dates().Select(RecurrenceRule.Text));
        Assert.Equal(4, (Rule(RecurrenceUnit.Weeks, 1, IsoDayOfWeek.Sunday, 1, new LocalDate(2026, 11, 24)) with { Times = 4 }).Dates().Count());
    }

    [Fact]
    public void Days_are_in_order_on_the_right_weekday_and_within_bounds() => Check.QuickThrowOnFailure(Prop.ForAll(Rules().ToArbitrary(), rule =>
    {
        var dates = rule.Dates().Take(60).ToList();
        return dates.TrueForAll(d => d.DayOfWeek == rule.Day && d >= rule.First && (rule.Last is null || d <= rule.Last))
            && dates.Zip(dates.Skip(1)).All(pair => Step(rule, pair.First, pair.Second))
            && (rule.Times is null || dates.Count <= rule.Times)
            && (rule.Unit == RecurrenceUnit.Weeks || dates.TrueForAll(d => rule.Nth == RecurrenceRule.LastOfMonth ? d.PlusWeeks(1).Month != d.Month : (d.Day - 1) / 7 + 1 == rule.Nth));
    }));

    [Fact]
    public void The_clock_of_each_zone_shows_the_time_on_each_day_but_for_hours_it_skips() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from rule in Rules() from zone in Gen.Elements(Zones) from minute in Gen.Choose(0, 23 * 60 + 59) select (rule, zone, minute)).ToArbitrary(), one =>
        {
            var (rule, zoneId, minute) = one;
            var zone = DateTimeZoneProviders.Tzdb[zoneId];
            var time = LocalTime.Midnight.PlusMinutes(minute);
            return rule.Dates().Take(30).All(date =>
            {
                var start = Instant.FromDateTimeOffset(RecurrenceRule.Start(date, time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), zoneId));
                var shown = start.InZone(zone).LocalDateTime;
                return zone.MapLocal(date.At(time)).Count switch
                {
                    0 => shown > date.At(time),
                    var count => shown == date.At(time) && (count == 1 || start == zone.MapLocal(date.At(time)).First().ToInstant()),
                };
            });
        }));

    [Fact]
    public void A_change_of_clocks_moves_the_instant_and_not_the_hour()
    {
        // Clocks in London go forward on 28 March 2027.
        var mondays = Rule(RecurrenceUnit.Weeks, 1, IsoDayOfWeek.Monday, 1, new LocalDate(2027, 3, 22)).Dates().Take(2).Select(d => RecurrenceRule.Start(d, "09:00", "Europe/London")).ToList();
        Assert.Equal(TimeSpan.FromDays(7) - TimeSpan.FromHours(1), mondays[1] - mondays[0]);
        Assert.Equal(new DateTimeOffset(2027, 3, 28, 1, 30, 0, TimeSpan.Zero), RecurrenceRule.Start(new LocalDate(2027, 3, 28), "01:30", "Europe/London"));
    }

    private static bool Step(RecurrenceRule rule, LocalDate from, LocalDate to) => rule.Unit == RecurrenceUnit.Weeks
        ? Period.DaysBetween(from, to) == 7 * rule.Every
        : (to.Year - from.Year) * 12 + to.Month - from.Month == rule.Every;

    private static Gen<RecurrenceRule> Rules() =>
        from unit in Gen.Elements(RecurrenceUnit.Weeks, RecurrenceUnit.Months)
        from every in Gen.Choose(1, 26)
        from day in Gen.Choose(1, 7)
        from nth in Gen.Choose(1, 5)
        from first in Gen.Choose(0, 3000)
        from last in Gen.Choose(-1, 800)
        from times in Gen.Choose(0, 40)
        let start = new LocalDate(2024, 1, 1).PlusDays(first)
        select new RecurrenceRule(unit, every, (IsoDayOfWeek)day, nth, start, last < 0 ? null : start.PlusDays(last), times == 0 ? null : times);

    private static RecurrenceRule Rule(RecurrenceUnit unit, int every, IsoDayOfWeek day, int nth, LocalDate first) => new(unit, every, day, nth, first, null, null);
}
