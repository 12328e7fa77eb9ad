using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>
/// A chart as lines of bar, number and label. The bar comes first and is always equally long, so that bars and numbers stand in columns in any font, at any
/// width and in both directions; whole and light blocks have no left and right that a right-to-left line would have to turn round.
/// </summary>
internal static class ChartText
{
    private const int Cells = 8;

    public static IReadOnlyList<RichTextPart> Bars(HorizontalBarChart chart, bool rightToLeft)
    {
        var most = chart.DisplayMode == "PartToWhole" ? chart.Data.Sum(datum => datum.Y) : chart.Data.Select(datum => datum.Y).DefaultIfEmpty().Max();
        return Lines(chart.Title, [.. chart.Data.Select(datum => (datum.X, datum.Y, Number(datum.Y)))], most, rightToLeft);
    }

    public static IReadOnlyList<RichTextPart> Shares(DonutChart chart, bool rightToLeft)
    {
        var all = chart.Data.Sum(datum => datum.Value);
        return Lines(
            chart.Title,
            [.. chart.Data.Select(datum => (datum.Legend, datum.Value, all > 0 ? $"{Number(datum.Value)} ({Core.Localization.Texts.Percent(datum.Value / all)})" : Number(datum.Value)))],
            all,
            rightToLeft);
    }

    internal static string Bar(double value, double most)
    {
        var full = most > 0 && value > 0 && double.IsFinite(value) ? Math.Clamp((int)Math.Round(value * Cells / most, MidpointRounding.AwayFromZero), 1, Cells) : 0;
        return string.Create(Cells, full, static (cells, filled) =>
        {
            cells[..filled].Fill('█');
            cells[filled..].Fill('░');
        });
    }

    private static IReadOnlyList<RichTextPart> Lines(string title, List<(string Label, double Value, string Said)> rows, double most, bool rightToLeft)
    {
        var text = new RichTextBuilder(rightToLeft, quote: false);
        CardMarkdown.Append(text, title, RichTextStyle.BoldText);
        foreach (var (label, value, said) in rows)
        {
            text.NewLine();
            text.Text($"{Bar(value, most)}  ", style: null);
            text.Text(said, RichTextStyle.BoldText);
            text.Text("  ", style: null);
            CardMarkdown.Append(text, label, style: null);
        }

        return text.Build();
    }

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
