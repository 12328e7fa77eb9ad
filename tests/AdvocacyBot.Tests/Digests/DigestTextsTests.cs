using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Tests.Digests;

public sealed class DigestTextsTests
{
    [Fact]
    public void English_and_hebrew_have_the_same_texts_with_the_same_placeholders_and_all_plural_forms()
    {
        var english = Read("en");
        var hebrew = Read("he");

        Assert.Equal(english.Keys.Order(), hebrew.Keys.Where(key => !key.EndsWith("_two", StringComparison.Ordinal)).Order());
        Assert.All(
            english.Keys.Where(key => key.EndsWith("_other", StringComparison.Ordinal)),
            key => Assert.True(hebrew.ContainsKey(key[..^"other".Length] + "two") && hebrew.ContainsKey(key[..^"other".Length] + "one"), key));
        Assert.All(english.Keys, key => Assert.Equal(Placeholders(english[key]), Placeholders(hebrew[key])));
    }

    private static Dictionary<string, string> Read(string language)
    {
        var manager = new ResourceManager("AdvocacyBot.Core.Localization.Strings.Digests", typeof(Texts).Assembly);
        var culture = language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        return manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }

    private static IEnumerable<string> Placeholders(string text) => Regex.Matches(text, @"\{(\w+)\}").Select(m => m.Value).Order(StringComparer.Ordinal);
}
