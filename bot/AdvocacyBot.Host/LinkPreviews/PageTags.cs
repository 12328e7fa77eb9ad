using System.Net.Http.Headers;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>
/// The tags of a page that speak about the page, wherever they stand: the parser's tokens are read and no tree is built, because
/// building one takes time that grows with the square of the nesting (measured with AngleSharp 1.10.3: over 20 seconds for 512 KB
/// of <c>&lt;div&gt;</c>), and a page is a stranger's.
/// </summary>
internal sealed class PageTags
{
    private readonly Dictionary<string, string> metas = new(StringComparer.OrdinalIgnoreCase);
    private int foreignDepth;

    private PageTags() { }

    /// <summary>Of the first <c>title</c> element outside drawings.</summary>
    public string? Title { get; private set; }

    /// <summary><c>base href</c>.</summary>
    public string? BaseHref { get; private set; }

    /// <summary><c>html lang</c>.</summary>
    public string? Language { get; private set; }

    /// <summary><c>meta charset</c>, or the one in <c>meta http-equiv=content-type</c>.</summary>
    public string? Charset { get; private set; }

    /// <summary>The first <c>meta</c> with words in it of the first name that has one; names stand in <c>property</c> or <c>name</c>.</summary>
    public string? Meta(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (metas.TryGetValue(name, out var content))
            {
                return content;
            }
        }

        return null;
    }

    public static PageTags Read(string html)
    {
        var tags = new PageTags();
        using var source = new TextSource(html);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver)
        {
            SkipComments = true,
            SkipScriptText = true,
            SkipRawText = true,
        };
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
        {
            if (token is HtmlTagToken tag)
            {
                tags.Read(tag, tokenizer);
            }
        }

        return tags;
    }

    private void Read(HtmlTagToken tag, HtmlTokenizer tokenizer)
    {
        TrackForeignContent(tag, tokenizer);
        if (tag.Type != HtmlTokenType.StartTag || foreignDepth > 0)
        {
            return;
        }

        switch (tag.Name)
        {
            case "html":
                Language ??= Words(tag.GetAttribute("lang"));
                break;
            case "base":
                BaseHref ??= Words(tag.GetAttribute("href"));
                break;
            case "meta":
                ReadMeta(tag);
                break;
            case "title":
                tokenizer.State = HtmlParseMode.RCData;
                ReadTitle(tokenizer);
                break;

            // What a tree builder would tell the tokenizer (HTML standard, 13.2.6.4): the content of these is not markup.
            case "textarea":
                tokenizer.State = HtmlParseMode.RCData;
                break;
            case "script":
                tokenizer.State = HtmlParseMode.Script;
                break;
            case "style" or "xmp" or "iframe" or "noembed" or "noframes" or "noscript":
                tokenizer.State = HtmlParseMode.Rawtext;
                break;
            case "plaintext":
                tokenizer.State = HtmlParseMode.Plaintext;
                break;
        }
    }

    // Inside drawings and formulas title, script and style are ordinary elements; some HTML tags end such content (HTML standard, 13.2.6.5).
    private void TrackForeignContent(HtmlTagToken tag, HtmlTokenizer tokenizer)
    {
        foreignDepth = (tag.Name, tag.Type) switch
        {
            ("svg" or "math", HtmlTokenType.EndTag) => Math.Max(0, foreignDepth - 1),
            ("svg" or "math", _) => foreignDepth + (tag.IsSelfClosing ? 0 : 1),
            ("meta" or "head" or "body" or "div" or "p" or "span" or "table", HtmlTokenType.StartTag) => 0,
            _ => foreignDepth,
        };
        tokenizer.IsAcceptingCharacterData = foreignDepth > 0;
    }

    private void ReadMeta(HtmlTagToken tag)
    {
        var content = Words(tag.GetAttribute("content"));
        Charset ??= Words(tag.GetAttribute("charset"))
            ?? (content is not null && string.Equals(tag.GetAttribute("http-equiv"), "content-type", StringComparison.OrdinalIgnoreCase)
                && MediaTypeHeaderValue.TryParse(content, out var type)
                ? type.CharSet
                : null);
        if (content is null)
        {
            return;
        }

        foreach (var attribute in (ReadOnlySpan<string>)["property", "name"])
        {
            if (Words(tag.GetAttribute(attribute)) is { } name)
            {
                metas.TryAdd(name.Trim(), content);
            }
        }
    }

    private void ReadTitle(HtmlTokenizer tokenizer)
    {
        var token = tokenizer.Get();
        if (token.Type == HtmlTokenType.Character)
        {
            Title ??= Words(token.Data);
        }
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
