using System.Net;
using System.Text;
using AdvocacyBot.Teams.Inbound;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>Without tokens, for Agents Playground.</summary>
public sealed class AnonymousTests
{
    private static readonly (string, string)[] Settings = [("Teams:AppId", ""), ("Teams:AllowAnonymous", "true"), ("Teams:AllowedServiceHosts:0", "")];

    [Fact]
    public async Task Programs_on_this_machine_need_no_token()
    {
        var turns = new RecordingTurns();
        await using var host = await TeamsHost.StartAsync(handler: turns, settings: Settings);
        var activity = Activities.Message(host.Connector, "hello");
        activity["conversation"]!["tenantId"] = "any tenant";
        activity.Remove("channelData");

        using var response = await host.PostAsync(activity.ToJsonString(), token: null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(turns.Seen);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task What_a_browser_or_a_tunnel_forwards_is_refused(string header, string value)
    {
        await using var host = await TeamsHost.StartAsync(handler: new RecordingTurns(), settings: Settings);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages")
        {
            Content = new StringContent(Activities.Message(host.Connector, "hello").ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(header, value);

        using var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost:3978", true)]
    [InlineData("::1", "[::1]:3978", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "rebound.example", false)]
    [InlineData("10.0.0.7", "localhost", false)]
    [InlineData(null, "localhost", false)]
    public void Only_loopback_connections_to_loopback_names_are_heard(string? address, string host, bool allowed)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        http.Request.Host = new HostString(host);

        Assert.Equal(allowed, AnonymousGuard.Allows(http));
    }

    [Fact]
    public async Task Answers_go_to_this_machine_alone()
    {
        var turns = new RecordingTurns();
        await using var host = await TeamsHost.StartAsync(handler: turns, settings: Settings);
        var activity = Activities.Message(host.Connector, "hello");
        activity["serviceUrl"] = "http://10.0.0.7/";

        using var response = await host.PostAsync(activity.ToJsonString(), token: null);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
