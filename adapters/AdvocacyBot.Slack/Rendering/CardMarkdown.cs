using System.Buffers;
using AdvocacyBot.Slack.Rendering.Blocks;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>
/// Card text is Markdown with people's words escaped (<see cref="Core.Cards.CardText.Escape"/>). It is read by a CommonMark parser, so that escapes end exactly as in
/// the other channels; text in which nothing can mean anything is not parsed at all.
/// </summary>
internal static class CardMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly SearchValues<char> Inline = SearchValues.Create(@"\*_[]`<&");
    private static readonly SearchValues<char> AtLineStart = SearchValues.Create("#>+-=~| \t");

    public static void Append(RichTextBuilder to, string text, RichTextStyle? style)
    {
        if (IsPlain(text))
        {
            to.Text(text, style);
            return;
        }

        Blocks(Markdig.Markdown.Parse(text, Pipeline), to, style);
    }

    /// <summary>The words alone, for texts that cannot be formatted.</summary>
    public static string Words(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var builder = new RichTextBuilder(rightToLeft: false, quote: true);
        Append(builder, text, style: null);
        return string.Concat(builder.Build().OfType<RichTextQuote>().SelectMany(part => part.Elements).Select(run => run is LinkRun link ? link.Text : ((TextRun)run).Text));
    }

    public static bool IsPlain(string text)
    {
        if (text.AsSpan().IndexOfAny(Inline) >= 0)
        {
            return false;
        }

        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (AtLineStart.Contains(rest[0]) || IsNumbered(rest))
            {
                return false;
            }

            var end = rest.IndexOfAny('\n', '\r');
            if (end < 0)
            {
                return true;
            }

            rest = rest[(end + 1)..];
        }

        return true;
    }

    private static bool IsNumbered(ReadOnlySpan<char> line) =>
        char.IsAsciiDigit(line[0]) && line.IndexOfAnyExceptInRange('0', '9') is > 0 and var end && line[end] is '.' or ')';

    private static void Blocks(ContainerBlock container, RichTextBuilder to, RichTextStyle? style)
    {
        var first = true;
        foreach (var block in container)
        {
            if (!first && block is not ListBlock)
            {
                to.NewLine();
                if (container is MarkdownDocument)
                {
                    to.NewLine();
                }
            }

            first = false;
            switch (block)
            {
                case LinkReferenceDefinitionGroup:
                    break;
                case ListBlock list:
                    to.List(list.IsOrdered, [.. list.OfType<ListItemBlock>().Select<ListItemBlock, Action<RichTextBuilder>>(item => line => Blocks(item, line, style))]);
                    break;
                case HeadingBlock heading:
                    Inlines(heading.Inline, to, (style ?? new RichTextStyle()) with { Bold = true });
                    break;
                case LeafBlock { Inline: { } inlines }:
                    Inlines(inlines, to, style);
                    break;
                case LeafBlock leaf:
                    to.Text(leaf.Lines.ToString(), style);
                    break;
                case ContainerBlock inner:
                    Blocks(inner, to, style);
                    break;
            }
        }
    }

    private static void Inlines(ContainerInline? container, RichTextBuilder to, RichTextStyle? style)
    {
        for (var inline = container?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    to.Text(literal.Content.ToString(), style);
                    break;
                case LineBreakInline:
                    to.NewLine();
                    break;
                case CodeInline code:
                    to.Text(code.Content, (style ?? new RichTextStyle()) with { Code = true });
                    break;
                case HtmlEntityInline entity:
                    to.Text(entity.Transcoded.ToString(), style);
                    break;
                case AutolinkInline auto:
                    to.Link(auto.Url, auto.IsEmail ? "mailto:" + auto.Url : auto.Url, style);
                    break;
                case LinkInline { IsImage: false } link:
                    to.Link(WordsOf(link), link.Url ?? "", style);
                    break;
                case EmphasisInline emphasis:
                    Inlines(emphasis, to, emphasis.DelimiterCount > 1 ? (style ?? new RichTextStyle()) with { Bold = true } : (style ?? new RichTextStyle()) with { Italic = true });
                    break;
                case ContainerInline inner:
                    Inlines(inner, to, style);
                    break;
            }
        }
    }

    private static string WordsOf(ContainerInline container)
    {
        var words = new RichTextBuilder(rightToLeft: false, quote: false);
        Inlines(container, words, style: null);
        return string.Concat(words.Build().OfType<RichTextSection>().SelectMany(part => part.Elements).OfType<TextRun>().Select(run => run.Text));
    }
}
