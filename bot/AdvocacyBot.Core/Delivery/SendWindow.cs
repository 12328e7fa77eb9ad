namespace AdvocacyBot.Core.Delivery;

/// <summary>
/// How many messages may be on their way at a time: as few as the rate needs, because a crash leaves that many in doubt. It starts small, grows while a platform takes more
/// than is on its way (as TCP does: at first twofold with each round trip), and shrinks to what was used where the platform's limit, and not the way there, is what holds
/// sending up.
/// </summary>
internal sealed class SendWindow(TimeProvider clock)
{
    public const int Least = 8;

    /// <summary>What a crash leaves in doubt at most.</summary>
    public const int Most = 256;

    private static readonly TimeSpan ShrinksEvery = TimeSpan.FromSeconds(1);

    private long since = clock.GetTimestamp();
    private long changed = clock.GetTimestamp();
    private double area;
    private bool limited;

    public int Size { get; private set; } = Least;

    /// <summary>On their way now.</summary>
    public int Flying { get; private set; }

    public int Free => Size - Flying;

    /// <summary>So many have left.</summary>
    public void Left(int count) => Change(count);

    /// <summary>So many are back.</summary>
    public void Back(int count) => Change(-count);

    /// <summary>There was more to send than had room here.</summary>
    /// <param name="back">How many had come back to make that room.</param>
    public void Full(int back) => Size = Math.Min(Most, Size + (limited ? Math.Min(back, 1) : back));

    /// <summary>A limit that is known holds up what is left; what was on its way on average, twice, is enough.</summary>
    public void LimitReached()
    {
        if (clock.GetElapsedTime(since) < ShrinksEvery)
        {
            return;
        }

        Change(0);
        var average = area / clock.GetElapsedTime(since).TotalSeconds;
        (area, since, limited) = (0, clock.GetTimestamp(), true);
        Size = Math.Clamp((int)Math.Ceiling(2 * average), Least, Size);
    }

    /// <summary>The platform refused what was on its way, by a limit that it does not tell before.</summary>
    public void Refused() => (Size, limited) = (Math.Max(Least, Size / 2), true);

    private void Change(int by)
    {
        var now = clock.GetTimestamp();
        area += Flying * clock.GetElapsedTime(changed, now).TotalSeconds;
        (changed, Flying) = (now, Flying + by);
    }
}
