using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using NodaTime;

namespace AdvocacyBot.Core.Goals;

/// <summary>Goals in words, the same in the list, the digest and the report. People's words are escaped for cards.</summary>
public static class GoalWords
{
    /// <summary>What is counted, e.g. "People active".</summary>
    public static string Kind(GoalKind kind, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Goals.Kind{kind}"];
    }

    /// <summary>How it is counted, in one sentence.</summary>
    public static string How(GoalKind kind, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Goals.How{kind}"];
    }

    /// <summary>Whose goal: the programme's, or a campaign's title.</summary>
    public static string Whose(GoalProgress goal, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(texts);
        return goal.CampaignId is null ? texts["Goals.Programme"] : Bidi.Isolate(CardText.Escape(goal.CampaignTitle ?? $"#{goal.CampaignId}"), texts.Language);
    }

    /// <summary>An amount in the kind's unit: "25%", "1,200", "1,234.50 EUR".</summary>
    public static string Amount(GoalKind kind, string? currency, decimal amount, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var culture = texts.Language.Culture;
        return kind switch
        {
            GoalKind.ParticipationRate => amount.ToString("#,0.#", CultureInfo.InvariantCulture) + "%",
            GoalKind.EarnedMediaValue => Bidi.Isolate($"{amount.ToString("N2", culture)} {currency}", texts.Language),
            _ => amount.ToString("N0", culture),
        };
    }

    /// <summary>"18.4% of 25% by December 31": what there is, what is wanted, until when; without what there is where it is not shown.</summary>
    public static string Line(GoalProgress goal, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(texts);
        var target = ("target", (object?)Amount(goal.Kind, goal.Currency, goal.Target, texts));
        var until = ("until", (object?)Day(goal.EndsOn, texts));
        return goal.Value is { } value
            ? texts.Format("Goals.LineOf", ("value", Amount(goal.Kind, goal.Currency, value, texts)), target, until)
            : texts.Format("Goals.LineTarget", target, until);
    }

    /// <summary>"On track", "behind by 3", "not measurable yet: …".</summary>
    public static string Pace(GoalProgress goal, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(texts);
        var behind = ("behind", (object?)Behind(goal, texts));
        return goal.Pace switch
        {
            GoalPace.NotStarted => texts.Format("Goals.PaceNotStarted", ("from", Day(goal.StartsOn, texts))),
            GoalPace.NotMeasurable => texts[$"Goals.Gap{goal.Gap}"],
            GoalPace.Behind => texts.Format("Goals.PaceBehind", behind, ("expected", Amount(goal.Kind, goal.Currency, goal.Expected, texts))),
            GoalPace.Missed => texts.Format("Goals.PaceMissed", behind),
            _ => texts[$"Goals.Pace{goal.Pace}"],
        };
    }

    /// <summary>The whole goal in one sentence, for a screen reader and for a line of the digest.</summary>
    public static string Sentence(GoalProgress goal, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Format("Goals.Sentence", ("kind", Kind(goal.Kind, texts)), ("whose", Whose(goal, texts)), ("line", Line(goal, texts)), ("pace", Pace(goal, texts)));
    }

    /// <summary>A day with its year, as the language writes it.</summary>
    public static string Day(LocalDate day, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return day.ToDateOnly().ToString(texts["Goals.DayFormat"], texts.Language.Culture);
    }

    // A rate is behind by points, not by percent.
    private static string Behind(GoalProgress goal, Texts texts) => goal.Kind == GoalKind.ParticipationRate
        ? texts.Format("Goals.Points", ("points", goal.Behind.ToString("0.#", CultureInfo.InvariantCulture)))
        : Amount(goal.Kind, goal.Currency, goal.Behind, texts);
}
