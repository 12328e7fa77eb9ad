using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace AdvocacyBot.Slack.Replies;

/// <summary>Work that goes on after its request was acknowledged: a host that stops finishes it first.</summary>
internal sealed class InFlight : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Task, byte> running = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource ending = new();

    /// <summary>Cancelled when the time for stopping is up.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <param name="work">Must not throw.</param>
    public void Track(Task work)
    {
        if (work.IsCompleted)
        {
            return;
        }

        running[work] = 0;
        _ = work.ContinueWith(static (done, all) => ((ConcurrentDictionary<Task, byte>)all!).TryRemove(done, out _), running, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits, but not longer than until the host begins to stop.</summary>
    /// <returns>True: it stops.</returns>
    public async Task<bool> PauseAsync(TimeSpan pause, TimeProvider clock)
    {
        try
        {
            await Task.Delay(pause, clock, ending.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ending.CancelAsync();
            await Task.WhenAll(running.Keys).WaitAsync(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // Two stop the host at once, and the other is through.
        }
        catch (OperationCanceledException)
        {
            await stopping.CancelAsync();
        }
    }

    public void Dispose()
    {
        stopping.Dispose();
        ending.Dispose();
    }
}
