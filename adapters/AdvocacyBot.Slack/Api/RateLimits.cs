using System.Collections.Concurrent;

namespace AdvocacyBot.Slack.Api;

/// <summary>Until when a method is not to be called for a workspace, as Slack's <c>Retry-After</c> said. It holds for that pair alone.</summary>
internal sealed class RateLimits(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Method, string Workspace), DateTimeOffset> until = new();

    /// <returns>Zero where it may be called.</returns>
    public TimeSpan Wait(string method, string workspace)
    {
        if (!until.TryGetValue((method, workspace), out var at))
        {
            return TimeSpan.Zero;
        }

        var wait = at - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            return wait;
        }

        until.TryRemove(new((method, workspace), at));
        return TimeSpan.Zero;
    }

    public void Hold(string method, string workspace, TimeSpan wait) => until[(method, workspace)] = clock.GetUtcNow() + wait;
}
