using System.Net;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>Where the keys come from, and how often.</summary>
public sealed class KeyTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Keys_are_fetched_once_for_many_tokens()
    {
        await using var host = await TeamsHost.StartAsync(clock);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl, claims => claims["jti"] = $"{i}")));
        }

        Assert.Equal(1, host.Login.MetadataReads);
    }

    [Fact]
    public async Task An_unknown_key_fetches_them_once_more_and_then_not_for_five_minutes()
    {
        await using var host = await TeamsHost.StartAsync(clock);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl)));
        clock.Advance(TimeSpan.FromMinutes(6));
        host.Login.AddKey("new", "msteams");

        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl, header: header => header["kid"] = "new")));
        Assert.Equal(2, host.Login.MetadataReads);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl, header: header => header["kid"] = $"made-up-{i}", sign: _ => new byte[256])));
        }

        Assert.Equal(2, host.Login.MetadataReads);
        clock.Advance(TimeSpan.FromMinutes(5));
        await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl, header: header => header["kid"] = "made-up", sign: _ => new byte[256]));
        Assert.Equal(3, host.Login.MetadataReads);
    }

    [Fact]
    public async Task A_token_that_was_good_is_refused_when_its_key_is_withdrawn()
    {
        await using var host = await TeamsHost.StartAsync(clock);
        host.Login.AddKey("leaked", "msteams");
        var token = host.Login.Mint(host.Connector.ServiceUrl, claims => claims["exp"] = clock.GetUtcNow().AddDays(30).ToUnixTimeSeconds(), header => header["kid"] = "leaked");
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, token));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, token));
        host.Login.RemoveKey("leaked");

        clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl));

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(host, token));
    }

    [Fact]
    public async Task A_token_that_was_good_is_refused_once_it_has_expired()
    {
        await using var host = await TeamsHost.StartAsync(clock);
        var token = host.Login.Mint(host.Connector.ServiceUrl);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, token));

        clock.Advance(TimeSpan.FromMinutes(64));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, token));
        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(host, token));
    }

    [Fact]
    public async Task Known_keys_go_on_being_used_while_Microsoft_is_out_of_reach()
    {
        await using var host = await TeamsHost.StartAsync(clock);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl)));
        host.Login.IsDown = true;
        clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl)));
    }

    [Fact]
    public async Task Without_any_keys_Teams_is_asked_to_come_again()
    {
        await using var host = await TeamsHost.StartAsync(clock);
        host.Login.IsDown = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl)));
        host.Login.IsDown = false;
        clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, host.Login.Mint(host.Connector.ServiceUrl)));
    }

    private static async Task<HttpStatusCode> PostAsync(TeamsHost host, string token)
    {
        using var response = await host.PostAsync(Activities.Message(host.Connector, "").ToJsonString(), token);
        return response.StatusCode;
    }
}
