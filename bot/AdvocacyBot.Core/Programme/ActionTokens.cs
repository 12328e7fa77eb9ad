using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AdvocacyBot.Core.Programme;

/// <summary>What a button stands for. Signed, so that what comes back is what was sent out; the handler still re-reads what it names.</summary>
/// <param name="Verb">Which handler, e.g. <c>share</c>.</param>
/// <param name="PersonId">Who alone may press it; 0: anybody who sees it.</param>
/// <param name="Subject">Id of what it acts on (campaign, share, conversation).</param>
/// <param name="Context">A second id (prompt, conversation), or 0.</param>
/// <param name="Generation">Tells a button on an outdated card from its successor.</param>
/// <param name="Text">A short extra value without control characters.</param>
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
    private const int MacLength = 16;

    public string Protect(ActionToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var fields = Encoding.UTF8.GetBytes(string.Join(
            Separator, "1", token.Verb, token.PersonId, token.Subject, token.Context, token.Generation, token.ExpiresAt.ToUnixTimeSeconds(), token.Text));
        return $"{Base64Url.EncodeToString(fields)}.{Base64Url.EncodeToString(Mac(fields))}";
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
        if (dot <= 0 || !Base64Url.IsValid(text.AsSpan(0, dot)) || !Base64Url.IsValid(text.AsSpan(dot + 1)))
        {
            return TokenVerdict.Forged;
        }

        var fields = Base64Url.DecodeFromChars(text.AsSpan(0, dot));
        if (!CryptographicOperations.FixedTimeEquals(Mac(fields), Base64Url.DecodeFromChars(text.AsSpan(dot + 1))))
        {
            return TokenVerdict.Forged;
        }

        var parts = Encoding.UTF8.GetString(fields).Split(Separator);
        token = new ActionToken(
            parts[1], Long(parts[2]), Long(parts[3]), Long(parts[4]), (int)Long(parts[5]), parts[7], DateTimeOffset.FromUnixTimeSeconds(Long(parts[6])));
        return token.ExpiresAt < clock.GetUtcNow() ? TokenVerdict.Expired : TokenVerdict.Valid;
    }

    private static long Long(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private byte[] Mac(byte[] fields)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, fields, mac);
        return mac[..MacLength].ToArray();
    }
}
