using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Tests.Networks;

/// <summary>The numbers are those of twitter-text 3.1.0 (npm), parseTweet(text).weightedLength; the first six are its own conformance cases.</summary>
public sealed class XWeightTests
{
    [Theory]
    [InlineData("Hi http://test.co", 26)]
    [InlineData("http://test.co", 23)]
    [InlineData("https://www.twitter.com/aloha https://www.twitter.com/aloha ", 48)]
    [InlineData("A\u0301B", 2)]
    [InlineData("A\uFB2C", 4)]
    [InlineData("故人西辞黄鹤楼，", 16)]
    [InlineData("שלום עולם", 9)]
    [InlineData("שָׁלוֹם", 7)]
    [InlineData("Привет", 6)]
    [InlineData("מה?…", 5)]
    [InlineData("—‘’", 3)]
    [InlineData("a\u200Db", 3)]
    [InlineData("\u200F", 2)]
    [InlineData("😀", 2)]
    [InlineData("👨‍👩‍👧‍👦", 2)]
    [InlineData("👩🏽‍🚀", 2)]
    [InlineData("🙋🏽", 2)]
    [InlineData("👨🎤", 4)]
    [InlineData("🇮🇱", 2)]
    [InlineData("🇮🇱🇺", 4)]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2)]
    [InlineData("1️⃣", 2)]
    [InlineData("*️⃣", 2)]
    [InlineData("❤️", 2)]
    [InlineData("©", 1)]
    [InlineData("a©️", 3)]
    [InlineData("a\uFE0F", 3)]
    [InlineData("𝒜", 2)]
    [InlineData("1#", 2)]
    public void Characters_weigh_what_X_gives_them(string text, int weight) => Assert.Equal(weight, XWeight.Of(text));

    [Theory]
    [InlineData("https://example.com/a?b=c#d.", 24)]
    [InlineData("(https://example.com/a)", 25)]
    [InlineData("https://example.com/a_(b)", 23)]
    [InlineData("HTTP://EXAMPLE.COM", 23)]
    [InlineData("https://example.com:8080/x?y=1&z=%20", 23)]
    [InlineData("https://דוגמה.co.il/x", 23)]
    [InlineData("https://he.wikipedia.org/wiki/תל_אביב", 30)]
    [InlineData("שלוםhttps://example.com", 27)]
    [InlineData("xhttps://example.com", 20)]
    [InlineData("https://localhost:5000/l/abc", 28)]
    public void An_address_weighs_23_and_ends_where_X_ends_it(string text, int weight) => Assert.Equal(weight, XWeight.Of(text));

    [Theory]
    [InlineData("see example.com now", 31)]
    [InlineData("example.com,next", 28)]
    [InlineData("example.com.", 24)]
    [InlineData("foo.co.jp/x", 23)]
    [InlineData("bit.ly/abc", 23)]
    [InlineData("README.md", 23)]
    [InlineData("www.דוגמה.co.il", 33)]
    [InlineData("node.js", 7)]
    [InlineData("e.g. this", 9)]
    [InlineData("3.14", 4)]
    [InlineData("end.Then", 8)]
    [InlineData("a.b@example.com", 15)]
    [InlineData("@example.com", 12)]
    [InlineData("#example.com", 12)]
    public void Only_a_real_domain_without_scheme_is_an_address(string text, int weight) => Assert.Equal(weight, XWeight.Of(text));

    [Fact]
    public void A_long_run_without_an_end_is_counted_too() =>
        Assert.Equal(40_000, XWeight.Of(new string('a', 20_000) + new string('.', 10_000) + new string('-', 10_000)));
}
