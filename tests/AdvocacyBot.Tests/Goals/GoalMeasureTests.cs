using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Goals;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Goals;

public sealed class GoalMeasureTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(10, 10, 3, false, GoalPace.Reached)]
    [InlineData(11, 10, 3, true, GoalPace.Reached)]
    [InlineData(9, 10, 9, false, GoalPace.OnTrack)]
    [InlineData(8, 10, 9, false, GoalPace.Behind)]
    [InlineData(9, 10, 10, true, GoalPace.Missed)]
    [InlineData(0, 10, 0, false, GoalPace.OnTrack)]
    public void The_pace_compares_with_a_steady_one(int value, int target, int expected, bool over, GoalPace pace) =>
        Assert.Equal(pace, GoalMeasure.Pace(value, target, expected, over));

    [Theory]
    [InlineData(GoalKind.ParticipationRate, 24.96, 24.9)]
    [InlineData(GoalKind.EarnedMediaValue, 24.969, 24.96)]
    [InlineData(GoalKind.Leads, 24.9, 24)]
    public void What_is_shown_is_rounded_down_so_that_the_target_shown_is_the_target(GoalKind kind, double exact, double shown) =>
        Assert.Equal((decimal)shown, GoalMeasure.Down((decimal)exact, kind));

    [Fact]
    public void A_third_of_the_time_expects_a_third_of_the_target_exactly()
    {
        var goal = Goal(GoalKind.Leads, 3);
        Assert.Equal(1, GoalMeasure.Expected(goal, Start, Start.AddDays(3), Start.AddDays(1)));
        Assert.Equal(0, GoalMeasure.Expected(goal, Start, Start.AddDays(3), Start.AddDays(1).AddTicks(-1)));
    }

    [Fact]
    public void A_steady_pace_never_goes_back_nor_over_the_target() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Zip(Gen.Zip(Gen.Choose(1, 100_000), Gen.Choose(1, 2000)), Gen.Zip(Gen.Choose(-100, 3000), Gen.Choose(0, 500))).ToArbitrary(),
        drawn =>
        {
            var ((target, hours), (at, more)) = drawn;
            var goal = Goal(GoalKind.HumanClicks, target);
            var (end, now) = (Start.AddHours(hours), Start.AddHours(at));
            var (before, after) = (GoalMeasure.Expected(goal, Start, end, now), GoalMeasure.Expected(goal, Start, end, now.AddHours(more)));
            Assert.True(before >= 0 && before <= after && after <= target);
            Assert.Equal(at >= hours ? target : before, GoalMeasure.Expected(goal, Start, end, now));
        }));

    [Fact]
    public void Reached_on_track_and_behind_are_told_apart_without_a_gap() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Zip(Gen.Zip(Gen.Choose(0, 100), Gen.Choose(1, 100)), Gen.Zip(Gen.Choose(0, 100), Gen.Elements(true, false))).ToArbitrary(),
        drawn =>
        {
            var ((value, target), (expected, over)) = drawn;
            var pace = GoalMeasure.Pace(value, target, expected, over);
            Assert.Equal(value >= target, pace == GoalPace.Reached);
            Assert.Equal(value < target && over, pace == GoalPace.Missed);
            Assert.Equal(value < target && !over && value < expected, pace == GoalPace.Behind);
        }));

    private static Goal Goal(GoalKind kind, decimal target) => new() { Kind = kind, Target = target, StartsOn = "2026-11-01", EndsOn = "2026-11-03" };
}
