using System.Collections.Concurrent;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>
/// Which workspaces have been asked to send since their sending last began. However often it is asked, one run that is yet to begin is enough: it sends all
/// there is.
/// </summary>
internal sealed class SendRequests
{
    private readonly ConcurrentDictionary<long, byte> asked = new();

    /// <returns>Whether a run has to be fired: false while one that has not begun will do.</returns>
    public bool Ask(long workspace) => asked.TryAdd(workspace, 0);

    /// <summary>A run begins, or could not be fired.</summary>
    public void Take(long workspace) => asked.TryRemove(workspace, out _);
}
