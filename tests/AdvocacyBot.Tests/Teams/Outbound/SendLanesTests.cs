using AdvocacyBot.Teams.Outbound;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Teams.Outbound;

/// <summary>How often the bot writes, on a clock that stands still until it is moved.</summary>
public sealed class SendLanesTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly SendLanes lanes;

    public SendLanesTests() => lanes = new SendLanes(clock);

    [Fact]
    public async Task Seven_go_at_once_and_the_eighth_after_a_second()
    {
        for (var i = 0; i < 7; i++)
        {
            Assert.Null(await SendAsync("t", "c"));
        }

        var eighth = SendAsync("t", "c");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(eighth.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(60));

        Assert.Null(await eighth);
    }

    [Fact]
    public async Task A_wait_of_more_than_three_seconds_is_handed_back()
    {
        for (var i = 0; i < 60; i++)
        {
            Assert.Null(await SendAsync("t", "c"));
            clock.Advance(TimeSpan.FromMilliseconds(300));
        }

        var answer = await SendAsync("t", "c");

        Assert.Equal("conversation", answer?.Scope);
        Assert.InRange(answer!.Value.After, TimeSpan.FromSeconds(11.9), TimeSpan.FromSeconds(12.1));
        clock.Advance(answer.Value.After);
        Assert.Null(await SendAsync("t", "c"));
    }

    [Fact]
    public async Task Another_conversation_does_not_wait_but_a_tenant_has_fifty_a_second()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.Null(await SendAsync("t", $"c{i}"));
        }

        Assert.Null(await SendAsync("another tenant", "x"));
        var next = SendAsync("t", "one more");
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1060));
        Assert.Null(await next);
    }

    [Fact]
    public async Task A_conversation_has_one_writer_at_a_time_in_order()
    {
        var first = await lanes.EnterAsync("t", "c", CancellationToken.None);
        var second = lanes.EnterAsync("t", "c", CancellationToken.None).AsTask();
        using var elsewhere = await lanes.EnterAsync("t", "another", CancellationToken.None);
        Assert.False(second.IsCompleted);

        first.Dispose();

        using var turn = await second;
    }

    [Fact]
    public async Task What_Teams_asks_to_wait_holds_for_that_conversation()
    {
        using (var turn = await lanes.EnterAsync("t", "c", CancellationToken.None))
        {
            turn.Block(TimeSpan.FromSeconds(20));
        }

        Assert.Equal("conversation", (await SendAsync("t", "c"))?.Scope);
        Assert.Null(await SendAsync("t", "another"));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(await SendAsync("t", "c"));
    }

    [Fact]
    public async Task An_hour_has_eighteen_hundred()
    {
        var sent = 0;
        var start = clock.GetUtcNow();
        while (clock.GetUtcNow() - start < TimeSpan.FromMinutes(59))
        {
            sent += await SendAsync("t", "c") is null ? 1 : 0;
            clock.Advance(TimeSpan.FromMilliseconds(700));
        }

        Assert.Equal(1800, sent);
    }

    private async Task<(TimeSpan After, string Scope)?> SendAsync(string tenant, string conversation)
    {
        using var turn = await lanes.EnterAsync(tenant, conversation, CancellationToken.None);
        return await turn.AwaitPlaceAsync(CancellationToken.None);
    }
}
