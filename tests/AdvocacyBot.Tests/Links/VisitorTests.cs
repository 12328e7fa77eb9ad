using System.Net;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Tests.Links.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Links;

public sealed class VisitorTests
{
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(2, 0x0d6c8009d9a94f5a)]
    [InlineData(3, 0x85676696d7fb7e2d)]
    [InlineData(7, 0xab0200f58b01d137)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    public void SipHash_gives_the_reference_implementations_values(int length, ulong expected)
    {
        byte[] key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)i)];

        Assert.Equal(expected, SipHash.Hash(key, message));
    }

    [Fact]
    public void A_visitor_is_known_by_address_and_agent_under_one_key()
    {
        byte[] key = new byte[16];
        var home = IPAddress.Parse("203.0.113.7");
        var hash = VisitorHash.Of(key, home, "a");

        Assert.Equal(hash, VisitorHash.Of(key, IPAddress.Parse("::ffff:203.0.113.7"), "a"));
        Assert.NotEqual(hash, VisitorHash.Of(key, home, "b"));
        Assert.NotEqual(hash, VisitorHash.Of(key, IPAddress.Parse("203.0.113.8"), "a"));
        Assert.NotEqual(hash, VisitorHash.Of([1, .. key[1..]], home, "a"));
    }

    [Fact]
    public void Agents_of_any_length_and_script_can_be_hashed() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            agent => VisitorHash.Of(new byte[16], IPAddress.IPv6Loopback, agent.Get) != VisitorHash.None));

    [Fact]
    public async Task Hosts_share_the_days_key_and_keys_older_than_yesterday_are_gone()
    {
        await using var host = await LinkHost.StartAsync();
        var today = host.Services.GetRequiredService<VisitorSalts>().For(host.Clock.GetUtcNow());
        await host.RestartAsync();
        var salts = host.Services.GetRequiredService<VisitorSalts>();
        Assert.Equal(today, salts.For(host.Clock.GetUtcNow()));

        // Tomorrow's is there before midnight.
        var tomorrow = salts.For(host.Clock.GetUtcNow().AddDays(1));
        Assert.NotEqual(today, tomorrow);

        host.Clock.Advance(TimeSpan.FromDays(2));
        await salts.RenewAsync(CancellationToken.None);
        await using var db = host.Open();
        Assert.Equal(
            ["visitor-salt:2026-11-23", "visitor-salt:2026-11-24", "visitor-salt:2026-11-25"],
            await db.Secrets.Where(secret => secret.Name.StartsWith("visitor-salt:")).OrderBy(secret => secret.Name).Select(secret => secret.Name).ToListAsync());
        Assert.NotEqual(today, salts.For(host.Clock.GetUtcNow().AddDays(-2)));
    }

    [Fact]
    public async Task The_next_day_the_same_visitor_has_another_hash()
    {
        await using var host = await LinkHost.StartAsync();
        var (share, _) = await host.AddShareAsync();
        using var today = await host.GetAsync($"/l/{share.Code}");
        host.Clock.Advance(TimeSpan.FromDays(1));
        using var tomorrow = await host.GetAsync($"/l/{share.Code}");

        var clicks = await host.ClicksAsync();
        Assert.NotEqual(clicks[0].Visitor, clicks[1].Visitor);
    }
}
