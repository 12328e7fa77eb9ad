namespace AdvocacyBot.Core.Data;

internal enum QueueOutcome
{
    Queued = 0,

    /// <summary>Too much is waiting.</summary>
    Full = 1,

    /// <summary>The database is out of reach.</summary>
    Down = 2,

    /// <summary>The host is stopping.</summary>
    Closed = 3,
}

/// <summary>What waits for the committer's thread, and what that thread has taken. Bounded; refuses at once while the database is out of reach.</summary>
/// <param name="capacity">Writes waiting at most, whatever their length.</param>
internal sealed class WriteQueue(int capacity)
{
    private readonly object sync = new();
    private readonly Queue<QueuedWrite> waiting = new();
    private readonly List<QueuedWrite> taken = [];
    private TaskCompletionSource? room;
    private bool idle;
    private bool down;
    private bool closed;

    public int Count
    {
        get
        {
            lock (sync)
            {
                return waiting.Count;
            }
        }
    }

    public bool IsDown
    {
        get
        {
            lock (sync)
            {
                return down;
            }
        }
    }

    public QueueOutcome TryAdd(QueuedWrite write)
    {
        lock (sync)
        {
            if (closed || down || waiting.Count >= capacity)
            {
                return closed ? QueueOutcome.Closed : down ? QueueOutcome.Down : QueueOutcome.Full;
            }

            waiting.Enqueue(write);
            if (idle)
            {
                idle = false;
                Monitor.Pulse(sync);
            }

            return QueueOutcome.Queued;
        }
    }

    /// <summary>Completes when it is worth trying again after <see cref="QueueOutcome.Full"/>.</summary>
    public Task RoomAsync()
    {
        lock (sync)
        {
            if (waiting.Count < capacity)
            {
                return Task.CompletedTask;
            }

            room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return room.Task;
        }
    }

    /// <summary>Waits for writes and takes up to <paramref name="most"/> of them. The list is the queue's, valid until <see cref="Done"/>.</summary>
    /// <param name="most">Writes at most.</param>
    /// <param name="yields">How often to let threads that are ready run first, as long as each time more comes.</param>
    /// <returns>Empty: the queue is closed and everything has been taken.</returns>
    public List<QueuedWrite> Take(int most, int yields)
    {
        var seen = Await();
        for (var i = 0; i < yields && seen < most; i++)
        {
            Thread.Yield();
            var now = Count;
            if (now == seen)
            {
                break;
            }

            seen = now;
        }

        lock (sync)
        {
            while (taken.Count < most && waiting.TryDequeue(out var write))
            {
                taken.Add(write);
            }

            MakeRoom();
            return taken;
        }
    }

    /// <summary>The writes taken are decided.</summary>
    public void Done()
    {
        lock (sync)
        {
            taken.Clear();
        }
    }

    /// <summary>From now on nothing is accepted.</summary>
    /// <returns>What was waiting.</returns>
    public QueuedWrite[] Refuse()
    {
        lock (sync)
        {
            down = true;
            QueuedWrite[] refused = [.. waiting];
            waiting.Clear();
            MakeRoom();
            return refused;
        }
    }

    public void Accept()
    {
        lock (sync)
        {
            down = false;
        }
    }

    /// <summary>Lets time pass between attempts to reach the database.</summary>
    /// <returns>False: the queue was closed.</returns>
    public bool Pause(TimeSpan time)
    {
        lock (sync)
        {
            return !closed && (!Monitor.Wait(sync, time) || !closed);
        }
    }

    public void Close()
    {
        lock (sync)
        {
            closed = true;
            MakeRoom();
            Monitor.PulseAll(sync);
        }
    }

    /// <summary>Sends those on who have waited long enough.</summary>
    public void Sweep()
    {
        List<QueuedWrite>? late = null;
        var now = Environment.TickCount64;
        lock (sync)
        {
            foreach (var write in taken.Concat(waiting))
            {
                if (write.GiveUp(now))
                {
                    (late ??= []).Add(write);
                }
            }
        }

        late?.ForEach(write => write.AnnounceLate());
    }

    /// <returns>How many writes are waiting; none where the queue is closed.</returns>
    private int Await()
    {
        lock (sync)
        {
            while (waiting.Count == 0 && !closed)
            {
                idle = true;
                Monitor.Wait(sync);
            }

            return waiting.Count;
        }
    }

    private void MakeRoom()
    {
        room?.SetResult();
        room = null;
    }
}
