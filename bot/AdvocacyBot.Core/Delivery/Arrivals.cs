namespace AdvocacyBot.Core.Delivery;

/// <summary>What is back from the platform and not yet written down. Many put in; one takes out and waits.</summary>
internal sealed class Arrivals
{
    private readonly Lock gate = new();
    private readonly Queue<SentDelivery> back = new();
    private TaskCompletionSource? waiting;
    private int wanted;

    public void Add(SentDelivery one)
    {
        TaskCompletionSource? enough = null;
        lock (gate)
        {
            back.Enqueue(one);
            if (back.Count >= wanted)
            {
                (enough, waiting) = (waiting, null);
            }
        }

        enough?.TrySetResult();
    }

    public List<SentDelivery> TakeAll()
    {
        lock (gate)
        {
            List<SentDelivery> all = [.. back];
            back.Clear();
            return all;
        }
    }

    /// <summary>Completes when so many are there; asking again forgets what was asked before.</summary>
    public Task WaitAsync(int count)
    {
        lock (gate)
        {
            if (back.Count >= count)
            {
                return Task.CompletedTask;
            }

            wanted = count;
            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiting.Task;
        }
    }
}
