using System.Buffers.Binary;

namespace AdvocacyBot.Benchmarks.Interactions;

/// <summary>Whole HTTP requests in a file, each after its length.</summary>
internal static class RequestFile
{
    public static byte[] Pack(IEnumerable<byte[]> requests)
    {
        using var packed = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var request in requests)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, request.Length);
            packed.Write(length);
            packed.Write(request);
        }

        return packed.ToArray();
    }

    public static List<ArraySegment<byte>> Unpack(byte[] packed)
    {
        var requests = new List<ArraySegment<byte>>();
        for (var at = 0; at < packed.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(at));
            requests.Add(new(packed, at + 4, length));
            at += 4 + length;
        }

        return requests;
    }
}
