namespace AdvocacyBot.Slack.Replies;

/// <summary>What a request is acknowledged with: nothing, or JSON.</summary>
internal readonly record struct Answer(ReadOnlyMemory<byte> Json)
{
    public static readonly Answer Empty;

    /// <summary>No acknowledgement: Slack is to deliver the same again.</summary>
    public static readonly Answer Again = new() { IsRefusal = true };

    public bool IsRefusal { get; private init; }

    public bool IsEmpty => Json.IsEmpty;
}

/// <summary>
/// The one acknowledgement of a request. Whoever works on it may fill it while the time lasts; then it is closed with what stands ready for that, and the work
/// goes on and answers by another way.
/// </summary>
internal sealed class AckSlot
{
    private readonly TaskCompletionSource<Answer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Answer late;

    /// <summary>Ends when the acknowledgement stands.</summary>
    public Task Given => answer.Task;

    /// <returns>False: it is too late.</returns>
    public bool TryAnswer(Answer with) => answer.TrySetResult(with);

    /// <summary>The acknowledgement when it takes longer; the work sets it as soon as it knows.</summary>
    public Answer Late
    {
        get
        {
            lock (answer)
            {
                return late;
            }
        }

        set
        {
            lock (answer)
            {
                late = value;
            }
        }
    }

    /// <param name="budget">How long the work may take.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellationToken">The host stops.</param>
    public async Task<Answer> WaitAsync(TimeSpan budget, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (answer.Task.IsCompleted)
        {
            return await answer.Task;
        }

        using var timer = clock.CreateTimer(_ => answer.TrySetResult(Late), null, budget, Timeout.InfiniteTimeSpan);
        return await answer.Task.WaitAsync(cancellationToken);
    }
}
