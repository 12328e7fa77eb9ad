using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.People;

namespace AdvocacyBot.Tests.People;

public sealed class ProfileAddressTests
{
    [Theory]
    [InlineData("linkedin", "https://www.linkedin.com/in/noa-levi/", "https://www.linkedin.com/in/noa-levi")]
    [InlineData("linkedin", "il.linkedin.com/in/noa-levi?utm_source=share", "https://www.linkedin.com/in/noa-levi")]
    [InlineData("linkedin", "https://www.linkedin.com/in/נועה-לוי", "https://www.linkedin.com/in/%D7%A0%D7%95%D7%A2%D7%94-%D7%9C%D7%95%D7%99")]
    [InlineData("linkedin", "noa-levi", "https://www.linkedin.com/in/noa-levi")]
    [InlineData("x", "@noa", "https://x.com/noa")]
    [InlineData("x", "http://mobile.twitter.com/noa", "https://x.com/noa")]
    [InlineData("facebook", "https://m.facebook.com/noa.levi?ref=bookmarks", "https://www.facebook.com/noa.levi")]
    [InlineData("facebook", "https://www.facebook.com/profile.php?id=100001234567890", "https://www.facebook.com/profile.php?id=100001234567890")]
    [InlineData("bluesky", "noa.bsky.social", "https://bsky.app/profile/noa.bsky.social")]
    [InlineData("threads", "https://www.threads.net/@noa.levi", "https://www.threads.com/@noa.levi")]
    [InlineData("telegram", "t.me/noa_levi", "https://t.me/noa_levi")]
    [InlineData("reddit", "https://old.reddit.com/u/noa", "https://www.reddit.com/user/noa")]
    [InlineData("mastodon", "https://example.social/@noa", "https://example.social/@noa")]
    public void What_people_type_becomes_the_plain_address(string network, string typed, string address) => Assert.Equal(address, ProfileAddress.Parse(network, typed));

    [Theory]
    [InlineData("linkedin", "https://www.linkedin.com/company/example")]
    [InlineData("linkedin", "https://www.linkedin.com.evil.example/in/noa")]
    [InlineData("linkedin", "https://evil.example/linkedin.com/in/noa")]
    [InlineData("linkedin", "https://user:secret@www.linkedin.com/in/noa")]
    [InlineData("linkedin", "https://www.linkedin.com:8443/in/noa")]
    [InlineData("linkedin", "javascript://www.linkedin.com/in/noa")]
    [InlineData("x", "https://x.com/intent/post")]
    [InlineData("x", "https://x.com/home")]
    [InlineData("x", "a name with blanks")]
    [InlineData("facebook", "https://www.facebook.com/profile.php?id=me")]
    [InlineData("facebook", "https://www.facebook.com/groups")]
    [InlineData("reddit", "https://www.reddit.com/r/csharp")]
    [InlineData("whatsapp", "https://wa.me/972501234567")]
    [InlineData("mastodon", "ftp://example.social/noa")]
    [InlineData("mastodon", "noa")]
    [InlineData("x", "")]
    public void What_is_no_profile_of_that_network_is_refused(string network, string typed) => Assert.Null(ProfileAddress.Parse(network, typed));

    [Fact]
    public void The_example_of_every_network_with_profiles_is_one() => Assert.All(
        NetworkCatalogue.Load().All.Where(network => ProfileAddress.Has(network.Key)),
        network => Assert.Equal(ProfileAddress.Example(network.Key), ProfileAddress.Parse(network.Key, ProfileAddress.Example(network.Key))));
}
