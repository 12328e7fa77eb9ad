using System.Runtime.InteropServices;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Reports.RollUp;

namespace AdvocacyBot.Core.Reports;

/// <summary>Counts the rungs of a whole programme from its days, and of them only what is wanted: goals may last years.</summary>
internal sealed class LadderTally
{
    private const int NetworkBits = 5;
    private const int MostNetworks = 1 << NetworkBits;

    private readonly DayBounds bounds;
    private readonly LadderParts parts;
    private readonly byte[] seen;
    private readonly byte[] active;
    private readonly List<string> networks = [""];
    private readonly int[] clicks = new int[MostNetworks];
    private readonly HashSet<(long Share, int Network)> fetches = [];
    private readonly Entries opened = new();
    private readonly Entries said = new();
    private readonly Entries posted = new();
    private int[] local = [0];
    private Entries? current;
    private int onNetwork;

    /// <param name="days">All that will be counted.</param>
    /// <param name="parts">What is wanted.</param>
    public LadderTally(IReadOnlyCollection<StoredDay> days, LadderParts parts)
    {
        ArgumentNullException.ThrowIfNull(days);
        (bounds, this.parts) = (DayBounds.Of(days), parts);
        seen = new byte[(bounds.People / 8) + 16];
        active = new byte[seen.Length];
    }

    public void Read(StoredDay day)
    {
        ArgumentNullException.ThrowIfNull(day);
        DayBytes.Read(day.Facts, new Feed(this));
        PersonSet.AddTo(day.Seen, seen, bounds.FirstPerson);
    }

    /// <summary>Of the days that were read so far.</summary>
    /// <param name="unreachable">People who do not count as seeing anything.</param>
    public Ladder Ladder(IEnumerable<long> unreachable)
    {
        var could = (byte[])seen.Clone();
        foreach (var person in unreachable.Select(id => id - bounds.FirstPerson).Where(place => place >= 0 && place < bounds.People))
        {
            could[person / 8] &= (byte)~(1 << (int)(person % 8));
        }

        for (var i = 0; i < active.Length; i++)
        {
            could[i] |= active[i];
        }

        var byNetwork = new int[MostNetworks];
        return new Ladder
        {
            CouldSee = PersonSet.Count(could),
            Active = PersonSet.Count(active),
            Opened = Shares(opened, byNetwork),
            Said = Shares(said, new int[MostNetworks]),
            Posted = Shares(posted, new int[MostNetworks]),
            Applicants = 0,
            Leads = 0,
            FetchedByNetwork = fetches.CountBy(f => networks[f.Network]).ToDictionary(),
            ClicksByNetwork = Named(clicks),
            OpenedByNetwork = Named(byNetwork),
        };
    }

    /// <summary>One person taking up one campaign counts once, and once on each network.</summary>
    private int Shares(Entries entries, int[] byNetwork)
    {
        var ends = new int[bounds.Campaigns + 1];
        var all = 0;
        foreach (var some in entries.Parts)
        {
            all += some.Count;
            foreach (var entry in some.AsSpan())
            {
                ends[entry.Campaign + 1]++;
            }
        }

        for (var i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        var sorted = GC.AllocateUninitializedArray<int>(all);
        foreach (var some in entries.Parts)
        {
            foreach (var entry in some.AsSpan())
            {
                sorted[ends[entry.Campaign]++] = entry.Who;
            }
        }

        // By now each campaign's end stands where its beginning stood.
        var (shares, at) = (0, 0);
        var taken = new (int Campaign, uint On)[bounds.People];
        for (var campaign = 0; campaign < bounds.Campaigns; campaign++)
        {
            for (; at < ends[campaign]; at++)
            {
                var (person, network) = (sorted[at] >> NetworkBits, sorted[at] & (MostNetworks - 1));
                ref var share = ref taken[person];
                if (share.Campaign != campaign + 1)
                {
                    share = (campaign + 1, 0);
                    shares++;
                }

                if ((share.On & (1u << network)) == 0)
                {
                    share.On |= 1u << network;
                    byNetwork[network]++;
                }
            }
        }

        return shares;
    }

    private Dictionary<string, int> Named(int[] counts) => networks.Index().Where(n => counts[n.Index] > 0).ToDictionary(n => n.Item, n => counts[n.Index]);

    private void Networks(IReadOnlyList<string> names)
    {
        local = new int[names.Count + 1];
        for (var i = 0; i < names.Count; i++)
        {
            var at = networks.IndexOf(names[i]);
            if (at < 0 && networks.Count < MostNetworks)
            {
                at = networks.Count;
                networks.Add(names[i]);
            }

            local[i + 1] = Math.Max(0, at);
        }
    }

    private bool Kind(LedgerKind kind, int network, int count)
    {
        current = kind switch
        {
            LedgerKind.Opened when parts.HasFlag(LadderParts.Opened) => opened,
            LedgerKind.Said when parts.HasFlag(LadderParts.Said) => said,
            LedgerKind.Posted when parts.HasFlag(LadderParts.Posted) => posted,
            _ => null,
        };
        onNetwork = kind == LedgerKind.Opened ? local[network] : 0;
        current?.Begin(count);
        return current is not null;
    }

    private void Act(long campaign, long person, int amount)
    {
        if (amount > 0)
        {
            current!.Add(new Entry((int)(campaign - bounds.FirstCampaign), ((int)(person - bounds.FirstPerson) << NetworkBits) | onNetwork));
        }
    }

    private void Requests(int @class, int network, int count)
    {
        if (@class == (int)ClickClass.Human)
        {
            clicks[local[network]] += count;
        }
    }

    /// <summary>A structure, so that a call for each of millions of entries costs nothing.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Feed(LadderTally tally) : IDayVisitor
    {
        public void Networks(IReadOnlyList<string> networks) => tally.Networks(networks);

        public void Active(ReadOnlySpan<byte> people) => PersonSet.AddTo(people, tally.active, tally.bounds.FirstPerson);

        public bool Kind(LedgerKind kind, int network, int count) => tally.Kind(kind, network, count);

        public void Act(long campaign, long person, int amount) => tally.Act(campaign, person, amount);

        public void Requests(int @class, int network, int count) => tally.Requests(@class, network, count);

        public bool Visits() => false;

        public void Visit(long campaign, int @class, int network, int count) => throw new NotSupportedException("Of requests only the sums are wanted.");

        public bool Fetches() => tally.parts.HasFlag(LadderParts.Fetched);

        public void Fetch(long campaign, long share, int network, int count) => tally.fetches.Add((share, tally.local[network]));
    }

    /// <summary>In the parts in which they came: a list would be copied as it grows.</summary>
    private sealed class Entries
    {
        private readonly List<ArraySegment<Entry>> full = [];
        private Entry[] last = [];
        private int count;

        public IEnumerable<ArraySegment<Entry>> Parts => full.Append(new ArraySegment<Entry>(last, 0, count));

        /// <param name="most">How many may come.</param>
        public void Begin(int most)
        {
            full.Add(new ArraySegment<Entry>(last, 0, count));
            (last, count) = (GC.AllocateUninitializedArray<Entry>(most), 0);
        }

        public void Add(Entry entry) => last[count++] = entry;
    }

    /// <param name="Campaign">Place.</param>
    /// <param name="Who">Place of the person, and in the lowest bits the network.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(int Campaign, int Who);
}
