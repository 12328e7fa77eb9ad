using System.Collections.Concurrent;

namespace AdvocacyBot.Slack.Api;

/// <summary>One message per second and channel (docs.slack.dev/apis/web-api/rate-limits): who comes earlier waits for the next second.</summary>
internal sealed class ChannelPace(TimeProvider clock)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<(string Workspace, string Channel), DateTimeOffset> next = new();

    /// <summary>Takes the channel's next free moment and waits for it.</summary>
    public async Task WaitAsync(string workspace, string channel, CancellationToken cancellationToken)
    {
        if (next.Count > MostKept)
        {
            Forget();
        }

        var now = clock.GetUtcNow();
        var after = next.AddOrUpdate((workspace, channel), _ => now + Interval, (_, free) => (free > now ? free : now) + Interval);
        var wait = after - Interval - now;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, free) in next)
        {
            if (free <= now)
            {
                next.TryRemove(new(key, free));
            }
        }
    }
}
