using System.Collections.Concurrent;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>
/// Keys of messages that were answered without leaving a trace in the database, so that their repeated delivery is not answered again. In memory and bounded: what is lost
/// costs a second answer at most.
/// </summary>
internal sealed class RecentKeys
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, byte> keys = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> order = new();

    /// <returns>False: it was there.</returns>
    public bool TryAdd(string key)
    {
        if (!keys.TryAdd(key, 0))
        {
            return false;
        }

        order.Enqueue(key);
        while (keys.Count > Most && order.TryDequeue(out var oldest))
        {
            keys.TryRemove(oldest, out _);
        }

        return true;
    }

    /// <summary>It was not answered after all.</summary>
    public void Remove(string key) => keys.TryRemove(key, out _);
}
