using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>About how many characters a block takes as JSON; a little more than it does, never less but for a text full of quotation marks.</summary>
internal static class BlockSize
{
    private const int Object = 34;
    private const int PlainTextFrame = 50;

    public static int Of(Block block) => Object + (block.BlockId?.Length + 14 ?? 0) + block switch
    {
        HeaderBlock header => Of(header.Text),
        RichTextBlock rich => rich.Elements.Sum(Of),
        ContextBlock context => context.Elements.Sum(Of),
        ImageBlock image => image.ImageUrl.Length + image.AltText.Length + 40,
        ActionsBlock actions => actions.Elements.Sum(Of),
        InputBlock input => Of(input.Label) + Of(input.Element) + 40,
        _ => 0,
    };

    private static int Of(RichTextPart part) => 50 + part switch
    {
        RichTextSection section => section.Elements.Sum(Of),
        RichTextQuote quote => quote.Elements.Sum(Of),
        RichTextList list => 40 + list.Elements.Sum(Of),
        _ => 0,
    };

    private static int Of(RichTextRun run) => (run.Style is null ? 32 : 80) + run switch
    {
        TextRun text => Escaped(text.Text),
        LinkRun link => Escaped(link.Text) + link.Url.Length + 10,
        _ => 0,
    };

    private static int Of(BlockElement element) => Object + 20 + element.ActionId.Length + element switch
    {
        Button button => Of(button.Text) + (button.Value?.Length + 12 ?? 0) + (button.Url?.Length + 10 ?? 0) + (button.Style is null ? 0 : 20)
            + (button.AccessibilityLabel?.Length + 25 ?? 0),
        StaticSelect select => Of(select.Options, select.OptionGroups),
        MultiStaticSelect select => Of(select.Options, select.OptionGroups) * 2,
        RadioButtons radio => Of(radio.Options, groups: null) * 2,
        Checkboxes boxes => Of(boxes.Options, groups: null) * 2,
        PlainTextInput input => Escaped(input.InitialValue ?? "") + 150,
        _ => 150,
    };

    private static int Of(IReadOnlyList<Option>? options, IReadOnlyList<OptionGroup>? groups) =>
        (options?.Sum(Of) ?? 0) + (groups?.Sum(group => Of(group.Label) + group.Options.Sum(Of)) ?? 0);

    private static int Of(Option option) => Of(option.Text) + option.Value.Length + 20 + (option.Description is { } description ? Of(description) + 16 : 0);

    private static int Of(PlainText text) => PlainTextFrame + Escaped(text.Text);

    private static int Escaped(string text) => text.Length + text.AsSpan().Count('\n') + text.AsSpan().Count('"') + text.AsSpan().Count('\\');
}
