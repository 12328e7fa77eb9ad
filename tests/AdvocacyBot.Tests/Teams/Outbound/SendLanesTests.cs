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
    public async Task A_place_is_given_out_a_tenth_of_a_second_ahead_and_taken_on_time()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.Null(await SendAsync("t", $"c{i}"));
        }

        var room = lanes.RoomOf("t");
        Assert.Equal(0, room.Free);
        Assert.Equal(TimeSpan.FromMilliseconds(905), room.Next);
        clock.Advance(room.Next);
        Assert.Equal(50, lanes.RoomOf("t").Free);
        var next = SendAsync("t", "one more");
        Assert.Equal(49, lanes.RoomOf("t").Free);
        clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await next);
    }

    [Fact]
    public async Task What_was_slow_on_its_way_is_counted_from_its_answer()
    {
        using (var slow = await lanes.EnterAsync("t", "c", CancellationToken.None))
        {
            Assert.Null(await slow.AwaitPlaceAsync(CancellationToken.None));
            for (var i = 1; i < 50; i++)
            {
                Assert.Null(await SendAsync("t", $"c{i}"));
            }

            clock.Advance(TimeSpan.FromMilliseconds(30));
            slow.Answered();
        }

        // The others' places come back first, then the slow one's.
        clock.Advance(TimeSpan.FromMilliseconds(975));
        for (var i = 1; i < 50; i++)
        {
            Assert.Null(await SendAsync("t", $"d{i}").WaitAsync(TimeSpan.Zero));
        }

        var last = SendAsync("t", "e");
        clock.Advance(TimeSpan.FromMilliseconds(29));
        Assert.False(last.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await last);
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
