using System.Text;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>The words of blocks in their order. Screen readers read a message's text instead of its blocks, so where there is no summary it says what they say.</summary>
internal static class ReadAloud
{
    public static string Of(IReadOnlyList<Block> blocks)
    {
        var said = new StringBuilder();
        foreach (var block in blocks)
        {
            if (said.Length > Limits.Summary)
            {
                break;
            }

            Say(said, block);
        }

        return said.ToString().Trim();
    }

    private static void Say(StringBuilder said, Block block)
    {
        switch (block)
        {
            case HeaderBlock header:
                said.Append(SlackText.Unescape(header.Text.Text)).Append('\n');
                break;
            case ContextBlock context:
                foreach (var text in context.Elements)
                {
                    said.Append(SlackText.Unescape(text.Text)).Append('\n');
                }

                break;
            case ImageBlock image:
                said.Append(image.AltText).Append('\n');
                break;
            case RichTextBlock rich:
                foreach (var part in rich.Elements)
                {
                    Say(said, part);
                }

                break;
        }
    }

    private static void Say(StringBuilder said, RichTextPart part)
    {
        switch (part)
        {
            case RichTextSection section:
                Say(said, section.Elements);
                break;
            case RichTextQuote quote:
                Say(said, quote.Elements);
                break;
            case RichTextList list:
                foreach (var item in list.Elements)
                {
                    Say(said, item);
                }

                break;
        }
    }

    private static void Say(StringBuilder said, IReadOnlyList<RichTextRun> runs)
    {
        foreach (var run in runs)
        {
            said.Append(run is LinkRun link ? link.Text : ((TextRun)run).Text);
        }

        said.Append('\n');
    }
}
