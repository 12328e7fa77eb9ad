using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Tests.Networks;

public sealed partial class NetworkTextsTests
{
    private static readonly NetworkCatalogue Catalogue = NetworkCatalogue.Load();

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_placeholders()
    {
        var english = Resources(CultureInfo.InvariantCulture);
        var hebrew = Resources(Language.Hebrew.Culture);

        Assert.Equal(english.Keys.Append("TooLong_two").Order(), hebrew.Keys.Order());
        Assert.All(english.Where(text => !text.Key.EndsWith("_one", StringComparison.Ordinal)), text =>
            Assert.Equal(Placeholder().Matches(text.Value).Select(match => match.Value).Order(), Placeholder().Matches(hebrew[text.Key]).Select(match => match.Value).Order()));
    }

    [Fact]
    public void Every_network_of_the_product_has_its_manners_in_both_languages() =>
        Assert.All(Catalogue.All, network => Assert.All(Language.All, language => Assert.NotNull(NetworkTexts.Manners(network, language))));

    [Theory]
    [InlineData("linkedin", "Open LinkedIn", "פתחו את לינקדאין")]
    [InlineData("email", "Open your e-mail", "פתחו את הדואר")]
    [InlineData("copy", "Copy text", "העתיקו את הטקסט")]
    public void The_button_says_what_it_does(string network, string english, string hebrew)
    {
        Assert.Equal(english, NetworkTexts.Open(Catalogue.Find(network)!, Language.English));
        Assert.Equal(hebrew, NetworkTexts.Open(Catalogue.Find(network)!, Language.Hebrew));
    }

    [Theory]
    [InlineData(257, "281 of 280 characters as X counts them: shorten by one", "281 מתוך 280 תווים לפי הספירה של \u2068X\u2069: קצרו בתו אחד")]
    [InlineData(258, "282 of 280 characters as X counts them: shorten by 2", "282 מתוך 280 תווים לפי הספירה של \u2068X\u2069: קצרו בשני תווים")]
    [InlineData(1256, "1,280 of 280 characters as X counts them: shorten by 1,000", "1,280 מתוך 280 תווים לפי הספירה של \u2068X\u2069: קצרו ב־1,000 תווים")]
    public void A_text_that_is_too_long_says_by_how_much(int length, string english, string hebrew)
    {
        var x = Catalogue.Find("x")!;
        var count = x.Count(new string('a', length), "https://a.example/l/abcdefghjk");

        Assert.Equal(english, NetworkTexts.TooLong(x, count, Language.English));
        Assert.Equal(hebrew, NetworkTexts.TooLong(x, count, Language.Hebrew));
    }

    [Fact]
    public void A_text_that_fits_is_not_spoken_of() =>
        Assert.Null(NetworkTexts.TooLong(Catalogue.Find("x")!, new TextCount(280, 280, 0), Language.English));

    [Fact]
    public void An_address_that_gets_too_long_says_why()
    {
        var whatsApp = Catalogue.Find("whatsapp")!;

        Assert.StartsWith(
            "Too long to hand over to WhatsApp: packed into a link, the text takes 2,",
            NetworkTexts.TooLong(whatsApp, whatsApp.Count(new string('ש', 400), "https://a.example/l/abcdefghjk"), Language.English),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Only_networks_that_drop_the_text_ask_for_copying_first()
    {
        Assert.Equal(["linkedin", "facebook"], Catalogue.All.Where(network => NetworkTexts.CopyFirst(network, Language.Hebrew) is not null).Select(network => network.Key));
        Assert.Equal("LinkedIn does not take the text over: copy it first, then paste", NetworkTexts.CopyFirst(Catalogue.Find("linkedin")!, Language.English));
    }

    private static Dictionary<string, string> Resources(CultureInfo culture) =>
        new ResourceManager("AdvocacyBot.Core.Localization.Strings.Networks", typeof(Texts).Assembly)
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
