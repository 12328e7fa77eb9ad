namespace AdvocacyBot.Teams.Inbound;

/// <summary>
/// Keys of what was handled lately, so that a message which Teams delivers twice is answered once. The database has the longer memory for everything that
/// changes something; this one is for answers that change nothing.
/// </summary>
internal sealed class RecentDeliveries
{
    private const int Each = 20_000;

    private readonly Lock gate = new();
    private HashSet<string> young = new(StringComparer.Ordinal);
    private HashSet<string> old = new(StringComparer.Ordinal);

    public bool Contains(string key)
    {
        lock (gate)
        {
            return young.Contains(key) || old.Contains(key);
        }
    }

    public void Add(string key)
    {
        lock (gate)
        {
            if (young.Count >= Each)
            {
                (young, old) = (old, young);
                young.Clear();
            }

            young.Add(key);
        }
    }
}
