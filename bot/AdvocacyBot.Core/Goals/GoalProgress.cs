using AdvocacyBot.Core.Data;
using NodaTime;

namespace AdvocacyBot.Core.Goals;

/// <summary>How a goal stands.</summary>
public enum GoalPace
{
    /// <summary>Its first day is still to come.</summary>
    NotStarted = 0,

    /// <summary>There is nothing to measure it by; <see cref="GoalProgress.Gap"/> says what is missing.</summary>
    NotMeasurable = 1,

    /// <summary>Fewer than five people could take part, and of so few nothing is shown.</summary>
    TooFewPeople = 2,

    /// <summary>The target is reached, before or after the last day.</summary>
    Reached = 3,

    /// <summary>At least what a steady pace would have brought by now.</summary>
    OnTrack = 4,

    /// <summary>Less than that, by <see cref="GoalProgress.Behind"/>.</summary>
    Behind = 5,

    /// <summary>The last day is over, and <see cref="GoalProgress.Behind"/> is missing.</summary>
    Missed = 6,
}

/// <summary>Why a goal cannot be measured yet.</summary>
public enum GoalGap
{
    None = 0,

    /// <summary>Nobody could see a prompt yet, so there is no rate.</summary>
    NobodyCouldSee = 1,

    /// <summary>No system reports applicants or leads: there is no key that works and nothing was ever reported.</summary>
    NothingReports = 2,

    /// <summary>The company has not said what a click costs in that currency.</summary>
    NoCosts = 3,
}

/// <summary>
/// A goal and how it stands. <see cref="Value"/>, <see cref="Expected"/> and <see cref="Behind"/> are in the kind's own unit, rounded down to what is shown:
/// whole things, a tenth of a percent, a hundredth of the currency; so what is shown as the target is the target.
/// </summary>
public sealed record GoalProgress
{
    public required long GoalId { get; init; }

    public required GoalKind Kind { get; init; }

    /// <summary>Null: the whole programme's.</summary>
    public long? CampaignId { get; init; }

    public string? CampaignTitle { get; init; }

    public required decimal Target { get; init; }

    /// <summary>ISO 4217, for <see cref="GoalKind.EarnedMediaValue"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>First day that counts, by the workspace's clock.</summary>
    public required LocalDate StartsOn { get; init; }

    /// <summary>Last day that counts.</summary>
    public required LocalDate EndsOn { get; init; }

    /// <summary>Elapsed part of the time from the first day's beginning to the last day's end, 0 to 1.</summary>
    public required double Elapsed { get; init; }

    public required GoalPace Pace { get; init; }

    public GoalGap Gap { get; init; }

    /// <summary>What came together so far; null where nothing is shown.</summary>
    public decimal? Value { get; init; }

    /// <summary>What a steady pace would have brought by now: the target times <see cref="Elapsed"/>.</summary>
    public decimal Expected { get; init; }

    /// <summary>What is missing, for <see cref="GoalPace.Behind"/> and <see cref="GoalPace.Missed"/>; 0 otherwise.</summary>
    public decimal Behind => Pace switch
    {
        GoalPace.Behind => Expected - (Value ?? 0),
        GoalPace.Missed => Target - (Value ?? 0),
        _ => 0,
    };

    /// <summary>The value's part of the target, 0 to 1, for a bar.</summary>
    public double Share => (double)Math.Clamp((Value ?? 0) / Target, 0, 1);
}
