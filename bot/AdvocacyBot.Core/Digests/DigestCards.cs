using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Digests;

/// <summary>A digest and the line that announces it.</summary>
public sealed record DigestCard(AdaptiveCard Card, string Summary);

/// <summary>The weekly digest as a card.</summary>
public sealed class DigestCards(ActionTokens tokens, TimeProvider clock)
{
    private const int ComingShown = 5;

    /// <param name="numbers">What to say.</param>
    /// <param name="period">Of which days.</param>
    /// <param name="timeZone">IANA id, for the times of what is coming.</param>
    /// <param name="texts">The reader's language.</param>
    /// <param name="above">Shown first, e.g. that this is a preview.</param>
    /// <param name="actions">Buttons beside the card's own.</param>
    /// <param name="extras">Holidays and goals; null: there are none.</param>
    public DigestCard Build(
        DigestNumbers numbers,
        DigestPeriod period,
        string timeZone,
        Texts texts,
        IReadOnlyList<CardElement>? above = null,
        IReadOnlyList<CardAction>? actions = null,
        DigestExtras? extras = null)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(texts);
        List<CardElement> body =
        [
            .. above ?? [],
            new TextBlock(DigestWords.Title(period, texts)) { IsSubtle = true, Size = "Small" },
            .. numbers.SmallGroup ? SmallGroup(texts) : Rate(numbers, period, texts, extras),
            .. numbers.SmallGroup ? [] : Broken(numbers, texts),
            .. Stories(numbers, texts, extras),
            .. Goals(extras, texts),
            .. Line(DigestWords.Thanks(numbers, texts)),
            .. Coming(numbers, timeZone, texts),
            .. Line(numbers.Newest is { } open ? texts.Format("Digests.OpenNow", ("title", DigestWords.Escape(open.Title))) : null),
        ];

        var summary = DigestWords.Summary(numbers, texts, extras);
        var card = Notice.For(texts, body, [Button(numbers, texts), .. actions ?? []]) with
        {
            FallbackText = summary,
            Speak = numbers.SmallGroup
                ? summary
                : string.Join(". ", new[] { DigestWords.Title(period, texts), DigestWords.Headline(numbers, texts, extras), DigestWords.Change(numbers, period, texts, extras) }.OfType<string>()),
        };
        return new DigestCard(card, summary);
    }

    private static IEnumerable<CardElement> SmallGroup(Texts texts) =>
        [new TextBlock(texts.Format("Digests.SmallGroup", ("smallest", DigestNumbers.SmallestGroup)))];

    private static IEnumerable<CardElement> Rate(DigestNumbers numbers, DigestPeriod period, Texts texts, DigestExtras? extras)
    {
        var headline = new TextBlock(DigestWords.Headline(numbers, texts, extras)) { Size = "Large", Weight = "Bolder", Style = "heading" };
        if (numbers.Rate is not { } rate || (rate.Acted == 0 && extras?.Week.Free == true))
        {
            yield return headline;
            yield return new TextBlock(texts[extras?.Week.Free == true ? "Digests.HolidayHelp" : "Digests.NoCampaignHelp"]);
            yield break;
        }

        yield return new ColumnSet
        {
            Columns =
            [
                new Column { Width = "3", Items = [headline, .. Line(DigestWords.Change(numbers, period, texts, extras))], Rtl = texts.Language.RightToLeft },
                new Column
                {
                    Width = "2",
                    VerticalContentAlignment = "Center",
                    Items = [new TextBlock(texts["Digests.Benchmark"]) { IsSubtle = true, Size = "Small" }],
                    Rtl = texts.Language.RightToLeft,
                },
            ],
        };
        if (rate.Acted == 0)
        {
            yield return new TextBlock(texts["Digests.QuietHelp"]);
        }

        yield return new TextBlock(texts.Format("Digests.Formula", ("acted", rate.Acted), ("couldSee", rate.CouldSee))) { IsSubtle = true, Size = "Small" };
    }

    /// <summary>What is not shown of a small group.</summary>
    private static IEnumerable<CardElement> Broken(DigestNumbers numbers, Texts texts)
    {
        if (numbers.Acted > 0)
        {
            yield return new FactSet
            {
                Facts =
                [
                    new Fact(texts["Digests.Shared"], DigestWords.People(numbers.Sharers, texts)),
                    new Fact(texts["Digests.Reacted"], numbers.Reactors == 0
                        ? DigestWords.People(0, texts)
                        : texts.Plural("Digests.PeopleWithReactions", numbers.Reactions, ("people", DigestWords.People(numbers.Reactors, texts)))),
                    new Fact(texts["Digests.Suggested"], DigestWords.People(numbers.Suggesters, texts)),
                ],
            };
        }

        foreach (var element in DigestChart.Evidence(numbers, texts))
        {
            yield return element;
        }
    }

    /// <summary>Up to three short ones: the share that went furthest, a suggestion that made it, a milestone.</summary>
    private static IEnumerable<CardElement> Stories(DigestNumbers numbers, Texts texts, DigestExtras? extras)
    {
        var stories = DigestStories.Of(numbers, texts, extras);
        return stories.Count == 0 ? [] : [Heading(texts["Digests.Stories"]), .. stories.Select(Row)];
    }

    private static IEnumerable<CardElement> Goals(DigestExtras? extras, Texts texts) => extras is null || extras.Goals.Count == 0
        ? []
        : [Heading(texts["Digests.Goals"]), .. extras.Goals.Select(goal => Row(GoalWords.Sentence(goal, texts)))];

    private static IEnumerable<CardElement> Coming(DigestNumbers numbers, string timeZone, Texts texts)
    {
        if (numbers.Coming.Count == 0)
        {
            yield break;
        }

        var zone = DigestWeek.Zone(timeZone, out _);
        yield return Heading(texts["Digests.Coming"]);
        foreach (var coming in numbers.Coming.Take(ComingShown))
        {
            yield return Row(texts.Format(
                "Digests.ComingRow", ("title", DigestWords.Escape(coming.Title)), ("when", DigestWords.When(coming.StartsAt, zone, texts))));
        }

        if (numbers.Coming.Count > ComingShown)
        {
            yield return Row(texts.Plural("Digests.ComingMore", numbers.Coming.Count - ComingShown));
        }
    }

    /// <summary>The one button: share what is open, else suggest something.</summary>
    private ExecuteAction Button(DigestNumbers numbers, Texts texts)
    {
        var open = numbers.Newest;
        var (verb, title) = open is null ? (DigestRoutes.SuggestVerb, texts["Digests.SuggestNow"]) : (DigestRoutes.ShareVerb, texts["Digests.ShareNow"]);
        return new ExecuteAction
        {
            Title = title,
            Verb = verb,
            Data = new ActionData(tokens.Protect(new ActionToken(verb, 0, open?.CampaignId ?? 0, open?.PromptId ?? 0, 0, "", clock.GetUtcNow().AddDays(60)))),
            Style = "positive",
            Tooltip = open is null ? null : Bidi.Isolate(DigestWords.Shorten(open.Title), texts.Language),
        };
    }

    private static TextBlock Heading(string text) => new(text) { Size = "Medium", Weight = "Bolder", Style = "heading", Separator = true };

    private static TextBlock Row(string text) => new(text) { Spacing = "Small" };

    private static IEnumerable<CardElement> Line(string? text) => text is null ? [] : [new TextBlock(text)];
}
