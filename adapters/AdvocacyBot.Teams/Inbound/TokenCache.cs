using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AdvocacyBot.Teams.Inbound;

/// <summary>
/// Tokens that were found right, by their SHA-256, so that the one Teams sends for an hour is verified once. What is kept ends with the token, and with the keys
/// it was verified with. The tokens themselves are not kept.
/// </summary>
internal sealed class TokenCache(BotToken tokens, SigningKeys keys, TimeProvider clock)
{
    /// <summary>Longer-lived tokens are verified again, so that withdrawn keys are noticed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const int MostKept = 10_000;
    private const int StackBytes = 4096;

    private readonly ConcurrentDictionary<Hash, Kept> kept = new();

    /// <inheritdoc cref="BotToken.CheckAsync"/>
    public ValueTask<(TokenVerdict Verdict, VerifiedToken? Token)> CheckAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Hash.Of(token);
        return kept.TryGetValue(hash, out var known) && known.Generation == keys.Generation && clock.GetElapsedTime(known.At) < Longest && IsValid(known.Token)
            ? ValueTask.FromResult((TokenVerdict.Fine, (VerifiedToken?)known.Token))
            : VerifyAsync(hash, token, cancellationToken);
    }

    private async ValueTask<(TokenVerdict Verdict, VerifiedToken? Token)> VerifyAsync(Hash hash, string token, CancellationToken cancellationToken)
    {
        // Read before: keys that change meanwhile make what is kept outdated.
        var generation = keys.Generation;
        var checkedNow = await tokens.CheckAsync(token, cancellationToken);
        if (checkedNow.Token is not { } verified)
        {
            kept.TryRemove(hash, out _);
            return checkedNow;
        }

        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[hash] = new Kept(verified, generation, clock.GetTimestamp());
        return checkedNow;
    }

    private bool IsValid(VerifiedToken token)
    {
        var now = clock.GetUtcNow();
        return token.Until >= now - BotToken.ClockSkew && token.From <= now + BotToken.ClockSkew;
    }

    private sealed record Kept(VerifiedToken Token, int Generation, long At);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Hash(UInt128 High, UInt128 Low)
    {
        public static Hash Of(string token)
        {
            byte[]? rented = null;
            var most = Encoding.UTF8.GetMaxByteCount(token.Length);
            var bytes = most <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(most);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], hash);
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }

            var halves = MemoryMarshal.Cast<byte, UInt128>(hash);
            return new Hash(halves[0], halves[1]);
        }
    }
}
