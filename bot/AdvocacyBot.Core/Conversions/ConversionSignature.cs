using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AdvocacyBot.Core.Conversions;

/// <summary>
/// What callers sign with: <c>sha256=</c> and the lower-case hex of HMAC-SHA256, with the secret as it was shown (its ASCII characters), over
/// <c>{timestamp}.{body}</c>; a file is signed over its bytes alone.
/// </summary>
public static class ConversionSignature
{
    /// <summary>Seconds that a timestamp may be off, in either direction.</summary>
    public const long Tolerance = 300;

    private const string Prefix = "sha256=";
    private const int Length = 71;

    /// <summary>Whether a request's timestamp is near enough.</summary>
    /// <param name="timestamp">Unix seconds, as sent.</param>
    /// <param name="now">Unix seconds.</param>
    public static bool IsFresh(string? timestamp, long now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= now + Tolerance && at >= now - Tolerance;

    /// <summary>Compares in constant time.</summary>
    public static bool IsValid(string? signature, string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        Span<byte> given = stackalloc byte[Length];
        Span<byte> wanted = stackalloc byte[Length];
        return signature?.Length == Length
            && Encoding.ASCII.TryGetBytes(expected, wanted, out _)
            && Encoding.ASCII.TryGetBytes(signature, given, out var written) && written == Length
            && CryptographicOperations.FixedTimeEquals(given, wanted);
    }

    /// <param name="secret">As it was shown.</param>
    /// <param name="timestamp">Unix seconds, as sent.</param>
    /// <param name="body">The bytes as they arrived.</param>
    public static string OfRequest(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(timestamp);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp));
        hmac.AppendData("."u8);
        hmac.AppendData(body);
        return Prefix + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    /// <param name="secret">As it was shown.</param>
    /// <param name="file">The file's bytes, without a signature line at its end.</param>
    public static string OfFile(string secret, ReadOnlySpan<byte> file) => Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), file));
}
