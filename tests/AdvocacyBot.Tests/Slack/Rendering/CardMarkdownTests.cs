using AdvocacyBot.Core.Cards;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Rendering.Blocks;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Slack.Rendering;

public sealed class CardMarkdownTests
{
    [Fact]
    public void What_people_wrote_is_read_as_they_wrote_it() => Check.QuickThrowOnFailure(Prop.ForAll(AnyText.Arbitrary, text =>
    {
        var parts = Parse(CardText.Escape(text));

        Assert.All(parts, part => Assert.All(Assert.IsType<RichTextSection>(part).Elements, run => Assert.Null(Assert.IsType<TextRun>(run).Style)));
        Assert.Equal(Words(SlackText.Literal(text.Replace("\0", "", StringComparison.Ordinal))), Words(string.Concat(parts.SelectMany(BlockReader.Texts))));
    }));

    [Fact]
    public void Bold_italic_code_links_and_lists_are_kept()
    {
        var parts = Parse("**Bold**, *slanted* and [here](https://example.com/?a=1&b=2)\nnext line\n\n- one\n- two **2**\n  - inner\n\n1. first\n2. second");

        var section = Assert.IsType<RichTextSection>(parts[0]);
        Assert.Equal(new TextRun("Bold") { Style = new RichTextStyle { Bold = true } }, section.Elements[0]);
        Assert.Equal(new TextRun("slanted") { Style = new RichTextStyle { Italic = true } }, section.Elements[2]);
        Assert.Equal(new LinkRun("https://example.com/?a=1&b=2", "here"), section.Elements[4]);
        Assert.Equal(new TextRun("\nnext line"), section.Elements[5]);
        Assert.Equal(("bullet", "one|two 2|inner"), List(parts[1]));
        Assert.Equal(("ordered", "first|second"), List(parts[2]));

        static (string, string) List(RichTextPart part) => (Assert.IsType<RichTextList>(part).Style, string.Join('|', BlockReader.Texts(part)));
    }

    [Theory]
    [InlineData("[press](javascript:alert\\(1\\))", "press (javascript:alert(1))")]
    [InlineData("[press](slack://channel)", "press (slack://channel)")]
    [InlineData("<b>not HTML</b> &copy; ![picture](https://example.com/a.png)", "<b>not HTML</b> © picture")]
    public void What_Slack_would_not_take_is_shown_as_words(string markdown, string read) =>
        Assert.Equal(read, string.Concat(Parse(markdown).SelectMany(BlockReader.Texts)));

    [Fact]
    public void A_quotation_holds_lists_as_lines()
    {
        var builder = new RichTextBuilder(rightToLeft: true, quote: true);
        CardMarkdown.Append(builder, "שלום\n\n- one\n- שתיים", style: null);

        var quote = Assert.IsType<RichTextQuote>(Assert.Single(builder.Build()));
        Assert.Equal("שלום\n\u200F• one\n• שתיים", BlockReader.Text(quote.Elements));
    }

    [Theory]
    [InlineData("It is 5.30. R and D, 2026! (really)", true)]
    [InlineData("1. no", false)]
    [InlineData("snake_case", false)]
    [InlineData("line\n- item", false)]
    [InlineData("12 people", true)]
    public void Text_in_which_nothing_means_anything_is_not_parsed(string text, bool plain) => Assert.Equal(plain, CardMarkdown.IsPlain(text));

    private static IReadOnlyList<RichTextPart> Parse(string markdown)
    {
        var builder = new RichTextBuilder(rightToLeft: false, quote: false);
        CardMarkdown.Append(builder, markdown, style: null);
        return builder.Build();
    }

    // Markdown joins and trims blanks; marks of direction are ours.
    private static string Words(string text) =>
        string.Join(' ', Core.Localization.Bidi.StripControls(text).Replace("\u200E", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
