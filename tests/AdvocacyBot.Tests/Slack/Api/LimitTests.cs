using AdvocacyBot.Slack.Api;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Slack.Api;

public sealed class LimitTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void A_wait_holds_for_one_method_in_one_workspace()
    {
        var limits = new RateLimits(clock);
        limits.Hold("chat.update", "T1", TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(30), limits.Wait("chat.update", "T1"));
        Assert.Equal(TimeSpan.Zero, limits.Wait("chat.postMessage", "T1"));
        Assert.Equal(TimeSpan.Zero, limits.Wait("chat.update", "T2"));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(TimeSpan.FromSeconds(1), limits.Wait("chat.update", "T1"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, limits.Wait("chat.update", "T1"));
    }

    [Fact]
    public void A_channel_gets_one_message_a_second_and_others_do_not_wait_for_it()
    {
        var pace = new ChannelPace(clock);

        var first = pace.WaitAsync("T1", "C1", CancellationToken.None);
        var second = pace.WaitAsync("T1", "C1", CancellationToken.None);
        var third = pace.WaitAsync("T1", "C1", CancellationToken.None);
        var other = pace.WaitAsync("T1", "C2", CancellationToken.None);

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(other.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(second.IsCompletedSuccessfully);
        Assert.False(third.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(third.IsCompletedSuccessfully);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pace.WaitAsync("T1", "C1", CancellationToken.None).IsCompletedSuccessfully);
    }
}
