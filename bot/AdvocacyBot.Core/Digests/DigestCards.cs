using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Digests;

/// <summary>A digest and the line that announces it.</summary>
public sealed record DigestCard(AdaptiveCard Card, string Summary);

/// <summary>The weekly digest as a card.</summary>
public sealed class DigestCards(ActionTokens tokens, TimeProvider clock)
{
    private const int ComingShown = 5;
    private const int CreditedShown = 3;

    /// <param name="numbers">What to say.</param>
    /// <param name="period">Of which days.</param>
    /// <param name="timeZone">IANA id, for the times of what is coming.</param>
    /// <param name="texts">The reader's language.</param>
    /// <param name="above">Shown first, e.g. that this is a preview.</param>
    /// <param name="actions">Buttons beside the card's own.</param>
    public DigestCard Build(
        DigestNumbers numbers, DigestPeriod period, string timeZone, Texts texts, IReadOnlyList<CardElement>? above = null, IReadOnlyList<CardAction>? actions = null)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(texts);
        List<CardElement> body =
        [
            .. above ?? [],
            new TextBlock(DigestWords.Title(period, texts)) { IsSubtle = true, Size = "Small" },
            .. numbers.SmallGroup ? SmallGroup(texts) : Rate(numbers, period, texts),
            .. numbers.SmallGroup ? [] : Broken(numbers, texts),
            .. Line(DigestWords.Thanks(numbers, texts)),
            .. Coming(numbers, timeZone, texts),
            .. Line(numbers.Newest is { } open ? texts.Format("Digests.OpenNow", ("title", DigestWords.Escape(open.Title))) : null),
        ];

        var summary = DigestWords.Summary(numbers, texts);
        var card = Notice.For(texts, body, [.. Share(numbers, texts), .. actions ?? []]) with
        {
            FallbackText = summary,
            Speak = numbers.SmallGroup
                ? summary
                : string.Join(". ", new[] { DigestWords.Title(period, texts), DigestWords.Headline(numbers, texts), DigestWords.Change(numbers, period, texts) }.OfType<string>()),
        };
        return new DigestCard(card, summary);
    }

    private static IEnumerable<CardElement> SmallGroup(Texts texts) =>
        [new TextBlock(texts.Format("Digests.SmallGroup", ("smallest", DigestNumbers.SmallestGroup)))];

    private static IEnumerable<CardElement> Rate(DigestNumbers numbers, DigestPeriod period, Texts texts)
    {
        var headline = new TextBlock(DigestWords.Headline(numbers, texts)) { Size = "Large", Weight = "Bolder", Style = "heading" };
        if (numbers.Rate is not { } rate)
        {
            yield return headline;
            yield return new TextBlock(texts["Digests.NoCampaignHelp"]);
            yield break;
        }

        yield return new ColumnSet
        {
            Columns =
            [
                new Column { Width = "3", Items = [headline, .. Line(DigestWords.Change(numbers, period, texts))], Rtl = texts.Language.RightToLeft },
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

        if (numbers.BestCampaigns.Count > 0)
        {
            yield return Heading(texts["Digests.Best"]);
            foreach (var best in numbers.BestCampaigns)
            {
                yield return Row(texts.Format(
                    "Digests.BestRow",
                    ("title", DigestWords.Escape(best.Title)),
                    ("people", DigestWords.People(best.People, texts)),
                    ("visits", texts.Plural("Digests.Visits", best.Clicks))));
            }
        }

        foreach (var line in Line(DigestWords.New(numbers, texts)))
        {
            yield return line;
        }

        foreach (var credited in numbers.Credited.Take(CreditedShown))
        {
            yield return Row(texts.Format("Digests.CreditedRow", ("title", DigestWords.Escape(credited.Title)), ("credit", credited.Credit.Say(texts))));
        }
    }

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

    private IEnumerable<CardAction> Share(DigestNumbers numbers, Texts texts)
    {
        if (numbers.Newest is not { } open)
        {
            return [];
        }

        var token = new ActionToken(DigestRoutes.ShareVerb, 0, open.CampaignId, open.PromptId, 0, "", clock.GetUtcNow().AddDays(60));
        return
        [
            new ExecuteAction
            {
                Title = texts["Digests.ShareNow"], Verb = token.Verb, Data = new ActionData(tokens.Protect(token)), Style = "positive",
                Tooltip = Bidi.Isolate(DigestWords.Shorten(open.Title), texts.Language),
            },
        ];
    }

    private static TextBlock Heading(string text) => new(text) { Size = "Medium", Weight = "Bolder", Style = "heading", Separator = true };

    private static TextBlock Row(string text) => new(text) { Spacing = "Small" };

    private static IEnumerable<CardElement> Line(string? text) => text is null ? [] : [new TextBlock(text)];
}
