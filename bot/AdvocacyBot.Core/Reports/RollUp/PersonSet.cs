using System.Buffers.Binary;
using System.Numerics;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>
/// A set of people's ids as bytes, whichever is shorter: the first id and a bit for each id from there on, or the ids' differences as 32-bit numbers.
/// </summary>
internal static class PersonSet
{
    private const byte Bits = 0;
    private const byte Differences = 1;
    private const int Header = 1 + sizeof(long);

    /// <param name="people">In ascending order, none twice.</param>
    public static byte[] Write(IReadOnlyList<long> people)
    {
        if (people.Count == 0)
        {
            return [];
        }

        var (first, last) = (people[0], people[^1]);
        var sparse = (last - first) / 8 > people.Count * (long)sizeof(uint);
        var bytes = new byte[Header + (sparse ? people.Count * sizeof(uint) : ((last - first) / 8) + 1)];
        bytes[0] = sparse ? Differences : Bits;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), first);
        for (var i = 0; i < people.Count; i++)
        {
            if (sparse)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Header + (i * sizeof(uint))), checked((uint)(people[i] - first)));
            }
            else
            {
                var bit = people[i] - first;
                bytes[Header + (bit / 8)] |= (byte)(1 << (int)(bit % 8));
            }
        }

        return bytes;
    }

    /// <summary>The smallest and largest id that may be in a set; null: it is empty.</summary>
    public static (long First, long Last)? Range(ReadOnlySpan<byte> set)
    {
        if (set.Length <= Header)
        {
            return null;
        }

        var first = BinaryPrimitives.ReadInt64LittleEndian(set[1..]);
        return (first, first + (set[0] == Bits ? ((set.Length - Header) * 8L) - 1 : BinaryPrimitives.ReadUInt32LittleEndian(set[^sizeof(uint)..])));
    }

    /// <summary>Adds a set to <paramref name="people"/>, whose bit 0 stands for <paramref name="first"/>; all of <see cref="Range"/> and eight more fit in.</summary>
    public static void AddTo(ReadOnlySpan<byte> set, Span<byte> people, long first)
    {
        if (set.Length <= Header)
        {
            return;
        }

        var offset = BinaryPrimitives.ReadInt64LittleEndian(set[1..]) - first;
        if (set[0] == Differences)
        {
            for (var i = Header; i < set.Length; i += sizeof(uint))
            {
                var bit = offset + BinaryPrimitives.ReadUInt32LittleEndian(set[i..]);
                people[(int)(bit / 8)] |= (byte)(1 << (int)(bit % 8));
            }

            return;
        }

        var (at, shift) = ((int)(offset / 8), (int)(offset % 8));
        foreach (var bits in set[Header..])
        {
            people[at++] |= (byte)(bits << shift);
            if (shift > 0)
            {
                people[at] |= (byte)(bits >> (8 - shift));
            }
        }
    }

    public static int Count(ReadOnlySpan<byte> people)
    {
        var count = 0;
        foreach (var word in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(people))
        {
            count += BitOperations.PopCount(word);
        }

        foreach (var rest in people[(people.Length / sizeof(ulong) * sizeof(ulong))..])
        {
            count += BitOperations.PopCount(rest);
        }

        return count;
    }
}
