namespace AdvocacyBot.Slack.Sockets;

/// <summary>How long to wait before the next attempt to connect: doubling from one second to a minute, each time somewhere in the upper half, so that many hosts do not come at once.</summary>
/// <param name="random">A number from 0 up to, not including, its argument.</param>
internal sealed class Backoff(Func<int, int> random)
{
    private const int LongestPower = 6;

    /// <param name="failures">In a row, from 1.</param>
    public TimeSpan After(int failures)
    {
        var most = (int)Math.Min(60_000, 1000 * Math.Pow(2, Math.Clamp(failures - 1, 0, LongestPower)));
        return TimeSpan.FromMilliseconds((most / 2) + random((most / 2) + 1));
    }
}
