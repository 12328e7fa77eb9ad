using AdvocacyBot.Core.Links;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Links;

public sealed class UtmTests
{
    private static readonly UtmValues Values = new("linkedin", "social", "Kx3");

    [Theory]
    [InlineData("https://example.com", "https://example.com?utm_source=linkedin&utm_medium=social&utm_campaign=kx3")]
    [InlineData("https://example.com/a", "https://example.com/a?utm_source=linkedin&utm_medium=social&utm_campaign=kx3")]
    [InlineData("https://example.com/a?", "https://example.com/a?utm_source=linkedin&utm_medium=social&utm_campaign=kx3")]
    [InlineData("https://example.com/a?b=1&", "https://example.com/a?b=1&utm_source=linkedin&utm_medium=social&utm_campaign=kx3")]
    [InlineData("https://example.com/a?z=1&b=%41+c&&z=2#top?x=1", "https://example.com/a?z=1&b=%41+c&&z=2&utm_source=linkedin&utm_medium=social&utm_campaign=kx3#top?x=1")]
    [InlineData("https://example.com/?UTM_Source=mine", "https://example.com/?UTM_Source=mine&utm_medium=social&utm_campaign=kx3")]
    [InlineData("https://example.com/?utm%5Fmedium=mine&utm_campaign", "https://example.com/?utm%5Fmedium=mine&utm_campaign&utm_source=linkedin")]
    [InlineData("https://example.com/#utm_source=x", "https://example.com/?utm_source=linkedin&utm_medium=social&utm_campaign=kx3#utm_source=x")]
    [InlineData("https://example.com/?q=utm_source=x", "https://example.com/?q=utm_source=x&utm_source=linkedin&utm_medium=social&utm_campaign=kx3")]
    [InlineData("http://[::1]:8080/é", "http://[::1]:8080/%C3%A9?utm_source=linkedin&utm_medium=social&utm_campaign=kx3")]
    [InlineData(
        "https://דוגמה.co.il/נתיב?ש=ק#ע",
        "https://xn--6dbbec0c.co.il/%D7%A0%D7%AA%D7%99%D7%91?%D7%A9=%D7%A7&utm_source=linkedin&utm_medium=social&utm_campaign=kx3#%D7%A2")]
    [InlineData("mailto:a@example.com", "mailto:a@example.com")]
    public void Parameters_go_after_the_query_and_before_the_fragment(string destination, string tagged) =>
        Assert.Equal(tagged, Utm.Tag(new Uri(destination), Values).OriginalString);

    [Theory]
    [InlineData("Spring Sale 2027", "spring-sale-2027")]
    [InlineData("a.b_c-d", "a.b_c-d")]
    [InlineData("--a&b=c#d--", "a-b-c-d")]
    [InlineData("קמפיין", "")]
    [InlineData("İI", "i")]
    [InlineData(null, "")]
    public void Values_are_lower_case_and_plain(string? text, string value) => Assert.Equal(value, Utm.Value(text));

    [Fact]
    public void A_value_of_nothing_usable_is_left_out() =>
        Assert.Equal("https://example.com/?utm_source=x", Utm.Tag(new Uri("https://example.com/"), new("x", "", "קמפיין")).OriginalString);

    [Fact]
    public void The_content_is_tagged_too() =>
        Assert.EndsWith("&utm_content=post-2", Utm.Tag(new Uri("https://example.com/"), Values with { Content = "Post 2" }).OriginalString, StringComparison.Ordinal);

    [Fact]
    public void The_reference_is_written_as_it_is_and_never_over_the_authors_own()
    {
        var values = Values with { Reference = "Ab3Cd4Ef5Gk" };
        Assert.EndsWith("&advocacy_ref=Ab3Cd4Ef5Gk#top", Utm.Tag(new Uri("https://example.com/?a=1#top"), values).OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("Ab3Cd4Ef5Gk", Utm.Tag(new Uri("https://example.com/?Advocacy_Ref=mine"), values).OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_stays_untagged_rather_than_grow_over_2000()
    {
        var tags = "&utm_source=linkedin&utm_medium=social&utm_campaign=kx3".Length;
        var fits = "https://example.com/?q=".PadRight(2000 - tags, 'a');

        Assert.Equal(2000, Utm.Tag(new Uri(fits), Values).OriginalString.Length);
        Assert.Equal(fits + "a", Utm.Tag(new Uri(fits + "a"), Values).OriginalString);
    }

    [Fact]
    public void Tagging_twice_is_tagging_once()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(Destinations(), AnyValues(), (destination, values) =>
        {
            var once = Utm.Tag(destination, values);
            Assert.Equal(once.OriginalString, Utm.Tag(once, values).OriginalString);
            Assert.Equal(once.AbsoluteUri, Utm.Tag(new Uri(once.AbsoluteUri), values).AbsoluteUri);
        }));
    }

    [Fact]
    public void The_authors_query_and_fragment_stay_as_they_are()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(Destinations(), AnyValues(), (destination, values) =>
        {
            var tagged = Utm.Tag(destination, values);
            Assert.Equal(destination.Fragment, tagged.Fragment);
            Assert.Equal(destination.AbsolutePath, tagged.AbsolutePath);
            Assert.Equal(destination.IdnHost, tagged.Host);
            Assert.StartsWith(destination.Query.TrimEnd('&'), tagged.Query, StringComparison.Ordinal);
            Assert.All(tagged.AbsoluteUri, c => Assert.True(c is > ' ' and <= '~'));
            Assert.True(tagged.OriginalString.Length <= Math.Max(Utm.LongestAddress, destination.AbsoluteUri.Length + 64));
            var names = tagged.Query.TrimStart('?').Split('&').Select(part => Uri.UnescapeDataString(part.Split('=')[0])).ToList();
            var authors = destination.Query.TrimStart('?').Split('&').Select(part => Uri.UnescapeDataString(part.Split('=')[0])).ToList();
            foreach (var name in new[] { "utm_source", "utm_medium", "utm_campaign", "utm_content" })
            {
                var count = authors.Count(author => author.Equals(name, StringComparison.OrdinalIgnoreCase));
                Assert.InRange(names.Count(found => found.Equals(name, StringComparison.OrdinalIgnoreCase)), count, Math.Max(1, count));
            }
        }));
    }

    private static Arbitrary<Uri> Destinations()
    {
        var host = Gen.Elements("example.com", "דוגמה.co.il", "EXAMPLE.com:8443", "xn--6dbbec0c.co.il");
        var path = Gen.Elements("", "/", "/a/b.html", "/נתיב ארוך", "/a%2Fb", "/%41");
        var parameter = Gen.Elements(
            "a=1", "utm_source=me", "UTM_MEDIUM=me", "utm%5fcampaign=me", "utm_content=", "utm_content", "", "q=utm_source=x", "ש=ק", "x=%2B+%20", "b=1?2", "c=/", "d=😀", "e='", "long=" + new string('a', 1900));
        var query = parameter.ListOf().Select(parts => parts.Count == 0 ? "" : "?" + string.Join('&', parts));
        var fragment = Gen.Elements("", "#", "#top", "#ע", "#/route?utm_source=x&a=b", "#a#b");
        return Gen.Zip(Gen.Zip(host, path), Gen.Zip(query, fragment))
            .Select(parts => new Uri($"https://{parts.Item1.Item1}{parts.Item1.Item2}{parts.Item2.Item1}{parts.Item2.Item2}")).ToArbitrary();
    }

    private static Arbitrary<UtmValues> AnyValues()
    {
        var value = ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "");
        return Gen.Zip(Gen.Zip(value, value), Gen.Zip(value, value))
            .Select(parts => new UtmValues(parts.Item1.Item1, parts.Item1.Item2, parts.Item2.Item1, parts.Item2.Item2)).ToArbitrary();
    }
}
