using AdvocacyBot.Slack.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Slack.Rendering;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("R&D < Sales > 0", "R&amp;D &lt; Sales &gt; 0")]
    [InlineData("<!here> & co", "&lt;\u2060!here&gt; &amp; co")]
    [InlineData("already &lt; escaped", "already &amp;lt; escaped")]
    public void The_messages_text_is_escaped_once(string text, string sent) => Assert.Equal(sent, SlackText.Mrkdwn(text));

    [Theory]
    [InlineData("R&D, a < b", "R&D, a < b")]
    [InlineData("&lt; &amp; &copy;", "&amp;lt; &amp;amp; &copy;")]
    [InlineData("<@U1> <#C1> <!here>", "<\u2060@U1> <\u2060#C1> <\u2060!here>")]
    [InlineData("a\tb\r\nc\rd\0e", "a b\nc\nde")]
    public void Plain_text_stays_as_it_is_read(string text, string sent) => Assert.Equal(sent, SlackText.Plain(text));

    [Fact]
    public void No_text_becomes_a_mention_link_or_command_anywhere() => Check.QuickThrowOnFailure(Prop.ForAll(AnyText.Arbitrary, text =>
    {
        AssertHarmless(SlackText.Literal(text));
        AssertHarmless(SlackText.Plain(text));
        var mrkdwn = SlackText.Mrkdwn(text);
        AssertHarmless(mrkdwn);
        Assert.DoesNotContain('<', mrkdwn);
        Assert.DoesNotContain('>', mrkdwn);
        Assert.All(Enumerable.Range(0, mrkdwn.Length).Where(i => mrkdwn[i] == '&'), i => Assert.Matches("^&(amp|lt|gt);", mrkdwn[i..Math.Min(mrkdwn.Length, i + 5)]));
        Assert.Equal(SlackText.Literal(text), SlackText.Unescape(mrkdwn));
    }));

    [Fact]
    public void Making_harmless_twice_changes_nothing_more() => Check.QuickThrowOnFailure(Prop.ForAll(AnyText.Arbitrary, text =>
        Assert.Equal(SlackText.Literal(text), SlackText.Literal(SlackText.Literal(text)))));

    [Fact]
    public void A_cut_text_fits_is_whole_characters_and_stays_cut() => Check.QuickThrowOnFailure(Prop.ForAll(AnyText.Arbitrary, Gen.Choose(1, 200).ToArbitrary(), (text, most) =>
    {
        var literal = SlackText.Literal(text);
        var cut = Cutter.Cut(literal, most);
        Assert.InRange(cut.Length, Math.Min(literal.Length, 1), Math.Max(most, 1));
        AssertWellFormed(cut);
        Assert.Equal(cut, Cutter.Cut(cut, most));
        Assert.Equal(literal.Length <= most, cut == literal);
    }));

    [Fact]
    public void Pieces_fit_and_say_everything() => Check.QuickThrowOnFailure(Prop.ForAll(AnyText.Arbitrary, Gen.Choose(40, 200).ToArbitrary(), (text, most) =>
    {
        var literal = SlackText.Literal(text);
        var pieces = Cutter.Split(literal, most).ToList();
        Assert.All(pieces, piece =>
        {
            Assert.InRange(piece.Length, 1, most);
            AssertWellFormed(piece);
        });
        Assert.Equal(Letters(literal), Letters(string.Concat(pieces)));
    }));

    [Fact]
    public void A_text_that_only_opens_directions_is_split_too() => Assert.All(Cutter.Split(new string('\u2068', 5000), 100), piece => Assert.InRange(piece.Length, 1, 100));

    [Fact]
    public void A_cut_never_parts_a_family()
    {
        const string family = "👩‍👩‍👧";
        Assert.Equal("ab…", Cutter.Cut("ab" + family + family, 2 + family.Length));
        Assert.Equal("\u2068" + family + "…\u2069", Cutter.Cut("\u2068" + family + family + "\u2069", 3 + family.Length));
    }

    [Theory]
    [InlineData("3 אנשים", true, "3 אנשים")]
    [InlineData("LinkedIn: שלוש", true, "\u200FLinkedIn: שלוש")]
    [InlineData("\u2068Dana\u2069 שיתפה", true, "\u200F\u2068Dana\u2069 שיתפה")]
    [InlineData("שורה\n██ 5", true, "שורה\n\u200F██ 5")]
    [InlineData("\u2068דנה\u2069 shared", false, "\u200E\u2068דנה\u2069 shared")]
    [InlineData("5 people", false, "5 people")]
    [InlineData("\u200Fכבר", true, "\u200Fכבר")]
    public void A_line_begins_with_the_mark_it_needs(string text, bool rightToLeft, string sent) => Assert.Equal(sent, Bidirectional.Lines(text, rightToLeft));

    [Fact]
    public void Marks_are_set_once() => Check.QuickThrowOnFailure(Prop.ForAll(AnyText.Arbitrary, ArbMap.Default.ArbFor<bool>(), (text, rightToLeft) =>
    {
        var marked = Bidirectional.Lines(SlackText.Literal(text), rightToLeft);
        Assert.Equal(marked, Bidirectional.Lines(marked, rightToLeft));
    }));

    private static string Letters(string text) => string.Concat(text.Where(c => char.IsLetterOrDigit(c) || char.IsPunctuation(c)));

    private static void AssertHarmless(string text)
    {
        Assert.DoesNotMatch("<[!@#]", text);
        Assert.DoesNotContain(text, c => c < ' ' && c != '\n');
        AssertWellFormed(text);
    }

    private static void AssertWellFormed(string text)
    {
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Equal(text, Bidirectional.Close(text));
    }
}
