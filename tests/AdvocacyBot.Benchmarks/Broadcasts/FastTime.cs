namespace AdvocacyBot.Benchmarks.Broadcasts;

/// <summary>A clock that runs so many times as fast as the real one, with its timers; the same in every process that is given the same speed.</summary>
internal sealed class FastTime(double speed) : TimeProvider
{
    /// <summary>From midnight on, so that processes that start one after the other agree on the date and the hour.</summary>
    private readonly DateTimeOffset midnight = new(System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    private readonly long began = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        var now = System.GetUtcNow();
        return midnight + ((now - midnight) * speed);
    }

    public override long GetTimestamp() => began + (long)((System.GetTimestamp() - began) * speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period)), this);

    private TimeSpan Shorter(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / speed;

    private sealed class FastTimer(ITimer timer, FastTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Shorter(dueTime), time.Shorter(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
