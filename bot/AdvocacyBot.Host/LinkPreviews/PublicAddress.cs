using System.Net;
using System.Net.Sockets;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>
/// Tells addresses of the public Internet from all others (IANA special-purpose address registries, RFC 6890). IPv4 is refused by
/// list; IPv6 is allowed only inside the global unicast space, and by the IPv4 address where it carries one.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublicV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"), // carrier-grade NAT, and some clouds' metadata service
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("168.63.129.16/32"), // Azure's platform services, reachable from every virtual machine there
        IPNetwork.Parse("169.254.0.0/16"), // link-local, and most clouds' metadata service
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublicV6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, Teredo among them
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("3fff::/20"),
    ];

    // Where an IPv6 address of each form holds an IPv4 address, in bytes from its start.
    private static readonly (IPNetwork Network, int Offset)[] EmbeddedV4 =
    [
        (IPNetwork.Parse("::ffff:0:0/96"), 12), // mapped
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12), // translated (RFC 2765)
        (IPNetwork.Parse("64:ff9b::/96"), 12), // NAT64 (RFC 6052)
        (IPNetwork.Parse("2002::/16"), 2), // 6to4
    ];

    public static bool Is(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(NotPublicV4, network => network.Contains(address));
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        // A zone would hide the address from the comparison of networks.
        var bytes = address.GetAddressBytes();
        var plain = new IPAddress(bytes);
        foreach (var (network, offset) in EmbeddedV4)
        {
            // IPNetwork never finds a mapped address inside a mapped network's IPv6 form, hence the byte comparison.
            if (StartsWith(bytes, network))
            {
                return Is(new IPAddress(bytes.AsSpan(offset, 4)));
            }
        }

        return GlobalUnicast.Contains(plain) && !Array.Exists(NotPublicV6, network => network.Contains(plain));
    }

    // All embedding networks end on a byte.
    private static bool StartsWith(ReadOnlySpan<byte> address, IPNetwork network)
    {
        var length = network.PrefixLength / 8;
        return address[..length].SequenceEqual(network.BaseAddress.GetAddressBytes().AsSpan(0, length));
    }
}
