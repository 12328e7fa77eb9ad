using System.Net;
using System.Net.Sockets;
using System.Text;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Host.LinkPreviews;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Host.LinkPreviews;

/// <summary>Where previews go, and where they do not.</summary>
public sealed class LinkPreviewGuardTests : IAsyncLifetime
{
    private LoopbackSite site = null!;

    public async Task InitializeAsync() => site = await LoopbackSite.StartAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_lead_to_the_page_that_is_described(int status)
    {
        site.Redirect("/old", "/new?a=b", status).Page("/new", """<title>New</title><meta property="og:image" content="i.png">""");
        var preview = await site.FoundAsync("/old#part");
        Assert.Equal((site.At("/new?a=b#part"), "New", site.At("/i.png")), (preview.Link, preview.Title, preview.ImageUrl));
    }

    [Fact]
    public async Task A_Hebrew_path_in_a_redirect_is_understood_as_it_is_sent()
    {
        // Kestrel writes headers in ASCII only; a bare socket sends what careless sites send.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        site.Page("/כתבה", "<title>Article</title>");
        var answering = AnswerOnceAsync(listener, $"HTTP/1.1 302 Found\r\nLocation: {$"http://news.test:{site.Port}/כתבה"}\r\nContent-Length: 0\r\n\r\n");
        site.Names["raw.test"] = [IPAddress.Loopback];
        var previews = site.Previews(clock: null, ("AllowedHosts:1", $"raw.test:{port}"));
        var result = await previews.FetchAsync(new Uri($"http://raw.test:{port}/"), CancellationToken.None);
        await answering;
        Assert.Equal("Article", Assert.IsType<LinkPreviewResult.Found>(result).Preview.Title);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_no_more()
    {
        for (var i = 0; i < 6; i++)
        {
            site.Redirect($"/{i}", $"/{i + 1}");
        }

        site.Page("/6", "<title>End</title>");
        Assert.Equal("End", (await site.FoundAsync("/1")).Title);
        Assert.Equal(LinkPreviewFailure.TooManyRedirects, await site.FailureAsync("/0"));
    }

    [Fact]
    public async Task A_redirect_to_itself_ends()
    {
        site.Redirect("/loop", "/loop");
        Assert.Equal(LinkPreviewFailure.TooManyRedirects, await site.FailureAsync("/loop"));
        Assert.Equal(6, site.Requests.Count);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", LinkPreviewFailure.PrivateAddress)]
    [InlineData("http://inside.test/", LinkPreviewFailure.PrivateAddress)]
    [InlineData("http://2130706433/", LinkPreviewFailure.PrivateAddress)]
    [InlineData("http://[::ffff:10.0.0.1]/", LinkPreviewFailure.PrivateAddress)]
    [InlineData("http://127.0.0.1:5432/", LinkPreviewFailure.BadAddress)]
    [InlineData("http://user:word@news.test/", LinkPreviewFailure.BadAddress)]
    [InlineData("ftp://news.test/", LinkPreviewFailure.BadAddress)]
    [InlineData("javascript:alert(1)", LinkPreviewFailure.BadAddress)]
    public async Task A_redirect_is_judged_like_a_first_address(string location, LinkPreviewFailure expected)
    {
        site.Names["inside.test"] = [IPAddress.Parse("10.0.0.1")];
        site.Redirect("/away", location);
        Assert.Equal(expected, await site.FailureAsync("/away"));
    }

    [Theory]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("localhost", "::1")]
    [InlineData("127.0.0.1.nip.io", "127.0.0.1")]
    [InlineData("7f000001.nip.io", "127.0.0.1")]
    [InlineData("metadata.google.internal", "169.254.169.254")]
    [InlineData("mapped.test", "::ffff:192.168.1.1")]
    [InlineData("nat64.test", "64:ff9b::c0a8:101")]
    [InlineData("zone.test", "fe80::1%3")]
    [InlineData("two.test", "10.0.0.1,fd00::1")]
    public async Task A_name_that_leads_inside_is_refused(string host, string addresses)
    {
        site.Names[host] = Array.ConvertAll(addresses.Split(','), IPAddress.Parse);
        var result = await site.Previews().FetchAsync(new Uri($"http://{host}/"), CancellationToken.None);
        Assert.Equal(new LinkPreviewResult.NotFetched(LinkPreviewFailure.PrivateAddress, null), result);
        Assert.Equal([host], site.LookedUp);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_what_was_judged_is_what_is_used()
    {
        site.Page("/a", "<title>Title</title>");
        await site.FoundAsync("/a");
        Assert.Equal(["news.test"], site.LookedUp);
    }

    [Fact]
    public async Task The_next_address_is_tried_where_one_does_not_answer()
    {
        site.Page("/a", "<title>Title</title>");
        site.Names["news.test"] = [IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.Loopback];
        Assert.Equal("Title", (await site.FoundAsync("/a")).Title);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_unreachable()
    {
        var result = await site.Previews().FetchAsync(new Uri("http://nowhere.test/"), CancellationToken.None);
        Assert.Equal(LinkPreviewFailure.Unreachable, Assert.IsType<LinkPreviewResult.NotFetched>(result).Reason);
    }

    [Fact]
    public void By_default_no_private_host_is_allowed() => Assert.Empty(new LinkPreviewOptions().AllowedHosts);

    [Theory]
    [InlineData("TimeLimit", "00:10:00", "LinkPreview:TimeLimit")]
    [InlineData("MaxBytes", "0", "LinkPreview:MaxBytes")]
    [InlineData("MaxRedirects", "-1", "LinkPreview:MaxRedirects")]
    [InlineData("AllowedHosts:0", "https://intranet/", "https://intranet/")]
    public void A_wrong_setting_is_named(string key, string value, string named)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>($"LinkPreview:{key}", value)]).Build();
        using var provider = new ServiceCollection().AddLogging().AddLinkPreviews(configuration).BuildServiceProvider();
        var e = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    private static async Task AnswerOnceAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        Assert.NotEqual(0, await stream.ReadAsync(new byte[4096]));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }
}
