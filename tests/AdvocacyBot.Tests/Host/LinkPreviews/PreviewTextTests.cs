using System.Text;
using AdvocacyBot.Host.LinkPreviews;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Host.LinkPreviews;

public sealed class PreviewTextTests
{
    [Theory]
    [InlineData("  Two \r\n\t words ", "Two words")]
    [InlineData("a\u0000b\u0007c", "abc")]
    [InlineData("safe\u202Egpj.exe\u202C", "safegpj.exe")]
    [InlineData("\u2067שלום\u2069\u200F", "שלום")]
    [InlineData("line\u2028line", "line line")]
    [InlineData("👩‍💻 at work", "👩‍💻 at work")]
    [InlineData("\uFEFF\u200B \u202A", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Texts_become_one_clean_line(string? text, string? expected) => Assert.Equal(expected, PreviewText.Clean(text, 100));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("ab cdefg", 4, "ab…")]
    [InlineData("ab👩‍💻cd", 7, "ab…")] // the emoji is five characters of one grapheme
    [InlineData("לשָׁלוֹם", 4, "ל…")]
    public void A_cut_never_splits_what_a_reader_sees_as_one_character(string text, int maxLength, string expected) =>
        Assert.Equal(expected, PreviewText.Clean(text, maxLength));

    [Fact]
    public void Any_text_comes_out_short_clean_and_stable() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), Gen.Choose(1, 60).ToArbitrary(), (text, maxLength) =>
        {
            var once = PreviewText.Clean(text, maxLength);
            return once is null || (once.Length <= maxLength
                && once == once.Trim()
                && once == PreviewText.Clean(once, maxLength)
                && once.EnumerateRunes().All(rune => !Rune.IsControl(rune) && rune != Rune.ReplacementChar));
        }).QuickCheckThrowOnFailure();
}
