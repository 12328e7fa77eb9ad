using AdvocacyBot.Core.Networks;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Networks;

public sealed class ComposerTests
{
    private const string Link = "https://go.example.com/l/abcdefghjkx?a=1&b=%D7%A9#top";

    private static readonly NetworkCatalogue Catalogue = NetworkCatalogue.Load();

    private static readonly string[] Nasty =
    [
        "&", "#", "%", "%25", "%2525", "%20", "+", " ", "\n", "\r\n", "\r", "\t", "\0", "\u0085", "?", "=", "/", "\\", "\"", "'", "<b>", "{link}", "{text}", "{0}", "{",
        "}", "😀", "👩🏽‍🚀", "\uD83D", "\uDE00", "שלום", "عربي", "\u200F", "\u2067", "\u2069", "é", "e\u0301", "日本", "\uFEFF", "\uFFFF", "~", "mailto:", "https://x.com/?a=b&c=d",
    ];

    [Theory]
    [InlineData("linkedin", "https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fgo.example.com%2Fl%2Fabc")]
    [InlineData("facebook", "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fgo.example.com%2Fl%2Fabc")]
    [InlineData("x", "https://x.com/intent/post?text=R%26D%20%2B%20%23%D7%A9%0A50%25&url=https%3A%2F%2Fgo.example.com%2Fl%2Fabc")]
    [InlineData("whatsapp", "https://wa.me/?text=R%26D%20%2B%20%23%D7%A9%0A50%25%0Ahttps%3A%2F%2Fgo.example.com%2Fl%2Fabc")]
    [InlineData("bluesky", "https://bsky.app/intent/compose?text=R%26D%20%2B%20%23%D7%A9%0A50%25%0Ahttps%3A%2F%2Fgo.example.com%2Fl%2Fabc")]
    [InlineData("threads", "https://www.threads.com/intent/post?text=R%26D%20%2B%20%23%D7%A9%0A50%25&url=https%3A%2F%2Fgo.example.com%2Fl%2Fabc")]
    [InlineData("telegram", "https://t.me/share/url?text=R%26D%20%2B%20%23%D7%A9%0A50%25&url=https%3A%2F%2Fgo.example.com%2Fl%2Fabc")]
    [InlineData("reddit", "https://www.reddit.com/submit?title=R%26D%20%2B%20%23%D7%A9%2050%25&url=https%3A%2F%2Fgo.example.com%2Fl%2Fabc")]
    [InlineData("email", "mailto:?subject=News&body=R%26D%20%2B%20%23%D7%A9%0D%0A50%25%0D%0A%0D%0Ahttps%3A%2F%2Fgo.example.com%2Fl%2Fabc")]
    public void The_address_is_encoded_once(string network, string address) =>
        Assert.Equal(address, Catalogue.Find(network)!.Composer("R&D + #ש\n50%", "https://go.example.com/l/abc", "News")!.AbsoluteUri);

    [Fact]
    public void Copy_has_no_composer() => Assert.Null(Catalogue.Find("copy")!.Composer("text", Link, "title"));

    [Fact]
    public void A_blank_text_leaves_the_link_alone() =>
        Assert.Equal("https://wa.me/?text=https%3A%2F%2Fa.example", Catalogue.Find("whatsapp")!.Composer(" \n", "https://a.example", "")!.AbsoluteUri);

    [Fact]
    public void What_the_composer_receives_is_what_was_meant()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(Texts(), text =>
        {
            var clean = ShareText.Clean(text);
            foreach (var network in Catalogue.All.Where(network => network.Template is not null))
            {
                var received = Query(network.Composer(text, Link, text)!.AbsoluteUri);
                var expected = network.Key switch
                {
                    "linkedin" => [("url", Link)],
                    "facebook" => [("u", Link)],
                    "whatsapp" or "bluesky" => [("text", ShareText.Join(clean, "\n", Link))],
                    "reddit" => [("title", ShareText.Line(text)), ("url", Link)],
                    "email" => [("subject", ShareText.Line(text)), ("body", ShareText.Join(clean, "\n\n", Link).Replace("\n", "\r\n", StringComparison.Ordinal))],
                    _ => new List<(string, string)> { ("text", clean), ("url", Link) },
                };
                Assert.Equal(expected, received);
            }
        }));
    }

    [Fact]
    public void Nothing_in_the_address_means_anything_to_a_browser_but_its_own_marks()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(Texts(), text =>
        {
            foreach (var network in Catalogue.All.Where(network => network.Template is not null))
            {
                var composer = network.Composer(text, Link, text)!;
                Assert.All(composer.AbsoluteUri, c => Assert.True(c is > ' ' and <= '~', $"U+{(int)c:X4}"));
                Assert.DoesNotContain('+', composer.AbsoluteUri);
                Assert.DoesNotContain('#', composer.AbsoluteUri);
                Assert.Equal(composer.OriginalString, composer.AbsoluteUri);
                Assert.Equal(network.Template!.Count(c => c == '&'), composer.AbsoluteUri.Count(c => c == '&'));
            }
        }));
    }

    [Fact]
    public void Cleaning_keeps_every_visible_character_and_is_done_once()
    {
        Assert.Equal("a\nb\nc\n\nd\te\uFFFD!", ShareText.Clean("a\r\nb\rc\n\rd\te\uD83D!\0\u0085"));
        Check.QuickThrowOnFailure(Prop.ForAll(Texts(), text => ShareText.Clean(ShareText.Clean(text)) == ShareText.Clean(text)));
    }

    [Fact]
    public void The_longest_text_a_card_could_hold_still_makes_an_address() =>
        Assert.True(Catalogue.Find("telegram")!.Composer(new string('ש', 20_000), Link, "")!.AbsoluteUri.Length > 120_000);

    private static Arbitrary<string> Texts() =>
        Gen.OneOf(Gen.Elements(Nasty), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ListOf()
            .Select(parts => string.Concat(parts)).ToArbitrary();

    private static List<(string Name, string Value)> Query(string address) =>
        [.. address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(part => part.Split('=', 2))
            .Select(pair => (pair[0], Uri.UnescapeDataString(pair[1])))];
}
