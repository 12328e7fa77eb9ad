using AdvocacyBot.Slack.Sockets;

namespace AdvocacyBot.Tests.Slack.Sockets;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 500, 1000)]
    [InlineData(2, 1000, 2000)]
    [InlineData(4, 4000, 8000)]
    [InlineData(7, 30_000, 60_000)]
    [InlineData(1000, 30_000, 60_000)]
    public void The_wait_doubles_up_to_a_minute_and_is_spread_over_its_upper_half(int failures, int least, int most)
    {
        Assert.Equal(least, new Backoff(_ => 0).After(failures).TotalMilliseconds);
        Assert.Equal(most, new Backoff(bound => bound - 1).After(failures).TotalMilliseconds);
    }
}
