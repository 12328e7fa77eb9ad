using System.Buffers;
using System.Text;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>Reads numbers that were written in groups of seven bits, the lowest first.</summary>
internal static class Packed
{
    public static ReadOnlySpan<byte> Block(ReadOnlySpan<byte> bytes, ref int at)
    {
        var length = Number(bytes, ref at);
        at += length;
        return bytes.Slice(at - length, length);
    }

    public static int Number(ReadOnlySpan<byte> bytes, ref int at) => (int)Unsigned(bytes, ref at);

    public static long Signed(ReadOnlySpan<byte> bytes, ref int at)
    {
        var folded = Unsigned(bytes, ref at);
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }

    public static ulong Unsigned(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong first = bytes[at++];
        if (first < 0x80)
        {
            return first;
        }

        var value = first & 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            ulong next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

/// <summary>Writes what <see cref="Packed"/> reads.</summary>
internal sealed class PackedWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new(1024);

    public void Byte(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    public void Number(int value) => Unsigned((ulong)value);

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string text) => Block(Encoding.UTF8.GetBytes(text));

    public void Block(ReadOnlySpan<byte> block)
    {
        Number(block.Length);
        bytes.Write(block);
    }

    public byte[] ToArray() => bytes.WrittenSpan.ToArray();

    public void Unsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }
}
