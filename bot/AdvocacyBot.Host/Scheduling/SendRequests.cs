using System.Collections.Concurrent;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>Which workspaces wait for their sending to be fired: asked a thousand times meanwhile, they wait once.</summary>
internal sealed class SendRequests
{
    private readonly ConcurrentDictionary<long, byte> asked = new();

    /// <returns>Whether it has to be fired: false while it waits for that already.</returns>
    public bool Ask(long workspace) => asked.TryAdd(workspace, 0);

    /// <summary>It is about to be fired.</summary>
    public void Take(long workspace) => asked.TryRemove(workspace, out _);
}
