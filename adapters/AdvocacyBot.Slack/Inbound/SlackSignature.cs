using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AdvocacyBot.Slack.Inbound;

internal enum SignatureVerdict
{
    Valid = 0,
    Missing = 1,
    Stale = 2,
    Forged = 3,
}

/// <summary>
/// Slack signs each request: <c>v0=</c> and the lower-case hex of HMAC-SHA256 over <c>v0:{timestamp}:{body}</c>
/// (docs.slack.dev/authentication/verifying-requests-from-slack).
/// </summary>
internal static class SlackSignature
{
    /// <summary>Seconds that a timestamp may be off, in either direction.</summary>
    public const long Tolerance = 300;

    private const string Version = "v0=";
    private const int Length = 67;

    /// <param name="body">The bytes as they arrived.</param>
    /// <param name="timestamp">Header <c>X-Slack-Request-Timestamp</c>: Unix seconds.</param>
    /// <param name="signature">Header <c>X-Slack-Signature</c>.</param>
    /// <param name="secrets">Any of them may have signed; at least one.</param>
    /// <param name="now">Unix seconds.</param>
    public static SignatureVerdict Verify(ReadOnlySpan<byte> body, string? timestamp, string? signature, IReadOnlyList<byte[]> secrets, long now)
    {
        if (string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
        {
            return SignatureVerdict.Missing;
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || Math.Abs(now - at) > Tolerance)
        {
            return SignatureVerdict.Stale;
        }

        if (signature.Length != Length || !signature.StartsWith(Version, StringComparison.Ordinal))
        {
            return SignatureVerdict.Forged;
        }

        Span<byte> given = stackalloc byte[Length];
        if (!Encoding.ASCII.TryGetBytes(signature, given, out var written) || written != Length)
        {
            return SignatureVerdict.Forged;
        }

        var valid = false;
        Span<byte> expected = stackalloc byte[Length];
        foreach (var secret in secrets)
        {
            Sign(body, timestamp, secret, expected);
            valid |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return valid ? SignatureVerdict.Valid : SignatureVerdict.Forged;
    }

    /// <summary>The signature that a secret gives.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string timestamp, byte[] secret)
    {
        Span<byte> signature = stackalloc byte[Length];
        Sign(body, timestamp, secret, signature);
        return Encoding.ASCII.GetString(signature);
    }

    private static void Sign(ReadOnlySpan<byte> body, string timestamp, byte[] secret, Span<byte> signature)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData("v0:"u8);
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp));
        hmac.AppendData(":"u8);
        hmac.AppendData(body);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.GetHashAndReset(mac);
        Encoding.ASCII.GetBytes(Version, signature);
        Convert.TryToHexStringLower(mac, signature[Version.Length..], out _);
    }
}
