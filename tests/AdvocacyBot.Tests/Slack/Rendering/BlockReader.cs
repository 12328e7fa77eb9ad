using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Tests.Slack.Rendering;

/// <summary>Reads blocks as a person does.</summary>
internal static class BlockReader
{
    /// <summary>Every text that is shown, as it is sent; lists item by item.</summary>
    public static IEnumerable<string> Texts(IEnumerable<Block> blocks) => blocks.SelectMany(block => block switch
    {
        HeaderBlock header => [header.Text.Text],
        ContextBlock context => context.Elements.Select(text => text.Text),
        RichTextBlock rich => rich.Elements.SelectMany(Texts),
        ImageBlock image => [image.AltText],
        ActionsBlock actions => actions.Elements.OfType<Button>().Select(button => button.Text.Text),
        InputBlock input => Texts(input),
        _ => Enumerable.Empty<string>(),
    });

    public static string Text(IEnumerable<Block> blocks) => string.Join('\n', Texts(blocks));

    public static IEnumerable<Button> Buttons(IEnumerable<Block> blocks) => blocks.OfType<ActionsBlock>().SelectMany(actions => actions.Elements).OfType<Button>();

    public static IEnumerable<string> Texts(RichTextPart part) => part switch
    {
        RichTextSection section => [Text(section.Elements)],
        RichTextQuote quote => [Text(quote.Elements)],
        RichTextList list => list.Elements.SelectMany(Texts),
        _ => [],
    };

    public static string Text(IEnumerable<RichTextRun> runs) => string.Concat(runs.Select(run => run is LinkRun link ? link.Text : ((TextRun)run).Text));

    private static IEnumerable<string> Texts(InputBlock input) => Options(input.Element).SelectMany(option => new[] { option.Text.Text, option.Description?.Text }).OfType<string>().Prepend(input.Label.Text);

    public static IEnumerable<Option> Options(BlockElement element) => element switch
    {
        Checkboxes boxes => boxes.Options,
        RadioButtons buttons => buttons.Options,
        StaticSelect select => select.Options ?? [.. select.OptionGroups!.SelectMany(group => group.Options)],
        MultiStaticSelect select => select.Options ?? [.. select.OptionGroups!.SelectMany(group => group.Options)],
        _ => [],
    };
}
