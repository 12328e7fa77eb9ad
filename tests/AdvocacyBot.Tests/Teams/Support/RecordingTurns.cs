using System.Collections.Concurrent;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Tests.Teams.Support;

/// <summary>Keeps what reaches the programme, and answers what the test says.</summary>
internal sealed class RecordingTurns : ITurnHandler
{
    public ConcurrentQueue<Activity> Seen { get; } = new();

    public Func<Activity, CancellationToken, Task<InvokeResponse?>> Answer { get; set; } = (_, _) => Task.FromResult<InvokeResponse?>(null);

    public Task<InvokeResponse?> HandleAsync(Activity activity, CancellationToken cancellationToken)
    {
        Seen.Enqueue(activity);
        return Answer(activity, cancellationToken);
    }
}
