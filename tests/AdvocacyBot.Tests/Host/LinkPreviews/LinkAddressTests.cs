using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Host.LinkPreviews;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Host.LinkPreviews;

public sealed class LinkAddressTests
{
    private static readonly AllowedHosts Nobody = new([]);

    [Theory]
    [InlineData("https://example.com/a?b=c#d")]
    [InlineData("http://example.com:443/")]
    [InlineData("https://דוגמה.co.il/כתבה")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    public void Ordinary_addresses_are_read(string link) => Assert.Null(LinkAddress.Problem(new Uri(link), Nobody));

    [Theory]
    [InlineData("ftp://example.com/", "scheme")]
    [InlineData("file:///etc/passwd", "scheme")]
    [InlineData("javascript:alert(1)", "scheme")]
    [InlineData("gopher://example.com/", "scheme")]
    [InlineData("https://user@example.com/", "credentials")]
    [InlineData("https://user:word@example.com/", "credentials")]
    [InlineData("https://example.com:8443/", "port")]
    [InlineData("http://example.com:22/", "port")]
    public void Other_addresses_are_refused_by_name_of_the_fault(string link, string detail) =>
        Assert.Equal(new LinkPreviewResult.NotFetched(LinkPreviewFailure.BadAddress, detail), LinkAddress.Problem(new Uri(link), Nobody));

    [Fact]
    public void A_relative_address_is_refused() =>
        Assert.Equal("scheme", LinkAddress.Problem(new Uri("/a", UriKind.Relative), Nobody)?.Detail);

    [Fact]
    public void An_endless_address_is_refused() =>
        Assert.Equal("length", LinkAddress.Problem(new Uri("https://example.com/" + new string('a', 2048)), Nobody)?.Detail);

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.01/")]
    [InlineData("http://0/")]
    [InlineData("http://１２７.0.0.1/")]
    [InlineData("http://①②⑦.0.0.1/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[2002:a00:1::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    public void A_private_address_is_refused_in_every_way_of_writing_it(string link) =>
        Assert.Equal(LinkPreviewFailure.PrivateAddress, LinkAddress.Problem(new Uri(link), Nobody)?.Reason);

    [Theory]
    [InlineData("intranet.example.com", "http://intranet.example.com/", true)]
    [InlineData("intranet.example.com", "https://INTRANET.example.com/a", true)]
    [InlineData("intranet.example.com", "http://intranet.example.com:8080/", false)]
    [InlineData("intranet.example.com:8080", "http://intranet.example.com:8080/", true)]
    [InlineData("10.0.0.1", "http://10.0.0.1/", true)]
    [InlineData("10.0.0.1:8080", "http://10.0.0.1/", false)]
    [InlineData("10.0.0.1", "http://10.0.0.2/", false)]
    [InlineData("[fd00::1]:8080", "http://[fd00::1]:8080/", true)]
    [InlineData("10.0.0.1", "http://user@10.0.0.1/", false)]
    public void An_allowed_host_is_read_on_its_own_ports_only(string entry, string link, bool isRead) =>
        Assert.Equal(isRead, LinkAddress.Problem(new Uri(link), new AllowedHosts([entry])) is null);

    [Theory]
    [InlineData("http://intranet")]
    [InlineData("intranet/path")]
    [InlineData("intranet/")]
    [InlineData("me@intranet")]
    [InlineData("*.example.com")]
    [InlineData("10.0.0.0/8")]
    [InlineData("")]
    public void A_bad_entry_is_named(string entry) =>
        Assert.Contains($"'{entry}'", AllowedHosts.FirstProblem(["fine.example.com", entry]), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://דוגמה.co.il/א?a=b#c", "https://xn--6dbbec0c.co.il/%D7%90?a=b#c")]
    [InlineData("http://[2606:4700:4700::1111]:80/", "http://[2606:4700:4700::1111]/")]
    [InlineData("http://intranet.example.com:8080/a%2Fb", "http://intranet.example.com:8080/a%2Fb")]
    public void The_canonical_form_shows_the_host_in_ASCII(string link, string expected) =>
        Assert.Equal(expected, LinkAddress.Canonical(new Uri(link)).AbsoluteUri);

    [Fact]
    public void No_text_that_is_an_address_makes_the_check_fail() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            if (Uri.TryCreate($"http://{text}", UriKind.RelativeOrAbsolute, out var link) && LinkAddress.Problem(link, Nobody) is null)
            {
                Assert.True(Uri.CheckHostName(LinkAddress.Canonical(link).Host) is not UriHostNameType.Unknown);
            }
        }).QuickCheckThrowOnFailure();
}
