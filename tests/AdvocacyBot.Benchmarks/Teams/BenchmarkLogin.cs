using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Benchmarks.Teams;

/// <summary>Keys and tokens that the host asks for a few times in a run, and the tokens that activities come with.</summary>
internal sealed class BenchmarkLogin : IAsyncDisposable
{
    private const string AppId = "11111111-2222-3333-4444-555555555555";

    private readonly RSA rsa = RSA.Create(2048);
    private readonly WebApplication app;

    private BenchmarkLogin()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapGet("/metadata", () => Results.Json(new { issuer = "https://api.botframework.com", jwks_uri = $"{Address}/keys" }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { Key() } }));
        app.MapPost("/token", () => Results.Json(new { token_type = "Bearer", expires_in = 86_400, access_token = new string('t', 1200) }));
    }

    private string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IReadOnlyList<string> Settings =>
    [
        $"--Teams:AppId={AppId}", "--Teams:ClientSecret=secret", "--Teams:TenantId=tenant", "--Teams:AllowedTenants:0=*", "--Teams:AllowedServiceHosts:0=127.0.0.1",
        $"--Teams:OpenIdMetadataUrl={Address}/metadata", $"--Teams:TokenEndpoint={Address}/token",
    ];

    public static async Task<BenchmarkLogin> StartAsync()
    {
        var login = new BenchmarkLogin();
        await login.app.StartAsync();
        return login;
    }

    public string Mint(string serviceUrl)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var signed = $"{Encode(new { alg = "RS256", kid = "k", typ = "JWT" })}.{Encode(new { serviceurl = serviceUrl, nbf = now, exp = now + 7200, iss = "https://api.botframework.com", aud = AppId })}";
        return $"{signed}.{Base64(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    private object Key()
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", kid = "k", n = Base64(parameters.Modulus!), e = Base64(parameters.Exponent!), endorsements = new[] { "msteams" } };
    }

    private static string Encode(object json) => Base64(JsonSerializer.SerializeToUtf8Bytes(json));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

internal static class FreePort
{
    /// <summary>One that nobody has now; whoever asked listens there soon.</summary>
    public static int Take()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
