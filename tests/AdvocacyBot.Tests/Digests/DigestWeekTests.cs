using AdvocacyBot.Core.Digests;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;

namespace AdvocacyBot.Tests.Digests;

public sealed class DigestWeekTests
{
    [Theory]
    [InlineData("Europe/London", null, 9, "2026-11-23T08:59:59Z", "2026-11-16", "2026-11-16T09:00:00Z", "2026-W47")]
    [InlineData("Europe/London", null, 9, "2026-11-23T09:00:00Z", "2026-11-23", "2026-11-23T09:00:00Z", "2026-W48")]
    [InlineData("Europe/London", DayOfWeek.Sunday, 9, "2026-11-23T09:00:00Z", "2026-11-22", "2026-11-22T09:00:00Z", "2026-W47")]
    [InlineData("America/New_York", null, 9, "2026-11-23T13:59:59Z", "2026-11-16", "2026-11-16T14:00:00Z", "2026-W47")]
    [InlineData("Pacific/Auckland", null, 0, "2026-11-22T11:00:00Z", "2026-11-23", "2026-11-22T11:00:00Z", "2026-W48")]
    [InlineData("Pacific/Pago_Pago", null, 23, "2026-11-24T09:59:59Z", "2026-11-16", "2026-11-17T10:00:00Z", "2026-W47")]
    [InlineData("Asia/Jerusalem", null, 9, "2026-11-22T07:00:00Z", "2026-11-22", "2026-11-22T07:00:00Z", "2026-W47")]
    [InlineData("Asia/Tel_Aviv", null, 9, "2026-11-22T07:00:00Z", "2026-11-22", "2026-11-22T07:00:00Z", "2026-W47")]
    [InlineData("Israel", null, 9, "2026-11-22T07:00:00Z", "2026-11-22", "2026-11-22T07:00:00Z", "2026-W47")]
    public void The_latest_due_digest_goes_by_the_channels_own_clock(
        string zone, DayOfWeek? day, int hour, string now, string date, string at, string week)
    {
        var due = DigestWeek.Latest(new DigestSchedule(zone, day, hour), At(now));

        Assert.Equal((Date(date), At(at), week), (due.Date, due.At, due.IsoWeek));
    }

    [Theory]

    // Skipped hours move forward, repeated ones count the first time.
    [InlineData("Europe/London", "2026-03-29", 1, "2026-03-29T01:00:00Z")]
    [InlineData("Europe/London", "2026-10-25", 1, "2026-10-25T00:00:00Z")]
    [InlineData("America/New_York", "2026-03-08", 2, "2026-03-08T07:00:00Z")]
    [InlineData("America/New_York", "2026-11-01", 1, "2026-11-01T05:00:00Z")]
    [InlineData("Asia/Jerusalem", "2026-03-27", 2, "2026-03-27T00:00:00Z")]
    [InlineData("Asia/Jerusalem", "2026-10-25", 1, "2026-10-24T22:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", 2, "2026-10-03T15:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 1, "2026-04-04T14:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30", 9, "2011-12-30T19:00:00Z")]
    public void A_change_of_clocks_moves_the_hour_and_never_doubles_it(string zone, string date, int hour, string at)
    {
        var due = DigestWeek.DueAt(DigestWeek.Zone(zone, out _), Date(date), hour);

        Assert.Equal(At(at), due);
        var schedule = new DigestSchedule(zone, Date(date).DayOfWeek.ToDayOfWeek(), hour);
        for (var later = Duration.Zero; later < Duration.FromDays(6); later += Duration.FromMinutes(30))
        {
            Assert.Equal(Date(date), DigestWeek.Latest(schedule, due + later).Date);
        }

        Assert.NotEqual(Date(date), DigestWeek.Latest(schedule, due - Duration.FromMilliseconds(1)).Date);
    }

    [Theory]
    [InlineData("Europe/London", "2026-11-23", 168)]
    [InlineData("Europe/London", "2026-03-30", 167)]
    [InlineData("Europe/London", "2026-10-26", 169)]
    [InlineData("America/New_York", "2026-03-09", 167)]
    [InlineData("America/New_York", "2026-11-02", 169)]
    [InlineData("Asia/Jerusalem", "2026-03-29", 167)]
    [InlineData("Asia/Jerusalem", "2026-11-01", 169)]
    [InlineData("Australia/Lord_Howe", "2026-10-05", 167.5)]
    [InlineData("Australia/Lord_Howe", "2026-04-06", 168.5)]
    [InlineData("Pacific/Apia", "2012-01-02", 144)]
    [InlineData("Pacific/Apia", "2011-12-30", 168)]
    [InlineData("Pacific/Apia", "2012-01-06", 144)]
    public void A_digest_covers_the_seven_local_days_before_its_own(string zone, string dueDate, double hours)
    {
        var firstDay = Date(dueDate).PlusDays(-7);
        var period = DigestWeek.Period(zone, firstDay, At("2030-01-01T00:00:00Z"));

        Assert.True(period.Complete);
        Assert.Equal(hours, (period.End - period.Start).TotalHours);
        Assert.Equal((firstDay, firstDay.PlusDays(6), 7), (period.FirstDay, period.LastDay, period.Days));
    }

    [Fact]
    public void Weeks_follow_each_other_without_gap_or_overlap()
    {
        foreach (var zone in DateTimeZoneProviders.Tzdb.Ids)
        {
            var firstDay = new LocalDate(2011, 11, 28);
            var before = DigestWeek.Period(zone, firstDay, Instant.MaxValue);
            for (var week = 1; week < 60; week++)
            {
                var period = DigestWeek.Period(zone, firstDay.PlusDays(7 * week), At("2030-01-01T00:00:00Z"));

                Assert.Equal(before.End, period.Start);
                Assert.Equal(before.Start, period.BeforeStart);
                before = period;
            }
        }
    }

    [Fact]
    public void A_running_week_ends_with_the_present()
    {
        var period = DigestWeek.Period("Asia/Jerusalem", new LocalDate(2026, 11, 22), At("2026-11-24T10:30:00Z"));

        Assert.False(period.Complete);
        Assert.Equal(3, period.Days);
        Assert.Equal(DateTimeOffset.Parse("2026-11-24T10:30:00Z"), period.End);
    }

    [Theory]
    [InlineData("2024-12-30", "2025-W01")]
    [InlineData("2021-01-03", "2020-W53")]
    [InlineData("2026-12-31", "2026-W53")]
    [InlineData("2027-01-03", "2026-W53")]
    [InlineData("2027-01-04", "2027-W01")]
    public void The_week_key_is_the_iso_week(string date, string week) => Assert.Equal(week, DigestWeek.IsoWeek(Date(date)));

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    [InlineData("Israel Standard Time")]
    public void An_unknown_zone_counts_as_utc_and_says_so(string zone)
    {
        Assert.Equal(DateTimeZone.Utc, DigestWeek.Zone(zone, out var known));
        Assert.False(known);
        Assert.Equal(At("2026-11-23T09:00:00Z"), DigestWeek.Latest(new DigestSchedule(zone, null, 9), At("2026-11-24T00:00:00Z")).At);
    }

    [Theory]
    [InlineData("2026-11-16", true)]
    [InlineData("2026-11-1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_period_key_is_read_strictly(string? key, bool valid)
    {
        Assert.Equal(valid, DigestWeek.FirstDay(key) is not null);
        if (DigestWeek.FirstDay(key) is { } day)
        {
            Assert.Equal(key, DigestWeek.PeriodKey(day));
        }
    }

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
