using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

namespace AdvocacyBot.Host.Links;

/// <summary>
/// A limit on requests by address, in a fixed amount of memory: a token bucket for each of 65,536 sets of addresses (GCRA: one number says when
/// the bucket will be full again). Which addresses fall together is different in every process, so that nobody can aim at somebody else's bucket.
/// </summary>
/// <param name="perSecond">For long; twice as many at once. 0: no limit.</param>
internal sealed class AddressLimit(int perSecond, TimeProvider clock)
{
    private const int Buckets = 1 << 16;

    private readonly long[] fullAt = new long[perSecond > 0 ? Buckets : 0];
    private readonly long interval = perSecond > 0 ? Math.Max(1, clock.TimestampFrequency / perSecond) : 0;
    private readonly int seed = RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <param name="address">Null is allowed: there is nothing to tell callers apart by.</param>
    public bool Allows(IPAddress? address)
    {
        if (perSecond <= 0 || address is null)
        {
            return true;
        }

        ref var bucket = ref fullAt[Bucket(address)];
        var now = clock.GetTimestamp();
        var depth = interval * perSecond * 2;
        while (true)
        {
            var held = Volatile.Read(ref bucket);
            var next = Math.Max(held, now) + interval;
            if (next - now > depth)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref bucket, next, held) == held)
            {
                return true;
            }
        }
    }

    private int Bucket(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);

        // A household or office has a /64 of IPv6 addresses; ::ffff:a.b.c.d is an IPv4 address.
        var told = length == 16 && !address.IsIPv4MappedToIPv6
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[(length - 4)..]);
        return HashCode.Combine(seed, told) & (Buckets - 1);
    }
}
