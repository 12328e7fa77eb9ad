using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace AdvocacyBot.Core.Links;

/// <summary>
/// SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012): 64 bits that nobody without the key can tell from chance. The
/// class library has it only inside; HMAC-SHA256 costs twenty times as much, once for every redirect.
/// </summary>
internal static class SipHash
{
    /// <summary>Bytes of the key.</summary>
    public const int KeyLength = 16;

    public static ulong Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        var k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        var k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
        var state = new State(k0, k1);
        var rest = message;
        for (; rest.Length >= 8; rest = rest[8..])
        {
            state.Take(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }

        // The last word: what is left, and the message's length in the highest byte.
        var last = (ulong)message.Length << 56;
        for (var i = 0; i < rest.Length; i++)
        {
            last |= (ulong)rest[i] << (8 * i);
        }

        state.Take(last);
        return state.Finish();
    }

    [StructLayout(LayoutKind.Auto)]
    private struct State(ulong k0, ulong k1)
    {
        private ulong v0 = k0 ^ 0x736f6d6570736575;
        private ulong v1 = k1 ^ 0x646f72616e646f6d;
        private ulong v2 = k0 ^ 0x6c7967656e657261;
        private ulong v3 = k1 ^ 0x7465646279746573;

        public void Take(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        public ulong Finish()
        {
            v2 ^= 0xff;
            Round();
            Round();
            Round();
            Round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void Round()
        {
            v0 += v1;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
