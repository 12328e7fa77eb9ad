using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>Walks one card and lays its elements down as blocks, in their order. docs/slack-rendering.md has the table.</summary>
internal sealed class CardBlocks
{
    private readonly List<Block> blocks = [];
    private readonly ButtonBlocks buttons;
    private readonly FieldBlocks? fields;
    private readonly bool cardRightToLeft;
    private RichTextBuilder? open;
    private bool headed;
    private bool afterHeading;

    /// <param name="card">Decides language and direction.</param>
    /// <param name="fields">Null where the surface has no fields: they are then shown as they stand.</param>
    /// <param name="buttons">Numbers the buttons; shared where several cards make one view.</param>
    public CardBlocks(AdaptiveCard card, FieldBlocks? fields, ButtonBlocks buttons)
    {
        Language = Language.Find(card.Lang) ?? (card.Rtl is true ? Language.Hebrew : Language.English);
        cardRightToLeft = card.Rtl ?? Language.RightToLeft;
        this.fields = fields;
        this.buttons = buttons;
    }

    public Language Language { get; }

    /// <summary>What stands in the card; <see cref="AdaptiveCard.Actions"/> are left to the caller.</summary>
    public List<Block> Body(IReadOnlyList<CardElement> body)
    {
        Elements(body, cardRightToLeft, quote: false);
        Close();
        return blocks;
    }

    private void Elements(IReadOnlyList<CardElement> elements, bool rightToLeft, bool quote)
    {
        foreach (var element in elements)
        {
            if (element.IsVisible is false)
            {
                continue;
            }

            // A quotation stays whole, and a heading has its own line's distance.
            if (element.Separator is true && !quote && !afterHeading && (blocks.Count > 0 || open is not null))
            {
                Close();
                blocks.Add(new DividerBlock());
            }

            Element(element, rightToLeft, quote);
            afterHeading = element is TextBlock { Style: "heading" };
        }
    }

    private void Element(CardElement element, bool rightToLeft, bool quote)
    {
        switch (element)
        {
            case TextBlock text:
                Text(text, rightToLeft, quote);
                break;
            case Image image:
                Picture(image);
                break;
            case Container container when quote:
                Elements(container.Items, container.Rtl ?? rightToLeft, quote);
                break;
            case Container container:
                Close();
                Elements(container.Items, container.Rtl ?? rightToLeft, quote: container.Style is not (null or "default"));
                Close();
                break;
            case ColumnSet columns:
                Columns(columns, rightToLeft, quote);
                break;
            case FactSet facts:
                Facts(facts.Facts.Select(fact => (fact.Title, fact.Value)), rightToLeft, quote);
                break;
            case ActionSet actions:
                Close();
                blocks.AddRange(buttons.Of(actions.Actions));
                break;
            case HorizontalBarChart chart:
                Chart(ChartText.Bars(chart, rightToLeft));
                break;
            case DonutChart chart:
                Chart(ChartText.Shares(chart, rightToLeft));
                break;
            case InputElement input when fields is not null:
                Close();
                blocks.Add(fields.Of(input, rightToLeft, Language));
                break;
            case InputElement input:
                Facts([FieldBlocks.AsFact(input)], rightToLeft, quote);
                break;
            default:
                Fallback(element, rightToLeft, quote);
                break;
        }
    }

    private void Text(TextBlock text, bool rightToLeft, bool quote)
    {
        if (text.Text.Length == 0)
        {
            return;
        }

        // Headers and small print stand at the left in every language; rich text goes to the side it begins at. One side is worth more than sizes.
        var plainBlocks = !rightToLeft && !quote;
        if (text.Style == "heading" && plainBlocks && (!headed || text.Size is "Large" or "ExtraLarge") && TryHeader(text.Text))
        {
            return;
        }

        if (text.IsSubtle is true && plainBlocks && CardMarkdown.IsPlain(text.Text) && text.Text.Length < Limits.Text - 100)
        {
            Close();
            blocks.Add(new ContextBlock([new PlainText(Fit.Plain(Bidirectional.Lines(text.Text, rightToLeft), Limits.Text))]));
            return;
        }

        var goesOn = open is not null && open.RightToLeft == rightToLeft && open.Quote == quote && (quote || text.Spacing is "None" or "Small");
        var to = goesOn ? open! : Open(rightToLeft, quote);
        to.NewLine();
        if (text.Color is "Warning" or "Attention")
        {
            to.Text("⚠️ ", style: null);
        }

        CardMarkdown.Append(to, text.Text, Style(text));
    }

    private static RichTextStyle? Style(TextBlock text) => (text.Weight == "Bolder" || text.Style == "heading", text.FontType == "Monospace") switch
    {
        (false, false) => null,
        (true, false) => RichTextStyle.BoldText,
        var (bold, code) => new RichTextStyle { Bold = bold ? true : null, Code = code ? true : null },
    };

    /// <summary>A heading that is too long for its block is shown whole, as bold text.</summary>
    private bool TryHeader(string text)
    {
        var words = SlackText.Plain(Bidirectional.Lines(CardMarkdown.Words(text).ReplaceLineEndings(" "), rightToLeft: false));
        if (words.Length > Limits.Header || string.IsNullOrWhiteSpace(words))
        {
            return false;
        }

        Close();
        blocks.Add(new HeaderBlock(new PlainText(words)));
        headed = true;
        return true;
    }

    private void Picture(Image image)
    {
        Close();
        if (image.Url.Length <= Limits.Url && Uri.TryCreate(image.Url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp))
        {
            var alt = SlackText.Literal(image.AltText);
            blocks.Add(new ImageBlock(image.Url, string.IsNullOrWhiteSpace(alt) ? RenderingTexts.In(Language)["SlackCards.Picture"] : Cutter.Cut(alt, Limits.AltText)));
        }
    }

    /// <summary>Short texts side by side become one line; everything else stands one below the other, which is what a phone does anyway.</summary>
    private void Columns(ColumnSet set, bool rightToLeft, bool quote)
    {
        const int line = 80;
        var texts = set.Columns.Select(column => column.Items is [TextBlock { IsVisible: not false } only] ? only : null).ToList();
        if (texts.TrueForAll(text => text is not null) && texts.Sum(text => text!.Text.Length) <= line)
        {
            var to = Open(rightToLeft, quote);
            for (var i = 0; i < texts.Count; i++)
            {
                if (i > 0)
                {
                    to.Text(" · ", style: null);
                }

                CardMarkdown.Append(to, texts[i]!.Text, Style(texts[i]!));
            }

            return;
        }

        foreach (var column in set.Columns)
        {
            Elements(column.Items, column.Rtl ?? rightToLeft, quote);
        }
    }

    /// <summary>Lines, not fields: Slack fills a grid of fields from left to right in every language.</summary>
    private void Facts(IEnumerable<(string Title, string Value)> facts, bool rightToLeft, bool quote)
    {
        var to = Open(rightToLeft, quote);
        foreach (var (title, value) in facts)
        {
            to.NewLine();
            CardMarkdown.Append(to, title, RichTextStyle.BoldText);
            to.Text(": ", RichTextStyle.BoldText);
            CardMarkdown.Append(to, Isolated(value), style: null);
        }
    }

    private string Isolated(string value) => value.AsSpan().IndexOfAny(Bidirectional.Controls) >= 0 ? value : Bidi.Isolate(value, Language);

    private void Chart(IReadOnlyList<RichTextPart> parts)
    {
        Close();
        blocks.AddRange(LongText.Blocks(parts));
    }

    private void Fallback(CardElement element, bool rightToLeft, bool quote)
    {
        if (element.Fallback is { } fallback)
        {
            Element(fallback, rightToLeft, quote);
        }
    }

    private RichTextBuilder Open(bool rightToLeft, bool quote)
    {
        Close();
        return open = new RichTextBuilder(rightToLeft, quote);
    }

    private void Close()
    {
        if (open is { IsEmpty: false })
        {
            blocks.AddRange(LongText.Blocks(open.Build()));
        }

        open = null;
    }
}
