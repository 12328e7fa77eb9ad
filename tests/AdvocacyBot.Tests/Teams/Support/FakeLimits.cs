using System.Collections.Concurrent;

namespace AdvocacyBot.Tests.Teams.Support;

/// <summary>The documented limits, counted naively: every send is remembered for an hour.</summary>
internal sealed class FakeLimits(TimeProvider clock)
{
    private static readonly (int Count, TimeSpan Window)[] PerConversation =
    [
        (7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1)),
    ];

    private static readonly (int Count, TimeSpan Window)[] PerTenant = [(50, TimeSpan.FromSeconds(1))];

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, List<DateTimeOffset>> sends = new(StringComparer.Ordinal);

    /// <returns>The refusal, or null where the send is within the limits and counted.</returns>
    public FakeAnswer? Take(string conversation, string tenant)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var own = sends.GetOrAdd("c" + conversation, _ => []);
            var shared = sends.GetOrAdd("t" + tenant, _ => []);
            if (IsOver(own, PerConversation, now) || IsOver(shared, PerTenant, now))
            {
                return FakeAnswer.Error(429, "Throttled", retryAfter: 1);
            }

            own.Add(now);
            shared.Add(now);
            return null;
        }
    }

    private static bool IsOver(List<DateTimeOffset> times, (int Count, TimeSpan Window)[] rules, DateTimeOffset now) =>
        rules.Any(rule => times.Count(time => time > now - rule.Window) >= rule.Count);
}
