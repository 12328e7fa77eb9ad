using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AdvocacyBot.Core.Programme;

/// <summary>What a button stands for. Signed, so that what comes back is what was sent out; the handler still re-reads what it names.</summary>
/// <param name="Verb">Which handler, e.g. <c>share</c>; no control characters.</param>
/// <param name="PersonId">Who alone may press it; 0: anybody who sees it.</param>
/// <param name="Subject">Id of what it acts on (campaign, share, conversation).</param>
/// <param name="Context">A second id (prompt, conversation), or 0.</param>
/// <param name="Generation">Tells a button on an outdated card from its successor.</param>
/// <param name="Text">A short extra value; well-formed Unicode.</param>
/// <param name="ExpiresAt">Whole seconds count.</param>
public sealed record ActionToken(
    string Verb, long PersonId, long Subject, long Context, int Generation, string Text, DateTimeOffset ExpiresAt);

/// <summary>Why a token was not accepted.</summary>
public enum TokenVerdict
{
    Valid = 0,
    Forged = 1,
    Expired = 2,
}

/// <summary>Makes and reads action tokens: base64url of the fields, a dot, base64url of the first 16 bytes of their HMAC-SHA256. Under 200 characters.</summary>
public sealed class ActionTokens(byte[] key, TimeProvider clock)
{
    private const char Separator = '\u001F';
    private const string Format = "1";
    private const int MacLength = 16;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">A verb with the separator in it, or a text with half a surrogate pair: it would not read back as it was.</exception>
    public string Protect(ActionToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Verb.Contains(Separator, StringComparison.Ordinal))
        {
            throw new ArgumentException("A verb holds no control characters.", nameof(token));
        }

        // The text comes last and takes all that is left, so that whatever stands in it cannot become another field.
        return Seal(Utf8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{Format}{Separator}{token.Verb}{Separator}{token.PersonId}{Separator}{token.Subject}{Separator}{token.Context}{Separator}{token.Generation}{Separator}{token.ExpiresAt.ToUnixTimeSeconds()}{Separator}{token.Text}")));
    }

    /// <summary>Reads a token that came back.</summary>
    /// <param name="text">Whatever arrived.</param>
    /// <param name="token">The token where the verdict is not <see cref="TokenVerdict.Forged"/>.</param>
    public TokenVerdict Read(string text, out ActionToken? token)
    {
        token = null;
        if (string.IsNullOrEmpty(text) || text.Length > 2000)
        {
            return TokenVerdict.Forged;
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !Base64Url.IsValid(text.AsSpan(0, dot)))
        {
            return TokenVerdict.Forged;
        }

        // Compared as written, so that no other spelling of the same bytes (padding, spaces, spare bits) passes.
        var fields = Base64Url.DecodeFromChars(text.AsSpan(0, dot));
        if (!CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(Seal(fields).AsSpan()), MemoryMarshal.AsBytes(text.AsSpan())))
        {
            return TokenVerdict.Forged;
        }

        var parts = Utf8.GetString(fields).Split(Separator, 8);
        if (parts is not [Format, var verb, var person, var subject, var context, var generation, var expires, var extra])
        {
            return TokenVerdict.Forged;
        }

        token = new ActionToken(
            verb, Long(person), Long(subject), Long(context), (int)Long(generation), extra, DateTimeOffset.FromUnixTimeSeconds(Long(expires)));
        return token.ExpiresAt < clock.GetUtcNow() ? TokenVerdict.Expired : TokenVerdict.Valid;
    }

    private static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private string Seal(byte[] fields) => $"{Base64Url.EncodeToString(fields)}.{Base64Url.EncodeToString(Mac(fields))}";

    private byte[] Mac(byte[] fields)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, fields, mac);
        return mac[..MacLength].ToArray();
    }
}
