using AdvocacyBot.Core.People;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace AdvocacyBot.Tests.People;

public sealed class QuietHoursTests
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly string[] Zones = ["Europe/London", "Asia/Jerusalem", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "Etc/UTC"];

    [Theory]
    [InlineData("20:00", "08:00", "2026-11-23T19:59", null)]
    [InlineData("20:00", "08:00", "2026-11-23T20:00", "2026-11-24T08:00")]
    [InlineData("20:00", "08:00", "2026-11-24T07:59", "2026-11-24T08:00")]
    [InlineData("20:00", "08:00", "2026-11-24T08:00", null)]
    [InlineData("12:00", "13:30", "2026-11-24T13:29", "2026-11-24T13:30")]
    [InlineData("12:00", "13:30", "2026-11-24T11:59", null)]
    public void Hours_are_by_the_wall_clock_and_may_go_over_midnight(string from, string to, string at, string? open)
    {
        var quiet = new QuietHours(ContactOptions.Minutes(from)!.Value, ContactOptions.Minutes(to)!.Value, 0);

        Assert.Equal(open is not null, quiet.IsQuiet(At(at), London));
        Assert.Equal(At(open ?? at), quiet.NextOpen(At(at), London));
    }

    [Fact]
    public void Quiet_days_are_whole_and_what_follows_them_may_be_quiet_too()
    {
        // Friday and Saturday; in the night to Sunday, too.
        var quiet = new QuietHours(20 * 60, 8 * 60, QuietHours.Bit(IsoDayOfWeek.Friday) | QuietHours.Bit(IsoDayOfWeek.Saturday));

        Assert.Equal(At("2026-11-29T08:00"), quiet.NextOpen(At("2026-11-27T12:00"), London));
        Assert.Equal(At("2026-11-29T08:00"), quiet.NextOpen(At("2026-11-26T20:00"), London));
    }

    [Fact]
    public void Days_that_are_all_quiet_count_as_none() => Assert.False(new QuietHours(0, 0, QuietHours.AllDays).IsQuiet(At("2026-11-27T12:00"), London));

    [Fact]
    public void The_next_open_instant_is_never_quiet_never_earlier_and_within_eight_days() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(int From, int To, int Days, int Hours)>(),
        x =>
        {
            var quiet = new QuietHours(Math.Abs(x.From % 1440), Math.Abs(x.To % 1440), Math.Abs(x.Days % 128));
            var at = Instant.FromUtc(2026, 3, 1, 0, 0) + Duration.FromMinutes(Math.Abs(x.Hours % 20_000) * 37L);
            return Zones.Select(id => DateTimeZoneProviders.Tzdb[id]).All(zone =>
            {
                var open = quiet.NextOpen(at, zone);
                return open >= at && !quiet.IsQuiet(open, zone) && open - at <= Duration.FromDays(8) && (quiet.IsQuiet(at, zone) || open == at);
            });
        }));

    private static Instant At(string local) => NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value.InZoneLeniently(London).ToInstant();
}
