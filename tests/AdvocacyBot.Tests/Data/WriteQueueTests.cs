using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Tests.Data;

public sealed class WriteQueueTests
{
    private readonly WriteQueue queue = new(capacity: 2);

    [Fact]
    public async Task A_full_queue_takes_no_more_until_there_is_room()
    {
        queue.TryAdd(Write());
        queue.TryAdd(Write());

        Assert.Equal(QueueOutcome.Full, queue.TryAdd(Write()));
        var room = queue.RoomAsync();
        Assert.False(room.IsCompleted);

        Assert.Equal(2, queue.Take(most: 10, yields: 0).Count);
        await room;
        Assert.Equal(QueueOutcome.Queued, queue.TryAdd(Write()));
    }

    [Fact]
    public void Writes_are_taken_in_order_and_no_more_than_asked_for()
    {
        var (first, second) = (Write(), Write());
        queue.TryAdd(first);
        queue.TryAdd(second);

        Assert.Equal([first], queue.Take(most: 1, yields: 0));
        queue.Done();
        Assert.Equal([second], queue.Take(most: 1, yields: 0));
    }

    [Fact]
    public void A_closed_queue_gives_out_what_it_has_and_then_nothing()
    {
        queue.TryAdd(Write());
        queue.Close();

        Assert.Equal(QueueOutcome.Closed, queue.TryAdd(Write()));
        Assert.Single(queue.Take(most: 10, yields: 0));
        queue.Done();
        Assert.Empty(queue.Take(most: 10, yields: 0));
    }

    [Fact]
    public void While_the_database_is_down_nothing_is_kept_waiting()
    {
        queue.TryAdd(Write());

        Assert.Single(queue.Refuse());
        Assert.Equal(QueueOutcome.Down, queue.TryAdd(Write()));
        queue.Accept();
        Assert.Equal(QueueOutcome.Queued, queue.TryAdd(Write()));
    }

    [Fact]
    public async Task Closing_lets_those_go_who_wait_for_room()
    {
        queue.TryAdd(Write());
        queue.TryAdd(Write());
        var room = queue.RoomAsync();

        queue.Close();

        await room;
        Assert.Equal(QueueOutcome.Closed, queue.TryAdd(Write()));
    }

    private static StatementsWrite Write() => new([CommitterDatabase.Agent(1, "a")]);
}
