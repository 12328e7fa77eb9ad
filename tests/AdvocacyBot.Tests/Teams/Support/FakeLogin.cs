using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace AdvocacyBot.Tests.Teams.Support;

/// <summary>
/// Microsoft's login for bots in miniature: OpenID metadata and keys with endorsements, tokens for activities as Teams signs them, and the token endpoint that
/// gives the bot its own. A request that Microsoft would refuse is refused; one it does not have fails the test.
/// </summary>
internal sealed class FakeLogin : IAsyncDisposable
{
    public const string AppId = "11111111-2222-3333-4444-555555555555";
    public const string Secret = "a secret of the test";
    public const string Issuer = "https://api.botframework.com";
    public const string Key = "key-of-teams";

    private readonly ConcurrentDictionary<string, (RSA Rsa, string[]? Endorsements)> keys = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> unexpected = new();
    private readonly ConcurrentDictionary<string, bool> issued = new(StringComparer.Ordinal);
    private LoopbackServer server = null!;
    private int metadataReads;
    private int tokenRequests;

    private FakeLogin(TimeProvider clock) => Clock = clock;

    public TimeProvider Clock { get; }

    public Uri MetadataUrl => new(server.Address, "v1/.well-known/openidconfiguration");

    public Uri TokenEndpoint => new(server.Address, "oauth2/v2.0/token");

    /// <summary>How often the keys were asked for.</summary>
    public int MetadataReads => Volatile.Read(ref metadataReads);

    /// <summary>How often the bot asked for a token of its own.</summary>
    public int TokenRequests => Volatile.Read(ref tokenRequests);

    /// <summary>Answers the next requests for tokens with this status.</summary>
    public ConcurrentQueue<int> NextTokenStatus { get; } = new();

    /// <summary>Seconds that the bot's own tokens last.</summary>
    public int TokenLifetime { get; set; } = 3599;

    /// <summary>Whether metadata and keys can be read.</summary>
    public bool IsDown { get; set; }

    public static async Task<FakeLogin> StartAsync(TimeProvider? clock = null)
    {
        var login = new FakeLogin(clock ?? TimeProvider.System);
        login.AddKey(Key, "msteams", "webchat");
        login.server = await LoopbackServer.StartAsync(login.AnswerAsync);
        return login;
    }

    /// <param name="id">Key id.</param>
    /// <param name="endorsements">Channels; none: the key has no such field.</param>
    public void AddKey(string id, params string[] endorsements) => keys[id] = (RSA.Create(2048), endorsements.Length == 0 ? null : endorsements);

    public void RemoveKey(string id) => Assert.True(keys.TryRemove(id, out _));

    public RSA KeyOf(string id) => keys[id].Rsa;

    /// <summary>Whether the bot got this token here, and may use it.</summary>
    public bool HasIssued(string token) => issued.TryGetValue(token, out var valid) && valid;

    /// <summary>A token that the bot may use, whoever gives it.</summary>
    public string Issue()
    {
        var token = $"bot-token-{issued.Count + 1}";
        issued[token] = true;
        return token;
    }

    /// <summary>What was given so far is not taken any more.</summary>
    public void Revoke()
    {
        foreach (var token in issued.Keys)
        {
            issued[token] = false;
        }
    }

    /// <summary>A token as Teams sends it with an activity.</summary>
    /// <param name="serviceUrl">The activity's.</param>
    /// <param name="change">Makes it another one.</param>
    /// <param name="header">Of the token's header.</param>
    /// <param name="sign">Signs other than with <see cref="Key"/>: from the text to be signed to the signature.</param>
    public string Mint(string serviceUrl, Action<JsonObject>? change = null, Action<JsonObject>? header = null, Func<byte[], byte[]>? sign = null)
    {
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        var head = new JsonObject { ["alg"] = "RS256", ["kid"] = Key, ["x5t"] = Key, ["typ"] = "JWT" };
        header?.Invoke(head);
        var claims = new JsonObject { ["serviceurl"] = serviceUrl, ["nbf"] = now, ["exp"] = now + 3600, ["iss"] = Issuer, ["aud"] = AppId };
        change?.Invoke(claims);
        var signed = $"{Encode(head)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = sign is null
            ? keys[(string?)head["kid"] ?? Key].Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : sign(bytes);
        return $"{signed}.{Base64UrlEncoder.Encode(signature)}";
    }

    /// <summary>Fails where something was asked that Microsoft does not have.</summary>
    public void AssertExpected() => Assert.Empty(unexpected);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        foreach (var (rsa, _) in keys.Values)
        {
            rsa.Dispose();
        }
    }

    private static string Encode(JsonObject json) => Base64UrlEncoder.Encode(json.ToJsonString());

    private async Task AnswerAsync(HttpContext http)
    {
        switch (http.Request.Method, http.Request.Path.Value)
        {
            case ("GET", "/v1/.well-known/openidconfiguration"):
                Interlocked.Increment(ref metadataReads);
                await WriteAsync(http, IsDown ? 500 : 200, new JsonObject
                {
                    ["issuer"] = Issuer,
                    ["authorization_endpoint"] = "https://invalid.botframework.com",
                    ["jwks_uri"] = new Uri(server.Address, "v1/.well-known/keys").AbsoluteUri,
                    ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
                    ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
                });
                break;
            case ("GET", "/v1/.well-known/keys"):
                await WriteAsync(http, IsDown ? 500 : 200, new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => Jwk(key.Key, key.Value.Rsa, key.Value.Endorsements))]) });
                break;
            case ("POST", "/oauth2/v2.0/token"):
                await TokenAsync(http);
                break;
            default:
                unexpected.Enqueue($"{http.Request.Method} {http.Request.Path}");
                http.Response.StatusCode = 404;
                break;
        }
    }

    private static JsonNode Jwk(string id, RSA rsa, string[]? endorsements)
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["x5t"] = id,
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
        };
        if (endorsements is not null)
        {
            jwk["endorsements"] = new JsonArray([.. endorsements.Select(channel => JsonValue.Create(channel))]);
        }

        return jwk;
    }

    private async Task TokenAsync(HttpContext http)
    {
        Interlocked.Increment(ref tokenRequests);
        var form = await http.Request.ReadFormAsync();
        if (NextTokenStatus.TryDequeue(out var status))
        {
            await WriteAsync(http, status, Error(status >= 500 ? "temporarily_unavailable" : "invalid_client"));
            return;
        }

        var isKnown = form["client_id"] == AppId && (form["client_secret"] == Secret || form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        if (form["grant_type"] != "client_credentials" || form["scope"].ToString().Split(' ')[0] != "https://api.botframework.com/.default")
        {
            await WriteAsync(http, 400, Error("invalid_request"));
        }
        else if (!isKnown)
        {
            await WriteAsync(http, 401, Error("invalid_client"));
        }
        else
        {
            await WriteAsync(http, 200, new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = TokenLifetime, ["access_token"] = Issue() });
        }
    }

    private static JsonObject Error(string code) => new() { ["error"] = code, ["error_description"] = "AADSTS0000000: said by the test" };

    private static Task WriteAsync(HttpContext http, int status, JsonObject json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(json.ToJsonString());
    }
}
