using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>Rich text in as many blocks as its length needs, nothing left out.</summary>
internal static class LongText
{
    public static IEnumerable<RichTextBlock> Blocks(IReadOnlyList<RichTextPart> parts)
    {
        if (parts.Count == 0)
        {
            return [];
        }

        return parts.Sum(Length) <= Limits.Text ? [new RichTextBlock(parts)] : Spread(parts);
    }

    private static IEnumerable<RichTextBlock> Spread(IReadOnlyList<RichTextPart> parts)
    {
        var block = new List<RichTextPart>();
        var used = 0;
        foreach (var part in parts.SelectMany(Pieces))
        {
            var length = Length(part);
            if (block.Count > 0 && used + length > Limits.Text)
            {
                yield return new RichTextBlock(block);
                block = [];
                used = 0;
            }

            block.Add(part);
            used += length;
        }

        yield return new RichTextBlock(block);
    }

    private static IEnumerable<RichTextPart> Pieces(RichTextPart part) => part switch
    {
        _ when Length(part) <= Limits.Text => [part],
        RichTextSection section => Lines(section.Elements).Select(runs => new RichTextSection(runs)),
        RichTextQuote quote => Lines(quote.Elements).Select(runs => new RichTextQuote(runs)),
        RichTextList list => list.Elements.SelectMany(Pieces).Select(item => list with { Elements = [item] }),
        _ => [part],
    };

    private static IEnumerable<List<RichTextRun>> Lines(IReadOnlyList<RichTextRun> runs)
    {
        var line = new List<RichTextRun>();
        var used = 0;
        foreach (var run in runs.SelectMany(Pieces))
        {
            var length = Length(run);
            if (line.Count > 0 && used + length > Limits.Text)
            {
                yield return line;
                line = [];
                used = 0;
            }

            line.Add(run);
            used += length;
        }

        if (line.Count > 0)
        {
            yield return line;
        }
    }

    private static IEnumerable<RichTextRun> Pieces(RichTextRun run) => run switch
    {
        TextRun text when text.Text.Length > Limits.Text => Cutter.Split(text.Text, Limits.Text).Select(piece => text with { Text = piece }),
        LinkRun link when Length(link) > Limits.Text => [link with { Text = Cutter.Cut(link.Text, Math.Max(1, Limits.Text - link.Url.Length)) }],
        _ => [run],
    };

    private static int Length(RichTextPart part) => part switch
    {
        RichTextSection section => section.Elements.Sum(Length),
        RichTextQuote quote => quote.Elements.Sum(Length),
        RichTextList list => list.Elements.Sum(Length),
        _ => 0,
    };

    private static int Length(RichTextRun run) => run switch
    {
        TextRun text => text.Text.Length,
        LinkRun link => link.Text.Length + link.Url.Length,
        _ => 0,
    };
}
