using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;

namespace AdvocacyBot.Core.Goals;

/// <summary>The arithmetic of goals.</summary>
internal static class GoalMeasure
{
    /// <summary>The smallest part that is shown of a kind's unit.</summary>
    public static decimal Step(GoalKind kind) => kind switch
    {
        GoalKind.ParticipationRate => 0.1m,
        GoalKind.EarnedMediaValue => 0.01m,
        _ => 1m,
    };

    /// <param name="goal">What is wanted.</param>
    /// <param name="ladder">What there is.</param>
    /// <param name="prices">What a click is worth.</param>
    /// <param name="reported">Whether some system reports applicants and leads.</param>
    /// <returns>The value, or what is missing to have one.</returns>
    public static (decimal? Value, GoalGap Gap) Value(Goal goal, Ladder ladder, ClickPrices prices, bool reported)
    {
        decimal? value = goal.Kind switch
        {
            GoalKind.ParticipationRate => ladder.CouldSee == 0 ? null : 100m * ladder.Active / ladder.CouldSee,
            GoalKind.PeopleActive => ladder.Active,
            GoalKind.Opened => ladder.Opened,
            GoalKind.Said => ladder.Said,
            GoalKind.HumanClicks => ladder.Clicked,
            GoalKind.Applicants => reported ? ladder.Applicants : null,
            GoalKind.Leads => reported ? ladder.Leads : null,
            _ => prices.Of(ladder, goal.Currency ?? "")?.Value,
        };
        var gap = value is not null ? GoalGap.None : goal.Kind switch
        {
            GoalKind.ParticipationRate => GoalGap.NobodyCouldSee,
            GoalKind.EarnedMediaValue => GoalGap.NoCosts,
            _ => GoalGap.NothingReports,
        };
        return (value is { } exact ? Down(exact, goal.Kind) : null, gap);
    }

    public static decimal Down(decimal exact, GoalKind kind) => decimal.Floor(exact / Step(kind)) * Step(kind);

    /// <summary>Elapsed part of a time, 0 to 1.</summary>
    public static double Elapsed(DateTimeOffset start, DateTimeOffset end, DateTimeOffset now) => Math.Clamp((now - start) / (end - start), 0, 1);

    /// <summary>What a steady pace would have brought by now. Multiplied before it is divided, so that what comes out even is exact.</summary>
    public static decimal Expected(Goal goal, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        var elapsed = Math.Clamp((now - start).Ticks, 0, (end - start).Ticks);
        return Down(goal.Target * elapsed / (end - start).Ticks, goal.Kind);
    }

    /// <param name="value">Rounded as it is shown.</param>
    /// <param name="expected">Rounded likewise.</param>
    public static GoalPace Pace(decimal value, decimal target, decimal expected, bool over) =>
        value >= target ? GoalPace.Reached
        : over ? GoalPace.Missed
        : value >= expected ? GoalPace.OnTrack
        : GoalPace.Behind;
}
