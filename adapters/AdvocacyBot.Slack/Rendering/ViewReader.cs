using System.Text.Json;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>Our own view as a payload carries it back, so that it can be shown again with a change; what Slack added to it is left out.</summary>
internal static class ViewReader
{
    /// <returns>Null where the payload holds no view of ours.</returns>
    public static View? Read(JsonElement view)
    {
        try
        {
            return view.ValueKind == JsonValueKind.Object && view.Deserialize(BlockJson.Context.View) is { Blocks: not null } read
                ? read with
                {
                    // Plain texts come back escaped and go out again as they are; rich text is sent unescaped.
                    Blocks = [.. read.Blocks.Select(Unescaped)],
                }
                : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Block Unescaped(Block block) => block is RichTextBlock rich ? rich with { Elements = [.. rich.Elements.Select(Unescaped)] } : block;

    private static RichTextPart Unescaped(RichTextPart part) => part switch
    {
        RichTextSection section => new RichTextSection([.. section.Elements.Select(Unescaped)]),
        RichTextQuote quote => new RichTextQuote([.. quote.Elements.Select(Unescaped)]),
        RichTextList list => list with { Elements = [.. list.Elements.Select(Unescaped)] },
        _ => part,
    };

    private static RichTextRun Unescaped(RichTextRun run) => run switch
    {
        TextRun text => text with { Text = SlackText.Unescape(text.Text) },
        LinkRun link => link with { Text = SlackText.Unescape(link.Text), Url = SlackText.Unescape(link.Url) },
        _ => run,
    };
}
