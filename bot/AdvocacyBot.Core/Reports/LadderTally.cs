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
    private readonly bool[] active;
    private readonly List<string> networks = [""];
    private readonly int[] clicks = new int[MostNetworks];
    private readonly HashSet<(long Share, int Network)> fetches = [];
    private readonly List<Entry> opened = [];
    private readonly List<Entry> said = [];
    private readonly List<Entry> posted = [];
    private int[] local = [0];

    /// <param name="days">All that are counted.</param>
    /// <param name="parts">What is wanted.</param>
    public LadderTally(IReadOnlyCollection<StoredDay> days, LadderParts parts)
    {
        ArgumentNullException.ThrowIfNull(days);
        (bounds, this.parts) = (DayBounds.Of(days), parts);
        seen = new byte[(bounds.People / 8) + 16];
        active = new bool[bounds.People];
        foreach (var day in days)
        {
            DayBytes.Read(day.Facts, new Feed(this));
            PersonSet.AddTo(day.Seen, seen, bounds.FirstPerson);
        }
    }

    /// <param name="unreachable">People who do not count as seeing anything.</param>
    public Ladder Ladder(IEnumerable<long> unreachable)
    {
        foreach (var person in unreachable.Select(id => id - bounds.FirstPerson).Where(place => place >= 0 && place < bounds.People))
        {
            seen[person / 8] &= (byte)~(1 << (int)(person % 8));
        }

        for (var person = 0; person < active.Length; person++)
        {
            if (active[person])
            {
                seen[person / 8] |= (byte)(1 << (person % 8));
            }
        }

        var byNetwork = new int[MostNetworks];
        return new Ladder
        {
            CouldSee = PersonSet.Count(seen),
            Active = active.AsSpan().Count(true),
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
    private int Shares(List<Entry> entries, int[] byNetwork)
    {
        var ends = new int[bounds.Campaigns + 1];
        var all = CollectionsMarshal.AsSpan(entries);
        foreach (var entry in all)
        {
            ends[entry.Campaign + 1]++;
        }

        for (var i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        var sorted = new int[all.Length];
        foreach (var entry in all)
        {
            sorted[ends[entry.Campaign]++] = entry.Who;
        }

        // By now each campaign's end stands where its beginning stood.
        var (shares, at) = (0, 0);
        var (campaigns, on) = (new int[bounds.People], new uint[bounds.People]);
        for (var campaign = 0; campaign < bounds.Campaigns; campaign++)
        {
            for (; at < ends[campaign]; at++)
            {
                var (person, network) = (sorted[at] >> NetworkBits, sorted[at] & (MostNetworks - 1));
                if (campaigns[person] != campaign + 1)
                {
                    (campaigns[person], on[person]) = (campaign + 1, 0);
                    shares++;
                }

                if ((on[person] & (1u << network)) == 0)
                {
                    on[person] |= 1u << network;
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

    private void Act(long campaign, long person, LedgerKind kind, int network, int amount)
    {
        if (amount <= 0)
        {
            return;
        }

        var place = (int)(person - bounds.FirstPerson);
        active[place] = true;
        var kept = kind switch
        {
            LedgerKind.Opened when parts.HasFlag(LadderParts.Opened) => opened,
            LedgerKind.Said when parts.HasFlag(LadderParts.Said) => said,
            LedgerKind.Posted when parts.HasFlag(LadderParts.Posted) => posted,
            _ => null,
        };
        kept?.Add(new Entry((int)(campaign - bounds.FirstCampaign), (place << NetworkBits) | (kind == LedgerKind.Opened ? local[network] : 0)));
    }

    private void Visit(int @class, int network, int count)
    {
        if (@class == (int)ClickClass.Human)
        {
            clicks[local[network]] += count;
        }
    }

    private void Fetch(long share, int network)
    {
        if (parts.HasFlag(LadderParts.Fetched))
        {
            fetches.Add((share, local[network]));
        }
    }

    /// <summary>A structure, so that a call for each of millions of entries costs nothing.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Feed(LadderTally tally) : IDayVisitor
    {
        public void Networks(IReadOnlyList<string> networks) => tally.Networks(networks);

        public void Act(long campaign, long person, LedgerKind kind, int network, int amount) => tally.Act(campaign, person, kind, network, amount);

        public void Visit(long campaign, int @class, int network, int count) => tally.Visit(@class, network, count);

        public void Fetch(long campaign, long share, int network, int count) => tally.Fetch(share, network);
    }

    /// <param name="Campaign">Place.</param>
    /// <param name="Who">Place of the person, and in the lowest bits the network.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(int Campaign, int Who);
}
