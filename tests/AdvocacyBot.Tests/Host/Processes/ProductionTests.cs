using System.Net;
using AdvocacyBot.Tests.Host.Support;

namespace AdvocacyBot.Tests.Host.Processes;

/// <summary>Outside Development nobody can be anybody.</summary>
public sealed class ProductionTests
{
    private const string PublicUrl = "--PublicUrl=https://share.example.com";

    [Fact]
    public async Task The_web_channel_is_off_and_the_front_page_says_nothing_private()
    {
        using var folder = new HostFolder();
        await using var host = await HostProcess.ServeInAsync("Production", folder.Path, PublicUrl);
        using var http = host.Client();

        foreach (var path in new[] { "/web/api/state", "/web/api/channels", "/web/hub?person=alice", "/web/js/app.js" })
        {
            using var response = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        using var front = await http.GetAsync("/");
        Assert.Equal("text/plain", front.Content.Headers.ContentType?.MediaType);
        Assert.Equal("AdvocacyBot is running.", await front.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_web_channel_can_be_switched_on()
    {
        using var folder = new HostFolder();
        await using var host = await HostProcess.ServeInAsync("Production", folder.Path, PublicUrl, "--Web:Enabled=true");
        using var http = host.Client();

        Assert.Contains("carmen", await http.GetStringAsync("/web/api/state"), StringComparison.Ordinal);
    }
}
