using System.Net;
using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>Who may speak to the bot.</summary>
public sealed class TokenTests(TeamsHostFixture fixture) : IClassFixture<TeamsHostFixture>
{
    private TeamsHost Host => fixture.Host;

    public static TheoryData<string> Cases() => [.. TokenCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_token_is_taken_or_refused_for_what_is_wrong_with_it(string name)
    {
        var activity = Activities.Message(Host.Connector, "hello");

        using var response = await Host.PostAsync(activity.ToJsonString(), TokenCases.Mint(name, Host.Login, Host.Connector.ServiceUrl));

        var (status, code) = TokenCases.All[name];
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, body.Length == 0 ? null : (string?)JsonNode.Parse(body)!["error"]!["code"]);
        Assert.Equal(status == 200, fixture.Turns.Seen.Any(seen => seen.Id == (string?)activity["id"]));
        Assert.Equal(status == 401, response.Headers.WwwAuthenticate.Count > 0);
    }

    [Theory]
    [InlineData("Basic dTpw")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer x")]
    public async Task Other_headers_are_no_token(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent("{}") };
        request.Headers.TryAddWithoutValidation("Authorization", header);

        using var response = await Host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Two_headers_are_no_token()
    {
        var good = Host.Login.Mint(Host.Connector.ServiceUrl);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent("{}") };
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {good}", $"Bearer {good}"]);

        using var response = await Host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_is_of_use_for_its_own_service_alone_however_often_it_was_good()
    {
        var token = Host.Login.Mint(Host.Connector.ServiceUrl);
        using var first = await Host.PostAsync(Activities.Message(Host.Connector, "one").ToJsonString(), token);
        var elsewhere = Activities.Message(Host.Connector, "two");
        elsewhere["serviceUrl"] = "https://smba.trafficmanager.net/emea/";

        using var second = await Host.PostAsync(elsewhere.ToJsonString(), token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task A_service_outside_the_list_is_refused_even_with_a_good_token()
    {
        var activity = Activities.Message(Host.Connector, "hello");
        activity["serviceUrl"] = "https://smba.trafficmanager.net.evil.example/emea/";

        using var response = await Host.PostAsync(activity.ToJsonString(), Host.Login.Mint("https://smba.trafficmanager.net.evil.example/emea/"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("UntrustedHost", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webchat", "WrongChannel")]
    [InlineData("emulator", "WrongChannel")]
    [InlineData("MSTEAMS", "WrongChannel")]
    [InlineData(null, "WrongChannel")]
    public async Task Another_channel_of_the_same_bot_is_refused(string? channel, string code)
    {
        var activity = Activities.Message(Host.Connector, "hello");
        activity["channelId"] = channel;

        using var response = await Host.PostAsync(activity.ToJsonString());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another-tenant", "another-tenant")]
    [InlineData(null, "another-tenant")]
    [InlineData(FakeConnector.Tenant, "another-tenant")]
    [InlineData("another-tenant", FakeConnector.Tenant)]
    [InlineData(null, null)]
    public async Task People_of_another_tenant_are_refused(string? inConversation, string? inChannelData)
    {
        var activity = Activities.Message(Host.Connector, "hello");
        activity["conversation"]!["tenantId"] = inConversation;
        activity["channelData"]!["tenant"]!["id"] = inChannelData;

        using var response = await Host.PostAsync(activity.ToJsonString());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("WrongTenant", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
