using AdvocacyBot.Core.Localization;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Localization;

public sealed class BidiTests
{
    private const string Opening = "\u202A\u202B\u202D\u202E\u2066\u2067\u2068";
    private const string Closing = "\u202C\u2069";

    private static readonly Arbitrary<string> AnyText = Gen.Elements(
        [.. (Opening + Closing).Select(c => c.ToString()), "a", "Z", "ש", "ع", "7", " ", ".", "(", "😀", "\u200F", "\u200E", "\uD83D", "\n", "é"])
        .ListOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void What_is_seen_of_a_text_is_not_changed() => ForAll((text, around) =>
        Assert.Equal(Visible(text), Visible(Bidi.Isolate(text, around))));

    [Fact]
    public void Controls_in_a_text_cannot_reach_out_of_it() => ForAll((text, around) =>
    {
        foreach (var isolated in Bidi.Isolate(text, around).Split('\n'))
        {
            var inside = isolated.StartsWith('\u2068') ? isolated[1..^1] : isolated;
            Assert.DoesNotContain(inside, c => Opening.Contains(c, StringComparison.Ordinal) || Closing.Contains(c, StringComparison.Ordinal));
            Assert.Equal(isolated.Count(c => c == '\u2068'), isolated.Count(c => c == '\u2069'));
        }
    });

    [Fact]
    public void Each_line_of_the_other_direction_is_isolated_by_itself() => ForAll((text, around) =>
    {
        foreach (var (line, isolated) in text.Split('\n').Zip(Bidi.Isolate(text, around).Split('\n')))
        {
            if (Bidi.IsRightToLeft(line) is { } direction && direction != around.RightToLeft)
            {
                Assert.StartsWith("\u2068", isolated, StringComparison.Ordinal);
                Assert.EndsWith("\u2069", isolated, StringComparison.Ordinal);
            }
        }
    });

    [Fact]
    public void Isolating_again_changes_nothing() => ForAll((text, around) =>
        Assert.Equal(Bidi.Isolate(text, around), Bidi.Isolate(Bidi.Isolate(text, around), around)));

    [Fact]
    public void Stripping_leaves_text_without_controls_alone() => ForAll((text, _) =>
    {
        var stripped = Bidi.StripControls(text);
        Assert.Equal(Visible(text), stripped);
        Assert.Same(stripped, Bidi.StripControls(stripped));
    });

    [Theory]
    [InlineData("hello", false)]
    [InlineData("שלום", true)]
    [InlineData("12 - שלום", true)]
    [InlineData("… hello שלום", false)]
    [InlineData("12:30 😀", null)]
    [InlineData("", null)]
    public void The_first_letter_decides_the_direction(string text, bool? rightToLeft) => Assert.Equal(rightToLeft, Bidi.IsRightToLeft(text));

    private static string Visible(string text) =>
        string.Concat(text.Where(c => !Opening.Contains(c, StringComparison.Ordinal) && !Closing.Contains(c, StringComparison.Ordinal)));

    private static void ForAll(Action<string, Language> check) =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyText, Gen.Elements(Language.English, Language.Hebrew).ToArbitrary(), check));
}
