using System.Net;
using AdvocacyBot.Host.LinkPreviews;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Host.LinkPreviews;

public sealed class PublicAddressTests
{
    private static readonly Gen<IPAddress> V4 = Gen.Choose(0, 255).ArrayOf(4).Select(numbers => new IPAddress(Array.ConvertAll(numbers, n => (byte)n)));
    private static readonly Gen<IPAddress> V6 = Gen.Choose(0, 255).ArrayOf(16).Select(numbers => new IPAddress(Array.ConvertAll(numbers, n => (byte)n)));

    // First and last of each special range, and the neighbours that are public.
    [Theory]
    [InlineData("0.0.0.0", false)]
    [InlineData("0.255.255.255", false)]
    [InlineData("1.0.0.0", true)]
    [InlineData("9.255.255.255", true)]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("11.0.0.0", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.64.0.0", false)]
    [InlineData("100.127.255.255", false)]
    [InlineData("100.128.0.0", true)]
    [InlineData("126.255.255.255", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.255", false)]
    [InlineData("128.0.0.0", true)]
    [InlineData("168.63.129.15", true)]
    [InlineData("168.63.129.16", false)]
    [InlineData("168.63.129.17", true)]
    [InlineData("169.253.255.255", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("169.255.0.0", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("192.0.0.192", false)]
    [InlineData("192.0.1.0", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.88.99.1", false)]
    [InlineData("192.167.255.255", true)]
    [InlineData("192.168.0.0", false)]
    [InlineData("192.168.255.255", false)]
    [InlineData("192.169.0.0", true)]
    [InlineData("198.17.255.255", true)]
    [InlineData("198.18.0.0", false)]
    [InlineData("198.19.255.255", false)]
    [InlineData("198.20.0.0", true)]
    [InlineData("198.51.100.7", false)]
    [InlineData("203.0.113.7", false)]
    [InlineData("223.255.255.255", true)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b:1::a00:1", false)]
    [InlineData("100::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:1ff:ffff::", false)]
    [InlineData("2001:200::", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("3fff::1", false)]
    [InlineData("3fff:1000::", true)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1%2", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Special_ranges_end_where_the_registry_says(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public void An_IPv4_address_is_judged_alike_however_IPv6_wraps_it() =>
        Prop.ForAll(V4.ToArbitrary(), v4 =>
        {
            var bytes = v4.GetAddressBytes();
            var expected = PublicAddress.Is(v4);
            return new[]
            {
                v4.MapToIPv6(),
                Wrap([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, .. bytes]),
                Wrap([0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, .. bytes]),
                Wrap([0x20, 0x02, .. bytes, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9]),
            }.All(wrapped => PublicAddress.Is(wrapped) == expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_outside_global_unicast_is_public_but_wrapped_IPv4() =>
        Prop.ForAll(V6.ToArbitrary(), v6 =>
        {
            var bytes = v6.GetAddressBytes();
            return (bytes[0] & 0xE0) == 0x20 || bytes is [0, 0x64, 0xFF, 0x9B, ..] or [0, 0, ..] || !PublicAddress.Is(v6);
        }).QuickCheckThrowOnFailure();

    private static IPAddress Wrap(byte[] bytes) => new(bytes);
}
