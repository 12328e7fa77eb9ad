using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Conversions;

/// <param name="PublicId">Names the key.</param>
/// <param name="Secret">Shown once.</param>
public sealed record NewConversionKey(string PublicId, string Secret);

/// <summary>A key that works, opened.</summary>
public sealed record OpenConversionKey(long Id, long WorkspaceId, string Secret);

/// <summary>
/// Keys with which other systems sign what they report. A signature can only be checked with the secret itself, so it is stored encrypted (AES-256-GCM, bound to
/// its id) under a key derived from the one that signs buttons: who has the table alone has no secret; who has the whole database has.
/// </summary>
public sealed class ConversionKeys(Keys keys)
{
    /// <summary>That may work at a time in one workspace.</summary>
    public const int Most = 10;

    /// <summary>How long a key goes on working after another took its place.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Adds a new key of a workspace to the context.</summary>
    public NewConversionKey Add(AdvocacyDb db, long workspaceId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        var made = new NewConversionKey(
            "ck_" + RandomNumberGenerator.GetString(Links.LinkCode.Alphabet, 12), "cs_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
        db.ConversionKeys.Add(new ConversionKey { WorkspaceId = workspaceId, PublicId = made.PublicId, Secret = Seal(made), CreatedAt = now });
        return made;
    }

    /// <param name="db">Where to look.</param>
    /// <param name="publicId">As it was sent; anything.</param>
    /// <param name="now">When it has to work.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Null: there is no such key, or it works no more.</returns>
    public async Task<OpenConversionKey?> FindAsync(AdvocacyDb db, string? publicId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (publicId is not { Length: > 0 and <= 40 } || publicId.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var key = await db.ConversionKeys.AsNoTracking().FirstOrDefaultAsync(k => k.PublicId == publicId, cancellationToken);
        return key is not null && key.WorksAt(now) && Open(key) is { } secret ? new OpenConversionKey(key.Id, key.WorkspaceId, secret) : null;
    }

    private byte[] Seal(NewConversionKey made)
    {
        var secret = Encoding.ASCII.GetBytes(made.Secret);
        var stored = new byte[NonceLength + TagLength + secret.Length];
        RandomNumberGenerator.Fill(stored.AsSpan(0, NonceLength));
        using var cipher = Cipher();
        cipher.Encrypt(stored.AsSpan(0, NonceLength), secret, stored.AsSpan(NonceLength + TagLength), stored.AsSpan(NonceLength, TagLength), Encoding.ASCII.GetBytes(made.PublicId));
        return stored;
    }

    private string? Open(ConversionKey key)
    {
        if (key.Secret.Length <= NonceLength + TagLength)
        {
            return null;
        }

        var secret = new byte[key.Secret.Length - NonceLength - TagLength];
        using var cipher = Cipher();
        try
        {
            cipher.Decrypt(
                key.Secret.AsSpan(0, NonceLength), key.Secret.AsSpan(NonceLength + TagLength), key.Secret.AsSpan(NonceLength, TagLength), secret, Encoding.UTF8.GetBytes(key.PublicId));
        }
        catch (CryptographicException)
        {
            // Written with another database's keys.
            return null;
        }

        return Encoding.ASCII.GetString(secret);
    }

    private AesGcm Cipher() => new(HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.ActionTokens, 32, salt: null, info: "conversion-keys"u8.ToArray()), TagLength);
}
