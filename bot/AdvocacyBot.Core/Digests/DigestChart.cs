using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Recognition;

namespace AdvocacyBot.Core.Digests;

/// <summary>Bars of the evidence ladder or of a month's weeks: Teams' own chart, and for every other renderer rows of label, bar and number.</summary>
internal static class DigestChart
{
    private const int LongestBar = 10;

    /// <summary>Nothing where there is no evidence at all.</summary>
    public static IReadOnlyList<CardElement> Evidence(DigestNumbers numbers, Texts texts)
    {
        (string Label, int Count, int? People)[] rungs =
        [
            (texts["Digests.RungOpened"], numbers.Opened.Shares, numbers.Opened.People),
            (texts["Digests.RungSaid"], numbers.Said.Shares, numbers.Said.People),
            (texts["Digests.RungPosted"], numbers.Posted.Shares, numbers.Posted.People),
            (texts["Digests.RungFetched"], numbers.Fetched, null),
            (texts["Digests.RungClicked"], numbers.Clicked, null),
        ];
        var longest = rungs.Max(rung => rung.Count);
        if (longest == 0)
        {
            return [];
        }

        return Bars(texts["Digests.ChartTitle"], [.. rungs.Select(rung => (rung.Label, (double)rung.Count, texts.Number(rung.Count)))], InWords(rungs, texts), texts);
    }

    /// <summary>The participation rate week by week; weeks without a rate to show have no bar. Nothing where no week has one.</summary>
    public static IReadOnlyList<CardElement> Weeks(IReadOnlyList<MonthWeek> weeks, Texts texts)
    {
        if (weeks.All(week => week.Rate is null))
        {
            return [];
        }

        var rows = weeks.Select(week => (
            Label: week.FirstDay == week.LastDay
                ? DigestWords.Day(week.FirstDay, texts)
                : texts.Format("Digests.WeekSpan", ("from", DigestWords.Day(week.FirstDay, texts)), ("to", DigestWords.Day(week.LastDay, texts))),
            Value: (double)(week.Rate?.Percent ?? 0),
            Words: week.Rate switch
            {
                null => texts["Digests.NoRate"],
                { Acted: 0 } => Texts.Percent(0),
                { } rate => DigestWords.Percent(rate, texts),
            })).ToList();
        return Bars(
            texts["Digests.WeeksChartTitle"],
            rows,
            texts.Format("Digests.InWords", ("rungs", string.Join(
                texts["Digests.InWordsSeparator"], rows.Select(row => texts.Format("Digests.WeekInWords", ("week", row.Label), ("rate", row.Words)))))),
            texts);
    }

    private static IReadOnlyList<CardElement> Bars(string title, IReadOnlyList<(string Label, double Value, string Words)> rows, string inWords, Texts texts)
    {
        var longest = Math.Max(1, rows.Max(row => row.Value));
        return
        [
            new HorizontalBarChart
            {
                Title = title,
                Data = [.. rows.Select(row => new BarDatum(row.Label, row.Value))],
                DisplayMode = "AbsoluteNoAxis",
                Separator = true,
                Fallback = new Container
                {
                    Separator = true,
                    Rtl = texts.Language.RightToLeft,
                    Items = [new TextBlock(title) { Size = "Medium", Weight = "Bolder", Style = "heading" }, .. rows.Select(row => Row(row.Label, (int)row.Value, (int)longest, row.Words, texts))],
                },
            },

            // What a screen reader can say instead of the bars; of the rungs it also tells people from shares.
            new TextBlock(inWords) { Size = "Small", IsSubtle = true, Spacing = "Small" },
        ];
    }

    /// <summary>
    /// Columns, not spaces: in a right-to-left card the renderer mirrors them, so the bar grows from the label's side in both directions. Whole
    /// blocks only, since half a block has a left and a right.
    /// </summary>
    private static ColumnSet Row(string label, int count, int longest, string words, Texts texts) => new()
    {
        Spacing = "Small",
        Columns =
        [
            Cell(new TextBlock(label) { Size = "Small" }, "5", texts),
            Cell(new TextBlock(Bar(count, longest)) { Size = "Small", Color = "Accent", Wrap = false }, "4", texts),
            Cell(new TextBlock(words) { Size = "Small" }, "2", texts),
        ],
    };

    private static Column Cell(TextBlock text, string weight, Texts texts) =>
        new() { Items = [text], Width = weight, VerticalContentAlignment = "Center", Rtl = texts.Language.RightToLeft };

    internal static string Bar(int count, int longest) =>
        count == 0 ? "–" : new string('█', Math.Max(1, (int)Math.Round((double)count * LongestBar / longest, MidpointRounding.AwayFromZero)));

    private static string InWords((string Label, int Count, int? People)[] rungs, Texts texts) => texts.Format(
        "Digests.InWords",
        ("rungs", string.Join(texts["Digests.InWordsSeparator"], rungs.Where(rung => rung.Count > 0).Select(rung => rung.People is { } people
            ? texts.Format("Digests.RungInWordsPeople", ("rung", rung.Label), ("count", rung.Count), ("people", DigestWords.People(people, texts)))
            : texts.Format("Digests.RungInWords", ("rung", rung.Label), ("count", rung.Count))))));
}
