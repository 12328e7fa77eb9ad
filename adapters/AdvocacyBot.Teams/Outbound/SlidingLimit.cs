namespace AdvocacyBot.Teams.Outbound;

/// <summary>So many sends in any stretch of time so long, for several such rules at once. Exact: it remembers when the last ones were.</summary>
/// <param name="rules">Number of sends, and timestamps (see <see cref="TimeProvider.GetTimestamp"/>) in which there may be no more.</param>
internal sealed class SlidingLimit((int Count, long Window)[] rules)
{
    private readonly int most = rules.Max(rule => rule.Count);
    private long[] times = new long[8];
    private int count;
    private int next;

    /// <summary>The earliest time, from <paramref name="now"/> on, at which one more may be sent.</summary>
    public long Earliest(long now)
    {
        var at = now;
        foreach (var (number, window) in rules)
        {
            if (count >= number)
            {
                at = Math.Max(at, Back(number) + window);
            }
        }

        return at;
    }

    /// <summary>How many more may be sent now.</summary>
    public int Free(long now)
    {
        var free = int.MaxValue;
        foreach (var (number, window) in rules)
        {
            var within = 0;
            while (within < Math.Min(count, number) && Back(within + 1) > now - window)
            {
                within++;
            }

            free = Math.Min(free, number - within);
        }

        return free;
    }

    /// <summary>One is sent at <paramref name="at"/>, which is not before any that was noted already.</summary>
    public void Note(long at)
    {
        if (count == times.Length && count < most)
        {
            Grow();
        }

        times[next] = at;
        next = (next + 1) % times.Length;
        count = Math.Min(count + 1, times.Length);
    }

    /// <summary>What was noted for one time was sent at a later one.</summary>
    public void Move(long from, long to)
    {
        for (var number = 1; number <= count; number++)
        {
            if (Back(number) == from)
            {
                // They stay in order.
                for (; number > 1 && Back(number - 1) < to; number--)
                {
                    times[At(number)] = Back(number - 1);
                }

                times[At(number)] = to;
                return;
            }

            if (Back(number) < from)
            {
                return;
            }
        }
    }

    /// <summary>When the last was sent; null before the first.</summary>
    public long? Last => count == 0 ? null : Back(1);

    private long Back(int number) => times[At(number)];

    private int At(int number) => (next - number + times.Length) % times.Length;

    private void Grow()
    {
        var grown = new long[Math.Min(most, times.Length * 4)];
        for (var i = 0; i < count; i++)
        {
            grown[i] = Back(count - i);
        }

        times = grown;
        next = count % times.Length;
    }
}
