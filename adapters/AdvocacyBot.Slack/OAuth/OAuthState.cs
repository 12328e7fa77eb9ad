using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Slack.OAuth;

/// <summary>Binds an installation to the browser that began it: the state goes through Slack, and stands in a cookie here with PKCE's verifier.</summary>
internal sealed record OAuthState(string Value, string Verifier)
{
    public const string CookieName = "advocacybot-slack-install";

    private const int Bytes = 32;
    private const int Length = 43;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>PKCE's <c>S256</c> (RFC 7636).</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static OAuthState New() => new(Random(), Random());

    /// <returns>Null: it is none of ours.</returns>
    public static OAuthState? Read(string? cookie) => cookie?.Split('.') is [{ Length: Length } value, { Length: Length } verifier] ? new OAuthState(value, verifier) : null;

    public string Write() => $"{Value}.{Verifier}";

    /// <summary>Takes the same time whatever is given.</summary>
    public bool Is(string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Value));

    // Lax: Slack's page leads back with an ordinary navigation, and that alone may bring it.
    public static CookieOptions Cookie(bool secure) => new() { HttpOnly = true, Secure = secure, SameSite = SameSiteMode.Lax, Path = "/slack", MaxAge = Lifetime, IsEssential = true };

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
