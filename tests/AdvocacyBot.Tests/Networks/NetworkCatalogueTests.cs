using System.Text;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Tests.Networks;

public sealed class NetworkCatalogueTests
{
    private const string Mastodon = """
        { "key": "mastodon", "letter": "d", "name": { "en": "Mastodon", "he": "מסטודון" }, "composer": "https://mastodon.example/share?text={message}",
          "limit": 500, "count": "utf16", "link": "fixed", "linkLength": 23, "utmSource": "mastodon", "utmMedium": "social" }
        """;

    [Fact]
    public void The_products_catalogue_loads_in_its_order() =>
        Assert.Equal(
            ["linkedin", "x", "facebook", "whatsapp", "bluesky", "threads", "telegram", "reddit", "email", "copy"],
            NetworkCatalogue.Load().All.Select(network => network.Key));

    [Fact]
    public void A_network_is_found_by_key_and_by_letter()
    {
        var catalogue = NetworkCatalogue.Load();

        Assert.All(catalogue.All, network =>
        {
            Assert.Same(network, catalogue.Find(network.Key));
            Assert.Same(network, catalogue.ByLetter(network.Letter));
            Assert.Contains(network.Letter, LinkCode.Alphabet);
        });
        Assert.Null(catalogue.Find("myspace"));
        Assert.Null(catalogue.ByLetter('9'));
        Assert.Null(catalogue.ByLetter('\0'));
        Assert.Null(catalogue.ByLetter('ש'));
    }

    [Theory]
    [InlineData("linkedin", false)]
    [InlineData("facebook", false)]
    [InlineData("copy", false)]
    [InlineData("x", true)]
    [InlineData("whatsapp", true)]
    [InlineData("reddit", true)]
    public void The_template_says_whether_the_text_goes_over(string network, bool prefills) =>
        Assert.Equal(prefills, NetworkCatalogue.Load().Find(network)!.PrefillsText);

    [Fact]
    public void An_operator_adds_a_network_at_the_end()
    {
        var catalogue = NetworkCatalogue.Load().Extend(File($"[{Mastodon}]"), "own.json");

        Assert.Equal("mastodon", catalogue.All[^1].Key);
        Assert.Equal(5 + 1 + 23, catalogue.ByLetter('d')!.Count("hello", "https://a.example/l/abcdefghjk").Used);
    }

    [Fact]
    public void An_operator_replaces_a_network_in_its_place()
    {
        var x = Mastodon.Replace("\"mastodon\", \"letter\": \"d\"", "\"x\", \"letter\": \"x\"", StringComparison.Ordinal);
        var catalogue = NetworkCatalogue.Load().Extend(File($"[{x}]"), "own.json");

        Assert.Equal("x", catalogue.All[1].Key);
        Assert.Equal(500, catalogue.All[1].Limit);
        Assert.Equal(NetworkCatalogue.Load().All.Count, catalogue.All.Count);
    }

    [Theory]
    [InlineData("\"letter\": \"d\"", "\"letter\": \"x\"", "letter 'x' is used by 'x' and 'mastodon'")]
    [InlineData("\"letter\": \"d\"", "\"letter\": \"ש\"", "'letter' must be one ASCII letter or digit")]
    [InlineData("\"letter\": \"d\"", "\"letter\": \"dd\"", "'letter' must be one ASCII letter or digit")]
    [InlineData("\"key\": \"mastodon\", ", "", "network number 1: 'key' is missing")]
    [InlineData("\"key\": \"mastodon\"", "\"key\": \"Mastodon!\"", "'key' must be lower-case")]
    [InlineData(", \"he\": \"מסטודון\"", "", "'name' lacks 'he'")]
    [InlineData("{message}", "{body}", "unknown placeholder '{body}'; known are {text}")]
    [InlineData("{message}", "{message", "without its '}'")]
    [InlineData("mastodon.example", "{text}.example", "placeholder before its '?'")]
    [InlineData("https://mastodon", "javascript://mastodon", "no absolute https: or mailto: address")]
    [InlineData("\"limit\": 500", "\"limit\": 0", "'limit' must be above 0")]
    [InlineData("\"utf16\"", "\"bytes\"", "'count' is 'bytes'; known are utf16")]
    [InlineData("\"fixed\"", "\"short\"", "'link' is 'short'; known are apart")]
    [InlineData("\"linkLength\": 23, ", "", "'linkLength' belongs to")]
    [InlineData("\"composer\": \"https://mastodon.example/share?text={message}\"", "\"count\": \"address\"", "no 'composer' whose address could be counted")]
    [InlineData("\"utmSource\": \"mastodon\"", "\"utmSource\": \"Masto Don\"", "'utmSource' must be lower-case")]
    [InlineData("\"limit\"", "\"limits\"", "limits")]
    [InlineData("\"limit\": 500", "\"limit\": many", "own.json")]
    public void A_mistake_in_an_operators_file_is_named(string good, string bad, string message)
    {
        var file = Mastodon.Replace(good, bad, StringComparison.Ordinal);
        if (bad.Contains("\"address\"", StringComparison.Ordinal))
        {
            file = file.Replace("\"count\": \"utf16\", ", "", StringComparison.Ordinal);
        }

        var exception = Assert.Throws<InvalidDataException>(() => NetworkCatalogue.Load().Extend(File($"[{file}]"), "own.json"));

        Assert.StartsWith("own.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var file = Mastodon.Replace("{message}", "{body}", StringComparison.Ordinal).Replace("\"en\"", "\"fr\"", StringComparison.Ordinal);

        var exception = Assert.Throws<InvalidDataException>(() => NetworkCatalogue.Load(File($"[{file}, {file}]"), "own.json"));

        Assert.Contains("{body}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'name' lacks 'en'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("is there 2 times", exception.Message, StringComparison.Ordinal);
    }

    private static MemoryStream File(string json) => new(Encoding.UTF8.GetBytes(json));
}
