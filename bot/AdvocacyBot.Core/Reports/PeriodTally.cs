using System.Numerics;
using System.Runtime.InteropServices;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Reports.RollUp;

namespace AdvocacyBot.Core.Reports;

/// <summary>
/// Counts a period from its days. People and campaigns are places in arrays, because a year of a large programme is ten million entries; each is looked at a few times.
/// </summary>
internal sealed class PeriodTally
{
    internal const byte Opened = 1;
    internal const byte Said = 2;
    internal const byte Posted = 4;
    internal const byte Shared = Opened | Said | Posted;
    internal const byte Reacted = 8;
    internal const byte Suggested = 16;
    private const int MostNetworks = 32;
    private const int Sampled = 200;

    private readonly long firstPerson;
    private readonly long firstCampaign;
    private readonly byte[] week;
    private readonly byte[] seenInWeek;
    private readonly int[] stamps;
    private readonly List<string> networks = [""];
    private readonly uint[] networkOf;
    private readonly HashSet<(long Share, int Network)> fetches = [];
    private int[] local = [0];
    private Entry[] entries;
    private Taken[] taken = [];
    private int count;
    private int stamp;
    private byte bit;
    private int network;

    /// <param name="days">All that will be read.</param>
    public PeriodTally(IReadOnlyCollection<StoredDay> days)
    {
        var bounds = DayBounds.Of(days);
        (firstPerson, firstCampaign) = (bounds.FirstPerson, bounds.FirstCampaign);
        var persons = bounds.People;
        Campaigns = new CampaignTally[bounds.Campaigns];
        entries = GC.AllocateUninitializedArray<Entry>(bounds.Acts);
        Done = new byte[persons];
        week = new byte[persons];
        stamps = new int[persons];
        networkOf = new uint[persons];
        Seen = new byte[(persons / 8) + 16];
        seenInWeek = new byte[Seen.Length];
    }

    /// <summary>By place: what the person did in the period.</summary>
    public byte[] Done { get; }

    /// <summary>A bit for each place: who could see a prompt.</summary>
    public byte[] Seen { get; }

    /// <summary>By place.</summary>
    public CampaignTally[] Campaigns { get; }

    public IReadOnlyList<string> NetworkNames => networks;

    public int[] NetworkClicks { get; } = new int[MostNetworks];

    public int[] NetworkFetches { get; } = new int[MostNetworks];

    /// <summary>Some campaigns in which a network occurs, by place.</summary>
    public List<int>[] NetworkCampaigns { get; } = [.. Enumerable.Range(0, MostNetworks).Select(_ => new List<int>())];

    public int[] Requests { get; } = new int[Enum.GetValues<ClickClass>().Length];

    public int Fetched => fetches.Count;

    public int WeekClicks { get; private set; }

    public long Campaign(int place) => firstCampaign + place;

    public int Place(long campaign) => (int)(campaign - firstCampaign);

    public long Person(int place) => firstPerson + place;

    public void Read(StoredDay day)
    {
        DayBytes.Read(day.Facts, new Feed(this));
        PersonSet.AddTo(day.Seen, seenInWeek, firstPerson);
    }

    /// <summary>Counts the days that were read since the last week ended.</summary>
    /// <param name="unreachable">People who do not count as seeing anything.</param>
    public (int CouldSee, int Acted, int Sharers, int Reactors, int Suggesters, int Clicks) EndWeek(IEnumerable<long> unreachable)
    {
        foreach (var person in unreachable)
        {
            if (person >= firstPerson && person - firstPerson < Done.Length)
            {
                var place = (int)(person - firstPerson);
                seenInWeek[place / 8] &= (byte)~(1 << (place % 8));
            }
        }

        var (acted, sharers, reactors, suggesters) = (0, 0, 0, 0);
        for (var place = 0; place < week.Length; place++)
        {
            var done = week[place];
            if (done != 0)
            {
                acted++;
                sharers += (done & Shared) != 0 ? 1 : 0;
                reactors += (done & Reacted) != 0 ? 1 : 0;
                suggesters += (done & Suggested) != 0 ? 1 : 0;
                seenInWeek[place / 8] |= (byte)(1 << (place % 8));
                Done[place] |= done;
            }
        }

        for (var i = 0; i < Seen.Length; i++)
        {
            Seen[i] |= seenInWeek[i];
        }

        var line = (PersonSet.Count(seenInWeek), acted, sharers, reactors, suggesters, WeekClicks);
        Array.Clear(week);
        Array.Clear(seenInWeek);
        WeekClicks = 0;
        return line;
    }

    /// <summary>Groups what was read by campaign, and there by person; once, after the last day.</summary>
    public void Sort()
    {
        var ends = new int[Campaigns.Length + 1];
        foreach (var entry in entries.AsSpan(0, count))
        {
            ends[entry.Campaign + 1]++;
        }

        for (var i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        taken = GC.AllocateUninitializedArray<Taken>(count);
        foreach (var entry in entries.AsSpan(0, count))
        {
            taken[ends[entry.Campaign]++] = new Taken(entry.Person, entry.Kind, entry.Kind == Opened ? 1u << entry.Network : 0);
        }

        // By now each campaign's end stands where its beginning stood.
        entries = [];
        var (from, to) = (0, 0);
        for (var campaign = 0; campaign < Campaigns.Length; campaign++)
        {
            Campaigns[campaign].From = to;
            to = Join(from, ends[campaign], to);
            Campaigns[campaign].To = to;
            from = ends[campaign];
        }

        Array.Clear(stamps);
    }

    /// <summary>Moves what stands from one place to another towards the front, to where each person stands once.</summary>
    /// <returns>The end there.</returns>
    private int Join(int from, int to, int front)
    {
        var first = front;
        for (var i = from; i < to; i++)
        {
            var one = taken[i];

            // Where a person stood in an earlier campaign is before the first place, or somebody else stands there now.
            var at = stamps[one.Person];
            if (at < first || at >= front || taken[at].Person != one.Person)
            {
                at = stamps[one.Person] = front++;
                taken[at] = one with { Networks = 0 };
            }

            ref var joined = ref taken[at];
            var added = one.Networks & ~joined.Networks;
            joined = new Taken(one.Person, (byte)(joined.Kinds | one.Kinds), joined.Networks | added);
            if (added != 0)
            {
                OpenedShares[BitOperations.TrailingZeroCount(added)]++;
            }
        }

        return front;
    }

    /// <summary>The people of one campaign.</summary>
    public PeopleCount PeopleOf(int campaign)
    {
        var (acted, sharers, opened, said, posted) = (0, 0, 0, 0, 0);
        foreach (var one in taken.AsSpan(Campaigns[campaign].From..Campaigns[campaign].To))
        {
            acted += (one.Kinds & ~Suggested) != 0 ? 1 : 0;
            sharers += (one.Kinds & Shared) != 0 ? 1 : 0;
            opened += one.Kinds & 1;
            said += (one.Kinds >> 1) & 1;
            posted += (one.Kinds >> 2) & 1;
        }

        return new PeopleCount(acted, sharers, opened, said, posted);
    }

    /// <summary>The people of some campaigns, each counted once.</summary>
    public PeopleCount PeopleOf(IReadOnlyList<int> campaigns)
    {
        if (stamp >= int.MaxValue >> 9)
        {
            Array.Clear(stamps);
            stamp = 0;
        }

        stamp++;
        var (acted, sharers, opened, said, posted) = (0, 0, 0, 0, 0);
        foreach (var campaign in campaigns)
        {
            foreach (var one in taken.AsSpan(Campaigns[campaign].From..Campaigns[campaign].To))
            {
                var before = stamps[one.Person] >> 8 == stamp ? stamps[one.Person] & 0xFF : 0;
                var after = before | (one.Kinds & ~Suggested);
                if (after == before)
                {
                    continue;
                }

                stamps[one.Person] = (stamp << 8) | after;
                acted += before == 0 ? 1 : 0;
                sharers += (before & Shared) == 0 && (after & Shared) != 0 ? 1 : 0;
                var added = after & ~before;
                opened += added & 1;
                said += (added >> 1) & 1;
                posted += (added >> 2) & 1;
            }
        }

        return new PeopleCount(acted, sharers, opened, said, posted);
    }

    /// <summary>People and, each of their campaigns apart, shares that reached a rung.</summary>
    public DigestRung Rung(byte kind, int shares) => new(Done.Count(done => (done & kind) != 0), shares);

    /// <summary>By network: shares whose composer was opened there; one share can be opened on several.</summary>
    public int[] OpenedShares { get; } = new int[MostNetworks];

    /// <summary>Where a person stands; null: outside of all places.</summary>
    public int? PlaceOf(long person) => person >= firstPerson && person - firstPerson < Done.Length ? (int)(person - firstPerson) : null;

    /// <summary>Whether the person of a place could see a prompt.</summary>
    public bool HasSeen(int place) => (Seen[place / 8] & (1 << (place % 8))) != 0;

    /// <summary>Whether a person opened a composer of a network.</summary>
    public bool HasOpened(long person, string network)
    {
        var (place, at) = (person - firstPerson, networks.IndexOf(network));
        return at > 0 && place >= 0 && place < networkOf.Length && (networkOf[place] & (1u << at)) != 0;
    }

    /// <summary>People who opened a composer of any of the networks.</summary>
    public int OpenedOn(uint mask)
    {
        var people = 0;
        foreach (var opened in networkOf)
        {
            people += (opened & mask) != 0 ? 1 : 0;
        }

        return people;
    }

    private void Networks(IReadOnlyList<string> networks)
    {
        local = new int[networks.Count + 1];
        for (var i = 0; i < networks.Count; i++)
        {
            var at = this.networks.IndexOf(networks[i]);
            if (at < 0 && this.networks.Count < MostNetworks)
            {
                at = this.networks.Count;
                this.networks.Add(networks[i]);
            }

            local[i + 1] = Math.Max(0, at);
        }
    }

    private void Kind(LedgerKind kind, int network)
    {
        this.network = kind == LedgerKind.Opened ? local[network] : 0;
        bit = kind switch
        {
            LedgerKind.Opened => Opened,
            LedgerKind.Said => Said,
            LedgerKind.Posted => Posted,
            LedgerKind.Reacted => Reacted,
            _ => Suggested,
        };
    }

    private void Act(long campaign, long person, int amount)
    {
        if (amount <= 0)
        {
            return;
        }

        var (at, place) = ((int)(campaign - firstCampaign), (int)(person - firstPerson));
        week[place] |= bit;
        if (bit == Reacted)
        {
            Campaigns[at].Reactions += amount;
        }
        else if (bit == Opened)
        {
            networkOf[place] |= 1u << network;
            Sample(network, at);
        }

        entries[count++] = new Entry(at, place, bit, (byte)network);
    }

    private void Visit(long campaign, int @class, int network, int count)
    {
        Requests[@class] += count;
        if (@class == (int)ClickClass.Human)
        {
            var at = (int)(campaign - firstCampaign);
            Campaigns[at].Clicks += count;
            NetworkClicks[local[network]] += count;
            WeekClicks += count;
            Sample(local[network], at);
        }
    }

    private void Fetch(long campaign, long share, int network, int count)
    {
        var at = (int)(campaign - firstCampaign);
        Campaigns[at].Previewed = true;
        if (fetches.Add((share, local[network])))
        {
            Campaigns[at].Fetched++;
            NetworkFetches[local[network]]++;
            Sample(local[network], at);
        }
    }

    private void Sample(int network, int campaign)
    {
        var sample = NetworkCampaigns[network];
        if (sample.Count < Sampled && (sample.Count == 0 || sample[^1] != campaign))
        {
            sample.Add(campaign);
        }
    }

    /// <summary>A structure, so that a call for each of millions of entries costs nothing.</summary>
    private readonly struct Feed(PeriodTally tally) : IDayVisitor
    {
        public void Networks(IReadOnlyList<string> networks) => tally.Networks(networks);

        public void Active(ReadOnlySpan<byte> people)
        {
            // Counted by kind.
        }

        public bool Kind(LedgerKind kind, int network, int count)
        {
            tally.Kind(kind, network);
            return true;
        }

        public void Act(long campaign, long person, int amount) => tally.Act(campaign, person, amount);

        public void Requests(int @class, int network, int count)
        {
            // Counted by campaign.
        }

        public bool Visits() => true;

        public void Visit(long campaign, int @class, int network, int count) => tally.Visit(campaign, @class, network, count);

        public bool Fetches() => true;

        public void Fetch(long campaign, long share, int network, int count) => tally.Fetch(campaign, share, network, count);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(int Campaign, int Person, byte Kind, byte Network);

    /// <summary>What one person did for a campaign.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Taken(int Person, byte Kinds, uint Networks);
}
