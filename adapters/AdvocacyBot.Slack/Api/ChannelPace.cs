using System.Collections.Concurrent;

namespace AdvocacyBot.Slack.Api;

/// <summary>One message per second and channel (docs.slack.dev/apis/web-api/rate-limits): who comes earlier waits for the next second.</summary>
internal sealed class ChannelPace(TimeProvider clock)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<(string Workspace, string Channel), DateTimeOffset> next = new();
    private long tidiedAt = clock.GetTimestamp();

    /// <summary>Takes the channel's next free moment and waits for it.</summary>
    public async Task WaitAsync(string workspace, string channel, CancellationToken cancellationToken)
    {
        Forget();
        var now = clock.GetUtcNow();
        var after = next.AddOrUpdate((workspace, channel), _ => now + Interval, (_, free) => (free > now ? free : now) + Interval);
        var wait = after - Interval - now;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>A broadcast meets a new conversation with each message; who had their second is forgotten, by one caller each second.</summary>
    private void Forget()
    {
        var (stamp, tidied) = (clock.GetTimestamp(), Volatile.Read(ref tidiedAt));
        if (clock.GetElapsedTime(tidied, stamp) < Interval || Interlocked.CompareExchange(ref tidiedAt, stamp, tidied) != tidied || next.Count <= MostKept)
        {
            return;
        }

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
