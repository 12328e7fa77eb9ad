namespace AdvocacyBot.Core.Delivery;

/// <summary>Tells whoever sends that there is something to send; raised after the transaction that wrote the rows.</summary>
public sealed class DeliverySignal
{
    private readonly List<Action<long>> listeners = [];

    /// <param name="listener">Given the workspace's id; must be quick and not throw.</param>
    public void Listen(Action<long> listener)
    {
        lock (listeners)
        {
            listeners.Add(listener);
        }
    }

    public void Raise(long workspaceId)
    {
        Action<long>[] all;
        lock (listeners)
        {
            all = [.. listeners];
        }

        foreach (var listener in all)
        {
            listener(workspaceId);
        }
    }
}
