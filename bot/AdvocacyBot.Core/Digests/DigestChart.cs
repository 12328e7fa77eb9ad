using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Digests;

/// <summary>The rungs of the evidence ladder as bars: Teams' own chart, and for every other renderer rows of label, bar and number.</summary>
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

        return
        [
            new HorizontalBarChart
            {
                Title = texts["Digests.ChartTitle"],
                Data = [.. rungs.Select(rung => new BarDatum(rung.Label, rung.Count))],
                DisplayMode = "AbsoluteNoAxis",
                Separator = true,
                Fallback = new Container
                {
                    Separator = true,
                    Rtl = texts.Language.RightToLeft,
                    Items =
                    [
                        new TextBlock(texts["Digests.ChartTitle"]) { Size = "Medium", Weight = "Bolder", Style = "heading" },
                        .. rungs.Select(rung => Row(rung.Label, rung.Count, longest, texts)),
                    ],
                },
            },

            // What a screen reader can say instead of the bars; it also tells people from shares.
            new TextBlock(InWords(rungs, texts)) { Size = "Small", IsSubtle = true, Spacing = "Small" },
        ];
    }

    /// <summary>
    /// Columns, not spaces: in a right-to-left card the renderer mirrors them, so the bar grows from the label's side in both directions. Whole
    /// blocks only, since half a block has a left and a right.
    /// </summary>
    private static ColumnSet Row(string label, int count, int longest, Texts texts) => new()
    {
        Spacing = "Small",
        Columns =
        [
            Cell(new TextBlock(label) { Size = "Small" }, "5", texts),
            Cell(new TextBlock(Bar(count, longest)) { Size = "Small", Color = "Accent", Wrap = false }, "4", texts),
            Cell(new TextBlock(texts.Number(count)) { Size = "Small" }, "2", texts),
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
