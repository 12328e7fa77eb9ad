using System.Net;
using AdvocacyBot.Host.Links;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Links;

public sealed class AddressLimitTests
{
    private static readonly IPAddress Home = IPAddress.Parse("203.0.113.7");

    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Twice_the_rate_at_once_and_the_rate_for_long()
    {
        var limit = new AddressLimit(perSecond: 10, clock);

        Assert.Equal(20, Allowed(limit, tries: 100));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, Allowed(limit, tries: 100));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Allowed(limit, tries: 100));
    }

    [Fact]
    public void Zero_is_no_limit() => Assert.Equal(10_000, Allowed(new AddressLimit(perSecond: 0, clock), tries: 10_000));

    [Fact]
    public void A_household_of_IPv6_addresses_is_one_and_a_written_out_IPv4_address_is_itself()
    {
        var limit = new AddressLimit(perSecond: 1, clock);

        Assert.True(limit.Allows(IPAddress.Parse("2001:db8::1")));
        Assert.True(limit.Allows(IPAddress.Parse("2001:db8::2")));
        Assert.False(limit.Allows(IPAddress.Parse("2001:db8::3")));
        Assert.True(limit.Allows(Home));
        Assert.True(limit.Allows(IPAddress.Parse("::ffff:203.0.113.7")));
        Assert.False(limit.Allows(Home));
        Assert.True(limit.Allows(null));
    }

    private static int Allowed(AddressLimit limit, int tries) => Enumerable.Range(0, tries).Count(_ => limit.Allows(Home));
}
