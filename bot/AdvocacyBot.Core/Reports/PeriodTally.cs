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
    private int count;
    private int stamp;

    /// <param name="days">All that will be read.</param>
    public PeriodTally(IReadOnlyCollection<StoredDay> days)
    {
        var bounds = DayBounds.Of(days);
        (firstPerson, firstCampaign) = (bounds.FirstPerson, bounds.FirstCampaign);
        var persons = bounds.People;
        Campaigns = new CampaignTally[bounds.Campaigns];
        entries = new Entry[bounds.Acts];
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

    /// <summary>Groups what was read by campaign; once, after the last day.</summary>
    public void Sort()
    {
        var ends = new int[Campaigns.Length + 1];
        for (var i = 0; i < count; i++)
        {
            ends[entries[i].Campaign + 1]++;
        }

        for (var i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        for (var i = 0; i < Campaigns.Length; i++)
        {
            Campaigns[i].From = ends[i];
            Campaigns[i].To = ends[i + 1];
        }

        var sorted = new Entry[count];
        for (var i = 0; i < count; i++)
        {
            sorted[ends[entries[i].Campaign]++] = entries[i];
        }

        entries = sorted;
    }

    /// <summary>The people of some campaigns, each counted once.</summary>
    public PeopleCount PeopleOf(IEnumerable<int> campaigns)
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
            for (var i = Campaigns[campaign].From; i < Campaigns[campaign].To; i++)
            {
                var entry = entries[i];
                var before = stamps[entry.Person] >> 8 == stamp ? stamps[entry.Person] & 0xFF : 0;
                var after = before | entry.Kind;
                if (after == before || entry.Kind == Suggested)
                {
                    continue;
                }

                stamps[entry.Person] = (stamp << 8) | after;
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
    public int[] OpenedShares()
    {
        var shares = new int[MostNetworks];
        var (campaigns, opened) = (new int[Done.Length], new uint[Done.Length]);
        for (var campaign = 0; campaign < Campaigns.Length; campaign++)
        {
            for (var i = Campaigns[campaign].From; i < Campaigns[campaign].To; i++)
            {
                var entry = entries[i];
                if (entry.Kind != Opened)
                {
                    continue;
                }

                if (campaigns[entry.Person] != campaign + 1)
                {
                    (campaigns[entry.Person], opened[entry.Person]) = (campaign + 1, 0);
                }

                if ((opened[entry.Person] & (1u << entry.Network)) == 0)
                {
                    opened[entry.Person] |= 1u << entry.Network;
                    shares[entry.Network]++;
                }
            }
        }

        return shares;
    }

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

    private void Act(long campaign, long person, LedgerKind kind, int network, int amount)
    {
        if (amount <= 0)
        {
            return;
        }

        var place = (int)(person - firstPerson);
        var bit = kind switch
        {
            LedgerKind.Opened => Opened,
            LedgerKind.Said => Said,
            LedgerKind.Posted => Posted,
            LedgerKind.Reacted => Reacted,
            _ => Suggested,
        };
        week[place] |= bit;
        var at = (int)(campaign - firstCampaign);
        if (bit == Reacted)
        {
            Campaigns[at].Reactions += amount;
        }
        else if (bit == Opened)
        {
            networkOf[place] |= 1u << local[network];
            Sample(local[network], at);
        }

        entries[count++] = new Entry(at, place, bit, (byte)(bit == Opened ? local[network] : 0));
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

        public void Act(long campaign, long person, LedgerKind kind, int network, int amount) => tally.Act(campaign, person, kind, network, amount);

        public void Visit(long campaign, int @class, int network, int count) => tally.Visit(campaign, @class, network, count);

        public void Fetch(long campaign, long share, int network, int count) => tally.Fetch(campaign, share, network, count);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(int Campaign, int Person, byte Kind, byte Network);
}

/// <summary>A campaign's sums, and where its entries stand.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CampaignTally
{
    public int From;
    public int To;
    public int Clicks;
    public int Fetched;
    public int Reactions;

    /// <summary>A preview was fetched, even if it was counted before: each link and network count once.</summary>
    public bool Previewed;

    /// <summary>Nothing is known of it, so that nothing of it could be worked out from what others are told.</summary>
    public readonly bool IsEmpty => From == To && Clicks == 0 && !Previewed;
}

/// <param name="Day">Number of the day.</param>
/// <param name="Facts">Null: nothing happened.</param>
/// <param name="Seen">Null: nobody has looked yet.</param>
internal sealed record StoredDay(int Day, byte[]? Facts, byte[]? Seen);
