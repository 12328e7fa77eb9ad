using System.Net;
using System.Text;

namespace AdvocacyBot.Core.Links;

/// <summary>What stands for a visitor in stored clicks: no address, and nothing that could be turned back into one once the day's key is gone.</summary>
internal static class VisitorHash
{
    /// <summary>Stands for "not known".</summary>
    public const long None = 0;

    /// <summary>SipHash of address and agent; never <see cref="None"/>.</summary>
    /// <param name="key">The day's.</param>
    /// <param name="address">IPv4 counts the same however it is written (<c>::ffff:</c>).</param>
    /// <param name="agent">At most <see cref="ClickRule.AgentLength"/> characters.</param>
    public static long Of(byte[] key, IPAddress address, string agent)
    {
        Span<byte> message = stackalloc byte[16 + (ClickRule.AgentLength * 3)];
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        address.TryWriteBytes(message, out var length);
        length += Encoding.UTF8.GetBytes(agent, message[length..]);
        var hash = unchecked((long)SipHash.Hash(key, message[..length]));
        return hash == None ? 1 : hash;
    }
}
