using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Tests.Teams.Support;

/// <summary>
/// Where App Service gives tokens to managed identities (learn.microsoft.com, overview-managed-identity, "REST endpoint reference"). It is found by two environment
/// variables, which nothing else in this process reads.
/// </summary>
internal sealed class FakeIdentity : IAsyncDisposable
{
    private const string Secret = "853b9a84-5bfa-4b22-a3f3-0b9a43d9ad8a";

    private readonly ConcurrentQueue<(string Resource, string Client)> asked = new();
    private readonly ConcurrentQueue<string> unexpected = new();
    private LoopbackServer server = null!;
    private string token = "";

    /// <summary>Whose tokens were asked for, and for what.</summary>
    public IReadOnlyList<(string Resource, string Client)> Asked => [.. asked];

    public static async Task<FakeIdentity> StartAsync()
    {
        var identity = new FakeIdentity();
        identity.server = await LoopbackServer.StartAsync(identity.AnswerAsync);
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", new Uri(identity.server.Address, "msi/token").AbsoluteUri);
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", Secret);
        return identity;
    }

    public void Gives(string accessToken) => token = accessToken;

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        await server.DisposeAsync();
        Assert.Empty(unexpected);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (http.Request.Method != "GET" || http.Request.Path != "/msi/token" || http.Request.Headers["X-IDENTITY-HEADER"] != Secret || query["api-version"] != "2019-08-01")
        {
            unexpected.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
            http.Response.StatusCode = 400;
            return;
        }

        asked.Enqueue((query["resource"].ToString(), query["client_id"].ToString()));
        var until = TimeProvider.System.GetUtcNow().AddHours(24).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(new JsonObject
        {
            ["access_token"] = token, ["expires_on"] = until, ["resource"] = query["resource"].ToString(), ["token_type"] = "Bearer", ["client_id"] = query["client_id"].ToString(),
        }.ToJsonString());
    }
}
