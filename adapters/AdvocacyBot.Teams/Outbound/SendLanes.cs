using System.Collections.Concurrent;
using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>
/// One queue for each conversation, because Teams refuses simultaneous writes to one (412), and the documented limits (learn.microsoft.com, bots rate-limit):
/// 7 in 1 s, 8 in 2 s, 60 in 30 s and 1800 in an hour for a conversation, 50 in 1 s for the app in a tenant.
/// </summary>
internal sealed class SendLanes(TimeProvider clock)
{
    /// <summary>A longer wait is handed back to whoever sends, so that it is not lost with the process.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    // The network makes two sends come closer together than they were made.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(50);

    // A broadcast runs against this one all the time: 50 ms would cost 5 of 100 messages. What was slow on its way is counted from when it arrived, see SendTurn.Answered.
    private static readonly TimeSpan TenantMargin = TimeSpan.FromMilliseconds(5);
    private static readonly (int, TimeSpan)[] PerConversation =
    [
        (7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1)),
    ];

    private static readonly (int, TimeSpan)[] PerTenant = [(50, TimeSpan.FromSeconds(1) + TenantMargin)];

    // What has to be written down before a message leaves takes that long at most; each waits here for its exact time. Without it every place would be used that much late.
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(100);
    private const int Many = 50_000;

    private readonly ConcurrentDictionary<string, Lane> conversations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lane> tenants = new(StringComparer.Ordinal);
    private readonly (int, long)[] conversationRules = Rules(PerConversation, Margin, clock);
    private readonly (int, long)[] tenantRules = Rules(PerTenant, TimeSpan.Zero, clock);
    private long sweptAt = clock.GetTimestamp();

    /// <summary>Waits for the turn to write to a conversation; leaving the returned turn lets the next one in.</summary>
    public async ValueTask<SendTurn> EnterAsync(string tenantId, string conversationId, CancellationToken cancellationToken)
    {
        var lane = Of(conversations, conversationId, conversationRules);
        await lane.Gate.WaitAsync(cancellationToken);
        return new SendTurn(lane, Of(tenants, tenantId, tenantRules), clock);
    }

    /// <summary>How much the tenant's limit lets through by the time it is ready to leave.</summary>
    public SendRoom RoomOf(string tenantId)
    {
        var now = clock.GetTimestamp() + clock.Timestamps(Ahead);
        return tenants.TryGetValue(tenantId, out var lane) && lane.Room(now) is var (free, next) ? new SendRoom(free, clock.GetElapsedTime(now, next)) : SendRoom.Unlimited;
    }

    private static (int, long)[] Rules((int Count, TimeSpan Window)[] rules, TimeSpan margin, TimeProvider clock) =>
        [.. rules.Select(rule => (rule.Count, clock.Timestamps(rule.Window + margin)))];

    private Lane Of(ConcurrentDictionary<string, Lane> lanes, string key, (int, long)[] rules)
    {
        if (lanes.TryGetValue(key, out var known))
        {
            return known;
        }

        Sweep();
        return lanes.GetOrAdd(key, _ => new Lane(rules));
    }

    /// <summary>Forgets where nothing was sent for an hour.</summary>
    private void Sweep()
    {
        var now = clock.GetTimestamp();
        var swept = Volatile.Read(ref sweptAt);
        if (conversations.Count + tenants.Count < Many
            || clock.GetElapsedTime(swept, now) < TimeSpan.FromMinutes(1)
            || Interlocked.CompareExchange(ref sweptAt, now, swept) != swept)
        {
            return;
        }

        foreach (var lanes in new[] { conversations, tenants })
        {
            foreach (var (key, lane) in lanes)
            {
                if (lane.Gate.CurrentCount > 0 && lane.IsIdle(now - (clock.TimestampFrequency * 3660)))
                {
                    lanes.TryRemove(key, out _);
                }
            }
        }
    }
}

/// <summary>What is remembered of a conversation's, or a tenant's, sends.</summary>
internal sealed class Lane((int, long)[] rules)
{
    private readonly SlidingLimit limit = new(rules);
    private readonly Lock gate = new();
    private long blockedUntil = long.MinValue;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Takes the earliest place that is free, if it is not after <paramref name="latest"/>.</summary>
    /// <returns>When it is; nothing is taken where that is too late.</returns>
    public long Reserve(long now, long latest)
    {
        lock (gate)
        {
            // Places are given away in order: nobody gets one before the last that was.
            var at = Math.Max(limit.Earliest(now), Math.Max(blockedUntil, limit.Last ?? long.MinValue));
            if (at <= latest)
            {
                limit.Note(at);
            }

            return at;
        }
    }

    /// <summary>The earliest place that is free; the holder of <see cref="Gate"/> takes it with <see cref="Note"/>.</summary>
    public long Earliest(long now)
    {
        lock (gate)
        {
            return Math.Max(limit.Earliest(now), blockedUntil);
        }
    }

    /// <summary>How many places are free now, and when the next one is.</summary>
    public (int Free, long Next) Room(long now)
    {
        lock (gate)
        {
            var next = Math.Max(limit.Earliest(now), blockedUntil);
            return (next > now ? 0 : limit.Free(now), next);
        }
    }

    public void Note(long at)
    {
        lock (gate)
        {
            limit.Note(at);
        }
    }

    /// <summary>A place that was taken for one time is used at another one that is not before it.</summary>
    public void Move(long from, long to)
    {
        lock (gate)
        {
            limit.Move(from, to);
        }
    }

    public void Block(long until)
    {
        lock (gate)
        {
            blockedUntil = Math.Max(blockedUntil, until);
        }
    }

    public bool IsIdle(long before)
    {
        lock (gate)
        {
            return blockedUntil < before && (limit.Last ?? long.MinValue) < before;
        }
    }
}

/// <summary>The turn to write to a conversation.</summary>
internal sealed class SendTurn(Lane conversation, Lane tenant, TimeProvider clock) : IDisposable
{
    /// <summary>The scope of a wait that holds for the whole tenant.</summary>
    public const string Tenant = "tenant";

    /// <summary>An answer that takes longer says nothing of when its message arrived; to wait for it would cost more places than a refusal.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromMilliseconds(40);

    private long left;

    /// <summary>Waits until the limits allow one more.</summary>
    /// <returns>Null: send now. Otherwise nothing was waited for, and this long is to be waited elsewhere.</returns>
    public async ValueTask<(TimeSpan After, string Scope)?> AwaitPlaceAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        var latest = now + clock.Timestamps(SendLanes.LongestWait);
        var own = conversation.Earliest(now);
        if (own > latest)
        {
            return (clock.GetElapsedTime(now, own), "conversation");
        }

        var shared = tenant.Reserve(own, latest);
        if (shared > latest)
        {
            return (clock.GetElapsedTime(now, shared), Tenant);
        }

        conversation.Note(shared);
        left = shared;
        if (shared > now)
        {
            // A delay counts whole milliseconds, and cuts off what is left.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(clock.GetElapsedTime(now, shared).TotalMilliseconds)), clock, cancellationToken);

            // A timer may be late: what counts is when it is sent.
            Move(clock.GetTimestamp());
        }

        return null;
    }

    /// <summary>Teams has answered what was sent last: it arrived no later than now, and Teams counts from its arrival.</summary>
    public void Answered() => Move(Math.Min(clock.GetTimestamp(), left + clock.Timestamps(LongestWay)));

    /// <summary>Teams asked to wait.</summary>
    public void Block(TimeSpan after) => conversation.Block(clock.GetTimestamp() + clock.Timestamps(after));

    public void Dispose() => conversation.Gate.Release();

    private void Move(long to)
    {
        if (to > left)
        {
            tenant.Move(left, to);
            left = to;
        }
    }
}

internal static class TimestampExtensions
{
    /// <summary>As many steps of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public static long Timestamps(this TimeProvider clock, TimeSpan time) => (long)((Int128)time.Ticks * clock.TimestampFrequency / TimeSpan.TicksPerSecond);
}
