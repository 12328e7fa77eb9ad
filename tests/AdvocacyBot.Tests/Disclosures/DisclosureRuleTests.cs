using AdvocacyBot.Core.Disclosures;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Disclosures;

public sealed class DisclosureRuleTests
{
    private const string English = "I work at Acme.";
    private const string Hebrew = "העבודה שלי היא באקמי.";
    private static readonly DisclosureRule Both = new(new Dictionary<string, string> { ["en"] = English, ["he"] = Hebrew });

    [Theory]
    [InlineData("News!", "en", "News!\nI work at Acme.")]
    [InlineData("News!  \n", "en", "News!\nI work at Acme.")]
    [InlineData("News! i  WORK at acme", "en", "News! i  WORK at acme")]
    [InlineData("חדשות", "he", "חדשות\nהעבודה שלי היא באקמי.")]
    [InlineData("חדשות", "en", "חדשות\nהעבודה שלי היא באקמי.")]
    [InlineData("News!", "he", "News!\nI work at Acme.")]
    [InlineData("123", "he", "123\nהעבודה שלי היא באקמי.")]
    public void It_is_added_once_in_the_language_of_the_text(string text, string language, string expected) => Assert.Equal(expected, Both.Add(text, language));

    [Fact]
    public void Where_one_language_has_words_the_other_gets_them()
    {
        var one = new DisclosureRule(new Dictionary<string, string> { ["he"] = Hebrew });
        Assert.Equal($"News!\n{Hebrew}", one.Add("News!", "en"));
        Assert.Equal("News!", DisclosureRule.None.Add("News!", "en"));
    }

    [Fact]
    public void Whatever_the_text_it_is_in_it_once_and_taking_it_off_gives_the_text_back() => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string>(), written =>
    {
        var text = (written ?? "").TrimEnd();
        var shared = Both.Add(text, "en");
        return Both.IsIn(shared) && Both.Add(shared, "en") == shared && (Both.IsIn(text) || Both.Strip(shared) == text) && Both.Add(Both.Strip(shared), "en") == shared;
    }));
}
