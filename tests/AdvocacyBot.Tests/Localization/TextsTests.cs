using System.Resources;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Tests.Localization;

public sealed class TextsTests
{
    private static readonly Texts English = Texts.In(Language.English);
    private static readonly Texts Hebrew = Texts.In(Language.Hebrew);

    [Fact]
    public void A_value_that_is_not_given_is_a_bug_that_says_so() =>
        Assert.Contains("'title'", Assert.Throws<FormatException>(() => English.Format("Campaigns.PromptSummary", ("other", "x"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_that_is_not_there_is_a_bug_that_says_so()
    {
        Assert.Contains("'Campaigns.NoSuchText'", Assert.Throws<MissingManifestResourceException>(() => English["Campaigns.NoSuchText"]).Message, StringComparison.Ordinal);
        Assert.Null(English.Find("NoSuchFile.Text"));
        Assert.Null(English.Find("nonsense"));
    }

    [Theory]
    [InlineData("{title}")]
    [InlineData("{other}")]
    [InlineData("{{0}}")]
    [InlineData("}{")]
    public void Braces_in_what_people_wrote_stay_as_they_are(string title) =>
        Assert.Contains(title, English.Format("Campaigns.PromptSummary", ("title", title)), StringComparison.Ordinal);

    [Fact]
    public void A_text_of_the_other_direction_is_kept_whole_and_one_of_the_same_is_left_alone()
    {
        Assert.Contains("\u2068שלום\u2069", English.Format("Campaigns.PromptSummary", ("title", "שלום")), StringComparison.Ordinal);
        Assert.Contains("\u2068hello\u2069", Hebrew.Format("Campaigns.PromptSummary", ("title", "hello")), StringComparison.Ordinal);
        Assert.DoesNotContain('\u2068', English.Format("Campaigns.PromptSummary", ("title", "hello")));
        Assert.DoesNotContain('\u2068', Hebrew.Format("Campaigns.PromptSummary", ("title", "שלום")));
    }

    [Fact]
    public void Numbers_are_written_with_their_thousands() =>
        Assert.Contains("12,345", English.Plural("Campaigns.TakesMinutes", 12_345), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "other", "other")]
    [InlineData(1, "one", "one")]
    [InlineData(-1, "one", "one")]
    [InlineData(2, "other", "two")]
    [InlineData(3, "other", "other")]
    [InlineData(11, "other", "other")]
    [InlineData(21, "other", "other")]
    [InlineData(102, "other", "other")]
    [InlineData(1_000_000, "other", "other")]
    public void Whole_numbers_take_the_form_CLDR_gives_them(long count, string english, string hebrew)
    {
        Assert.Equal(english, PluralForm.Of(Language.English, count));
        Assert.Equal(hebrew, PluralForm.Of(Language.Hebrew, count));
        Assert.All(Language.All, language => Assert.Contains(PluralForm.Of(language, count), PluralForm.All(language)));
    }

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(0.125, "13%")]
    [InlineData(0.13, "13%")]
    [InlineData(1, "100%")]
    public void A_share_is_a_whole_percentage(double share, string shown) => Assert.Equal(shown, Texts.Percent(share));

    [Theory]
    [InlineData("en", "en")]
    [InlineData("EN-gb", "en")]
    [InlineData("he_IL", "he")]
    [InlineData("iw", "he")]
    [InlineData("fr", null)]
    [InlineData("hebrew", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_language_is_found_by_its_tag(string? tag, string? code) => Assert.Equal(code, Language.Find(tag)?.Code);

    [Fact]
    public void Names_are_listed_as_the_language_lists_them()
    {
        Assert.Equal("", new JoinedText([], Language.English).ToString());
        Assert.Equal("Dana", new JoinedText(["Dana"], Language.English).ToString());
        Assert.Equal("Dana and Noa", new JoinedText(["Dana", "Noa"], Language.English).ToString());
        Assert.Equal("Dana, Noa and Avi", new JoinedText(["Dana", "Noa", "Avi"], Language.English).ToString());
        Assert.Equal("דנה, נועה ואבי", new JoinedText(["דנה", "נועה", "אבי"], Language.Hebrew).ToString());
        Assert.Equal("\u2068Dana\u2069, \u2068Noa\u2069 ו־\u2068Avi\u2069", new JoinedText(["Dana", "Noa", "Avi"], Language.Hebrew).ToString());
    }

    [Fact]
    public void A_list_in_a_sentence_is_not_isolated_once_more()
    {
        var sentence = English.Format("Chat.NotAllowed", ("command", "/advocate campaign"), ("people", new JoinedText(["דנה", "Noa"], Language.English)));

        Assert.Contains("\u2068דנה\u2069 and Noa", sentence, StringComparison.Ordinal);
        Assert.Equal(1, sentence.Count(c => c == '\u2068'));
    }
}
