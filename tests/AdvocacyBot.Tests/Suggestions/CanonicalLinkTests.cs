using AdvocacyBot.Core.Suggestions;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Suggestions;

public sealed class CanonicalLinkTests
{
    private static readonly string[] Hosts = ["example.com", "www.example.com", "EXAMPLE.com", "blog.example.com:8443", "חדשות.example.co.il", "127.0.0.1"];
    private static readonly string[] Paths = ["", "/", "/a", "/a/", "/A/b.html", "/%D7%90", "/א"];
    private static readonly string[] Queries = ["", "?b=2&a=1", "?a=1&b=2", "?utm_source=x&a=1", "?fbclid=z", "?q=%20&&"];

    [Theory]
    [InlineData("https://example.com/news", "http://www.Example.com/news/")]
    [InlineData("https://example.com/news", "https://example.com:443/news#comments")]
    [InlineData("https://example.com/news?id=7", "https://example.com/news?utm_source=linkedin&id=7&fbclid=abc&UTM_Medium=social")]
    [InlineData("https://example.com/?b=2&a=1", "https://example.com?a=1&b=2")]
    [InlineData("https://xn--5dbqzzl.example.com/", "https://עברית.example.com")]
    [InlineData("https://example.com/%D7%90", "https://example.com/א")]
    public void Addresses_of_one_page_have_one_form(string one, string other) =>
        Assert.Equal(CanonicalLink.Of(new Uri(one)), CanonicalLink.Of(new Uri(other)));

    [Theory]
    [InlineData("https://example.com/news", "https://example.com/News")]
    [InlineData("https://example.com/news?id=7", "https://example.com/news?id=8")]
    [InlineData("https://example.com/news", "https://blog.example.com/news")]
    [InlineData("https://example.com/news", "https://example.com:8443/news")]
    [InlineData("https://example.com/utm_a", "https://example.com/utm_b")]
    public void Addresses_of_two_pages_have_two(string one, string other) =>
        Assert.NotEqual(CanonicalLink.Of(new Uri(one)), CanonicalLink.Of(new Uri(other)));

    [Fact]
    public void The_form_of_a_form_is_the_form_and_tracking_changes_nothing()
    {
        var links = Gen.Elements(Hosts).SelectMany(host => Gen.Elements(Paths).SelectMany(path => Gen.Elements(Queries).Select(query => $"https://{host}{path}{query}")));
        Check.QuickThrowOnFailure(Prop.ForAll(links.ToArbitrary(), link =>
        {
            var form = CanonicalLink.Of(new Uri(link));
            var tracked = link + (link.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "utm_campaign=spring&gclid=1#top";
            return CanonicalLink.Of(new Uri("https://" + form)) == form && CanonicalLink.Of(new Uri(tracked)) == form && !form.Contains("utm_", StringComparison.Ordinal);
        }));
    }

    [Fact]
    public void Keys_differ_between_workspaces_and_have_one_length()
    {
        var link = new Uri($"https://example.com/{new string('א', 1500)}");

        Assert.NotEqual(CanonicalLink.Key(1, link), CanonicalLink.Key(2, link));
        Assert.Equal("1:".Length + 64, CanonicalLink.Key(1, link).Length);
    }

    [Theory]
    [InlineData("https://example.com/a", "https://example.com/a", "")]
    [InlineData("Look at https://example.com/a. It is good", "https://example.com/a", "Look at . It is good")]
    [InlineData("<https://example.com/a|our news> worth it", "https://example.com/a", "worth it")]
    [InlineData("<https://example.com/a>", "https://example.com/a", "")]
    [InlineData("(see https://example.com/a)", "https://example.com/a", "(see )")]
    [InlineData("https://example.com/wiki/A_(b)", "https://example.com/wiki/A_(b)", "")]
    [InlineData("ראו https://example.com/א, שווה", "https://example.com/א", "ראו , שווה")]
    [InlineData("no link here", null, "no link here")]
    [InlineData("", null, "")]
    public void A_link_is_found_in_what_somebody_wrote(string text, string? link, string rest) => Assert.Equal((link, rest), CanonicalLink.FindIn(text));
}
