using System.Text;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AdvocacyBot.Teams.Inbound;

/// <summary>A token whose signature, issuer, audience and lifetime are right.</summary>
/// <param name="ServiceUrl">Its <c>serviceurl</c> claim, as it is.</param>
/// <param name="Endorsements">Channels that its key may speak for.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when, without tolerance.</param>
internal sealed record VerifiedToken(string ServiceUrl, IReadOnlyList<string> Endorsements, DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// Checks the token of an incoming request (learn.microsoft.com bot-framework-rest-connector-authentication, "Authenticate requests from the Bot Connector
/// service to your bot"). The issuer is compared before anything of the token is used, so a token never chooses who vouches for it.
/// </summary>
internal sealed class BotToken(SigningKeys keys, IOptions<TeamsOptions> options, TimeProvider clock)
{
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Those of Teams have about 2 KB.</summary>
    private const int MaxLength = 16 * 1024;

    private readonly string issuer = options.Value.TokenIssuer ?? Cloud.Of(options.Value.Cloud).Issuer;
    private readonly string audience = options.Value.AppId ?? "";
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <param name="token">Without "Bearer".</param>
    /// <param name="cancellationToken">Cancels fetching keys.</param>
    /// <exception cref="KeysUnavailableException">It cannot be verified now.</exception>
    public async ValueTask<(TokenVerdict Verdict, VerifiedToken? Token)> CheckAsync(string token, CancellationToken cancellationToken)
    {
        if (Read(token) is not { } jwt)
        {
            return (TokenVerdict.Malformed, null);
        }

        // Also keeps "none" and HMAC with the public key out.
        if (jwt.Alg != SecurityAlgorithms.RsaSha256)
        {
            return (TokenVerdict.WrongAlgorithm, null);
        }

        if (jwt.Issuer != issuer)
        {
            return (TokenVerdict.WrongIssuer, null);
        }

        if (jwt.Kid is not { Length: > 0 } kid || await keys.FindAsync(kid, cancellationToken) is not { } key)
        {
            return (TokenVerdict.UnknownKey, null);
        }

        var result = await handler.ValidateTokenAsync(jwt, Parameters(key.Key));
        return result.IsValid ? Judge(jwt, key) : (Verdict(result.Exception), null);
    }

    private static JsonWebToken? Read(string token)
    {
        if (token.Length is 0 or > MaxLength || token.AsSpan().Count('.') != 2)
        {
            return null;
        }

        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException or System.Text.Json.JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static TokenVerdict Verdict(Exception exception) => exception switch
    {
        SecurityTokenExpiredException => TokenVerdict.Expired,
        SecurityTokenNotYetValidException => TokenVerdict.NotYetValid,
        SecurityTokenInvalidAlgorithmException => TokenVerdict.WrongAlgorithm,
        SecurityTokenInvalidIssuerException => TokenVerdict.WrongIssuer,
        SecurityTokenInvalidSignatureException => TokenVerdict.WrongSignature,
        _ => TokenVerdict.Invalid,
    };

    private (TokenVerdict Verdict, VerifiedToken? Token) Judge(JsonWebToken jwt, SigningKey key)
    {
        if (jwt.Audiences.ToList() is not [var only] || !only.Equals(audience, StringComparison.OrdinalIgnoreCase))
        {
            return (TokenVerdict.WrongAudience, null);
        }

        if (IsSkill(jwt, only))
        {
            return (TokenVerdict.Skill, null);
        }

        return Claim(jwt, "serviceurl") is { Length: > 0 } serviceUrl
            ? (TokenVerdict.Fine, new VerifiedToken(serviceUrl, key.Endorsements, Instant(jwt.ValidFrom), Instant(jwt.ValidTo)))
            : (TokenVerdict.NoServiceUrl, null);
    }

    /// <summary>Another bot that calls us as its skill: it says who it is, and that is not the one the token is for.</summary>
    private static bool IsSkill(JsonWebToken jwt, string audience) => Claim(jwt, "ver") is { Length: > 0 } version
        && Claim(jwt, version == "1.0" ? "appid" : "azp") is { Length: > 0 } caller
        && !caller.Equals(audience, StringComparison.OrdinalIgnoreCase);

    private static DateTimeOffset Instant(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    private static string? Claim(JsonWebToken jwt, string name) => jwt.TryGetValue<string>(name, out var value) ? value : null;

    private TokenValidationParameters Parameters(SecurityKey key) => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        ValidIssuer = issuer,
        IssuerSigningKey = key,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        // By hand, after everything else: a good token for somebody else is a refusal of its own.
        ValidateAudience = false,
        LifetimeValidator = (from, until, _, _) => Validate(from, until),
    };

    private bool Validate(DateTime? from, DateTime? until)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (until is not { } end)
        {
            throw new SecurityTokenNoExpirationException();
        }

        if (end < now - ClockSkew)
        {
            throw new SecurityTokenExpiredException();
        }

        return from is not { } start || start <= now + ClockSkew ? true : throw new SecurityTokenNotYetValidException();
    }
}
