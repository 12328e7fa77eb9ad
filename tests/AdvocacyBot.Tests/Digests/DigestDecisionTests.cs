using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Digests;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace AdvocacyBot.Tests.Digests;

/// <summary>Runs of the job against an outbox that is a dictionary: any order of runs, gaps and changed settings.</summary>
public sealed class DigestDecisionTests
{
    private static readonly Instant Begin = Instant.FromUtc(2026, 1, 15, 10, 17);

    private static readonly string[] Zones =
    [
        "Europe/London", "America/New_York", "Asia/Jerusalem", "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Pago_Pago", "Pacific/Kiritimati",
        "America/St_Johns", "Africa/Casablanca", "Nowhere/Atall",
    ];

    private static Gen<DigestSchedule> Schedules =>
        from zone in Gen.Elements(Zones)
        from day in Gen.Choose(-1, 6)
        from hour in Gen.Choose(0, 23)
        select new DigestSchedule(zone, day < 0 ? null : (DayOfWeek)day, hour);

    /// <summary>A wait, then a changed setting or not, then a run or not.</summary>
    private static Gen<Step> Steps(int longestMinutes, int changesOfTen, int runsOfTen) =>
        from minutes in Gen.Choose(1, longestMinutes)
        from schedule in Schedules
        from change in Gen.Choose(1, 10)
        from run in Gen.Choose(1, 10)
        select new Step(minutes, change <= changesOfTen ? schedule : null, run <= runsOfTen);

    [Fact]
    public void No_week_is_sent_twice_and_nothing_old_is_sent_whatever_happens() => Check.QuickThrowOnFailure(Prop.ForAll(
        Histories(Steps(12_000, changesOfTen: 4, runsOfTen: 7), 60),
        history =>
        {
            var run = Simulation.Run(history);

            Assert.Equal(run.Sent.Count, run.Sent.Select(s => s.Week).Distinct().Count());
            Assert.Equal(run.Sent.Select(s => s.Week).Order(StringComparer.Ordinal), run.Sent.Select(s => s.Week));
            Assert.All(run.Sent, s => Assert.InRange(s.At - s.Due, Duration.Zero, Duration.FromDays(3)));
            Assert.All(run.Sent, s => Assert.True(s.Due >= Begin));
        }));

    [Fact]
    public void Every_week_is_sent_once_when_runs_are_missed_for_less_than_three_days() => Check.QuickThrowOnFailure(Prop.ForAll(
        Histories(Steps(71 * 60, changesOfTen: 0, runsOfTen: 10), 80),
        history =>
        {
            var run = Simulation.Run(history);
            var zone = DigestWeek.Zone(history.First.TimeZone, out _);
            var day = history.First.Day ?? (history.First.TimeZone == "Asia/Jerusalem" ? DayOfWeek.Sunday : DayOfWeek.Monday);
            var expected = Enumerable.Range(0, 400)
                .Select(n => new LocalDate(2026, 1, 14).PlusDays(n))
                .Where(date => (int)date.DayOfWeek % 7 == (int)day)
                .Where(date => date.At(new LocalTime(history.First.Hour, 0)).InZoneLeniently(zone).ToInstant() is var due && due >= Begin && due <= run.LastRun)
                .Select(DigestWeek.IsoWeek);

            Assert.Equal(expected, run.Sent.Select(s => s.Week));
        }));

    [Fact]
    public void Changed_settings_never_cost_two_weeks_running() => Check.QuickThrowOnFailure(Prop.ForAll(
        Histories(Steps(60, changesOfTen: 1, runsOfTen: 10), 2_000),
        history =>
        {
            var weeks = Simulation.Run(history).Written.Select(s => s.Date).Order().ToList();

            Assert.True(weeks.Count >= 2);
            Assert.All(weeks.Zip(weeks.Skip(1)), pair => Assert.True(Monday(pair.Second) - Monday(pair.First) <= Duration.FromDays(14)));
        }));

    [Fact]
    public void A_week_given_up_as_too_late_is_sent_when_its_day_is_moved_ahead()
    {
        // Wednesday's digest becomes Monday's on Saturday: too late. Then Sunday's: in time again.
        var wednesday = new DigestSchedule("Etc/UTC", DayOfWeek.Wednesday, 9);
        var run = Simulation.Run(new History(
            wednesday with { Hour = 23, Day = DayOfWeek.Sunday },
            [
                new(Days(9), wednesday with { Day = DayOfWeek.Monday }, Run: true),
                new(60, wednesday with { Day = DayOfWeek.Sunday }, Run: true),
                new(Days(1), null, Run: true),
            ]));

        Assert.Equal(["2026-W04"], run.Sent.Select(s => s.Week));
        Assert.Equal("2026-W04", Assert.Single(run.Written.Select(w => w.Week).Distinct()));
    }

    private static int Days(int days) => days * 24 * 60;

    private static Instant Monday(LocalDate date) => date.PlusDays(1 - (int)date.DayOfWeek).AtMidnight().InUtc().ToInstant();

    private static Arbitrary<History> Histories(Gen<Step> step, int steps) =>
        (from first in Schedules
         from list in step.ListOf(steps)
         select new History(first, [.. list])).ToArbitrary();

    private sealed record Step(int Minutes, DigestSchedule? Change, bool Run);

    private sealed record History(DigestSchedule First, IReadOnlyList<Step> Steps);

    private sealed record Entry(string Week, LocalDate Date, Instant Due, Instant At);

    private sealed record Simulation(List<Entry> Sent, List<Entry> Written, Instant LastRun)
    {
        public static Simulation Run(History history)
        {
            var outbox = new Dictionary<string, bool>(StringComparer.Ordinal);
            var simulation = new Simulation([], [], Begin);
            var now = Begin;
            var schedule = history.First;
            foreach (var step in history.Steps)
            {
                now += Duration.FromMinutes(step.Minutes);
                schedule = step.Change ?? schedule;
                if (!step.Run)
                {
                    continue;
                }

                simulation = simulation with { LastRun = now };
                if (DigestDecision.Of(Channel(schedule), now) is { } decision && decision.IsMissingFrom(outbox))
                {
                    outbox[decision.Key] = decision.TooLate;
                    var entry = new Entry(decision.Due.IsoWeek, decision.Due.Date, decision.Due.At, now);
                    simulation.Written.Add(entry);
                    if (!decision.TooLate)
                    {
                        simulation.Sent.Add(entry);
                    }
                }
            }

            return simulation;
        }

        private static DigestChannel Channel(DigestSchedule schedule) => new()
        {
            Id = 7,
            WorkspaceId = 1,
            Kind = ConversationKind.Channel,
            TimeZone = schedule.TimeZone,
            LanguageCode = "en",
            DigestOn = true,
            DigestDay = schedule.Day,
            DigestHour = schedule.Hour,
            CreatedAt = Begin.ToDateTimeOffset(),
            Removed = false,
        };
    }
}
