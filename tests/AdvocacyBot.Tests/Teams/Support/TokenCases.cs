using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace AdvocacyBot.Tests.Teams.Support;

/// <summary>Tokens that are as Teams' in all but one thing.</summary>
internal static class TokenCases
{
    /// <summary>Name, and what our endpoint answers.</summary>
    public static readonly IReadOnlyDictionary<string, (int Status, string? Code)> All = new Dictionary<string, (int, string?)>(StringComparer.Ordinal)
    {
        ["good"] = (200, null),
        ["expired four minutes ago"] = (200, null),
        ["begins in four minutes"] = (200, null),
        ["none"] = (401, "Missing"),
        ["no token at all"] = (401, "Malformed"),
        ["two parts"] = (401, "Malformed"),
        ["expired six minutes ago"] = (401, "Expired"),
        ["begins in six minutes"] = (401, "NotYetValid"),
        ["without an end"] = (401, "Invalid"),
        ["wrong issuer"] = (401, "WrongIssuer"),
        ["issuer of another cloud"] = (401, "WrongIssuer"),
        ["another's key under the known id"] = (401, "WrongSignature"),
        ["unknown key id"] = (401, "UnknownKey"),
        ["without a key id"] = (401, "UnknownKey"),
        ["changed after signing"] = (401, "WrongSignature"),
        ["alg none"] = (401, "WrongAlgorithm"),
        ["HS256 with the public key"] = (401, "WrongAlgorithm"),
        ["RS512"] = (401, "WrongAlgorithm"),
        ["wrong audience"] = (403, "WrongAudience"),
        ["two audiences"] = (403, "WrongAudience"),
        ["without an audience"] = (403, "WrongAudience"),
        ["skill"] = (403, "Skill"),
        ["without serviceurl"] = (403, "NoServiceUrl"),
        ["other serviceurl"] = (403, "WrongServiceUrl"),
        ["key without endorsements"] = (403, "NotEndorsed"),
        ["key endorsed for others"] = (403, "NotEndorsed"),
    };

    /// <summary>Keys that the cases need beside the usual one.</summary>
    public static void AddKeys(FakeLogin login)
    {
        login.AddKey("bare");
        login.AddKey("others", "webchat", "directline");
    }

    /// <returns>Null: no header.</returns>
    public static string? Mint(string name, FakeLogin login, string serviceUrl)
    {
        var now = login.Clock.GetUtcNow().ToUnixTimeSeconds();
        return name switch
        {
            "good" => login.Mint(serviceUrl),
            "expired four minutes ago" => login.Mint(serviceUrl, claims => (claims["nbf"], claims["exp"]) = (now - 4000, now - 240)),
            "begins in four minutes" => login.Mint(serviceUrl, claims => claims["nbf"] = now + 240),
            "none" => null,
            "no token at all" => "hello",
            "two parts" => login.Mint(serviceUrl)[..login.Mint(serviceUrl).LastIndexOf('.')],
            "expired six minutes ago" => login.Mint(serviceUrl, claims => (claims["nbf"], claims["exp"]) = (now - 4000, now - 360)),
            "begins in six minutes" => login.Mint(serviceUrl, claims => claims["nbf"] = now + 360),
            "without an end" => login.Mint(serviceUrl, claims => claims.Remove("exp")),
            "wrong issuer" => login.Mint(serviceUrl, claims => claims["iss"] = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"),
            "issuer of another cloud" => login.Mint(serviceUrl, claims => claims["iss"] = "https://api.botframework.us"),
            "another's key under the known id" => login.Mint(serviceUrl, sign: SignedByAnother),
            "unknown key id" => login.Mint(serviceUrl, header: header => header["kid"] = "made-up", sign: SignedByAnother),
            "without a key id" => login.Mint(serviceUrl, header: header => header.Remove("kid")),
            "changed after signing" => Changed(login.Mint(serviceUrl)),
            "alg none" => login.Mint(serviceUrl, header: header => header["alg"] = "none", sign: _ => []),
            "HS256 with the public key" => login.Mint(
                serviceUrl,
                header: header => header["alg"] = "HS256",
                sign: bytes => HMACSHA256.HashData(login.KeyOf(FakeLogin.Key).ExportSubjectPublicKeyInfo(), bytes)),
            "RS512" => login.Mint(
                serviceUrl,
                header: header => header["alg"] = "RS512",
                sign: bytes => login.KeyOf(FakeLogin.Key).SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
            "wrong audience" => login.Mint(serviceUrl, claims => claims["aud"] = "99999999-2222-3333-4444-555555555555"),
            "two audiences" => login.Mint(serviceUrl, claims => claims["aud"] = new JsonArray("another", FakeLogin.AppId)),
            "without an audience" => login.Mint(serviceUrl, claims => claims.Remove("aud")),
            "skill" => login.Mint(serviceUrl, claims => (claims["ver"], claims["azp"]) = ("2.0", "99999999-2222-3333-4444-555555555555")),
            "without serviceurl" => login.Mint(serviceUrl, claims => claims.Remove("serviceurl")),
            "other serviceurl" => login.Mint("https://smba.trafficmanager.net/amer/"),
            "key without endorsements" => login.Mint(serviceUrl, header: header => header["kid"] = "bare"),
            "key endorsed for others" => login.Mint(serviceUrl, header: header => header["kid"] = "others"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such case."),
        };
    }

    private static byte[] SignedByAnother(byte[] bytes)
    {
        using var rsa = RSA.Create(2048);
        return rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!;
        claims["nbf"] = (long)claims["nbf"]! - 1;
        return $"{parts[0]}.{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}";
    }
}
