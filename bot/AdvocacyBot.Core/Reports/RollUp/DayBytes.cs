using System.Text;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>Takes in a day as it is read.</summary>
internal interface IDayVisitor
{
    /// <summary>Called first: what the numbers of networks stand for; 0 is none.</summary>
    void Networks(IReadOnlyList<string> networks);

    /// <summary>Everybody who did something that stands, as a <see cref="PersonSet"/>.</summary>
    void Active(ReadOnlySpan<byte> people);

    /// <summary>What of one kind, for <see cref="LedgerKind.Opened"/> on one network, was done follows, sorted by campaign and, but for some of another amount than 1, by person.</summary>
    /// <param name="kind">What.</param>
    /// <param name="network">Number of the network, for <see cref="LedgerKind.Opened"/>.</param>
    /// <param name="count">How many calls will follow.</param>
    /// <returns>False: not wanted, to be left out.</returns>
    bool Kind(LedgerKind kind, int network, int count);

    /// <param name="campaign">0 for a suggestion.</param>
    /// <param name="person">Who.</param>
    /// <param name="amount">Sum of the day, not 0.</param>
    void Act(long campaign, long person, int amount);

    /// <summary>Requests of the day to all campaigns' links together.</summary>
    void Requests(int @class, int network, int count);

    /// <summary>Called before the first of <see cref="Visit"/>.</summary>
    /// <returns>False: not wanted, to be left out.</returns>
    bool Visits();

    void Visit(long campaign, int @class, int network, int count);

    /// <summary>Called before the first of <see cref="Fetch"/>.</summary>
    /// <returns>False: not wanted, to be left out.</returns>
    bool Fetches();

    void Fetch(long campaign, long share, int network, int count);
}

/// <summary>
/// A day as bytes, about three for what one person did for one campaign: by kind, so that what is not wanted can be passed over, then by campaign, each with the differences of its
/// people's ids in 7-bit groups. A format of our own because it is read a million entries at a time, and is never the only place where something stands.
/// </summary>
internal static class DayBytes
{
    private const byte Version = 2;
    private const int FirstNetwork = 16;
    private const int MostNetworks = 128 - FirstNetwork;

    public static byte[] Write(DayFacts facts)
    {
        var networks = facts.Acts.Keys.Select(a => a.Network).Concat(facts.Visits.Keys.Select(v => v.Network)).Concat(facts.Fetches.Keys.Select(f => f.Network))
            .OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(MostNetworks - 1).ToList();
        var numbers = networks.Index().ToDictionary(n => n.Item, n => n.Index + 1);
        int Number(string? network) => network is null ? 0 : numbers.GetValueOrDefault(network);

        var bytes = new PackedWriter();
        bytes.Byte(Version);
        var people = facts.Acts.Keys.Select(a => a.Person).DefaultIfEmpty().ToList();
        var campaigns = facts.Acts.Keys.Select(a => a.Campaign).Concat(facts.Visits.Keys.Select(v => v.Campaign)).DefaultIfEmpty().ToList();
        bytes.Signed(people.Min());
        bytes.Signed(people.Max());
        bytes.Signed(campaigns.Min());
        bytes.Signed(campaigns.Max());
        bytes.Number(facts.Acts.Count);
        bytes.Number(networks.Count);
        networks.ForEach(bytes.Text);
        bytes.Block(PersonSet.Write([.. facts.Acts.Where(a => a.Value > 0).Select(a => a.Key.Person).Distinct().Order()]));

        var kinds = facts.Acts.GroupBy(a => Code(a.Key.Kind, Number(a.Key.Network))).OrderBy(g => g.Key).ToList();
        bytes.Number(kinds.Count);
        foreach (var kind in kinds)
        {
            bytes.Byte((byte)kind.Key);
            bytes.Number(kind.Count());
            bytes.Block(Acts([.. kind.Select(a => (a.Key.Campaign, a.Key.Person, a.Value)).Order()], people.Min()));
        }

        var visits = facts.Visits.OrderBy(v => v.Key.Campaign).ThenBy(v => v.Key.Class).ThenBy(v => v.Key.Network, StringComparer.Ordinal).ToList();
        var requests = visits.GroupBy(v => (v.Key.Class, Network: Number(v.Key.Network))).OrderBy(g => g.Key).ToList();
        bytes.Number(requests.Count);
        foreach (var some in requests)
        {
            bytes.Byte((byte)some.Key.Class);
            bytes.Byte((byte)some.Key.Network);
            bytes.Signed(some.Sum(v => v.Value));
        }

        var each = new PackedWriter();
        each.Number(visits.Count);
        var campaign = 0L;
        foreach (var (key, count) in visits)
        {
            each.Signed(key.Campaign - campaign);
            campaign = key.Campaign;
            each.Byte((byte)key.Class);
            each.Byte((byte)Number(key.Network));
            each.Signed(count);
        }

        bytes.Block(each.ToArray());
        var fetches = facts.Fetches.OrderBy(f => f.Key.Campaign).ThenBy(f => f.Key.Share).ThenBy(f => f.Key.Network, StringComparer.Ordinal).ToList();
        bytes.Number(fetches.Count);
        campaign = 0;
        var share = 0L;
        foreach (var (key, count) in fetches)
        {
            bytes.Signed(key.Campaign - campaign);
            bytes.Signed(key.Share - share);
            (campaign, share) = (key.Campaign, key.Share);
            bytes.Byte((byte)Number(key.Network));
            bytes.Signed(count);
        }

        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">Bytes of another version.</exception>
    public static void Read<T>(ReadOnlySpan<byte> day, T visitor)
        where T : IDayVisitor
    {
        if (day.Length == 0)
        {
            return;
        }

        var at = Start(day);
        var firstPerson = Packed.Signed(day, ref at);
        for (var rest = 4; rest > 0; rest--)
        {
            Packed.Unsigned(day, ref at);
        }

        visitor.Networks(Names(day, ref at));
        visitor.Active(Packed.Block(day, ref at));
        for (var kinds = Packed.Number(day, ref at); kinds > 0; kinds--)
        {
            int code = day[at++];
            var count = Packed.Number(day, ref at);
            var acts = Packed.Block(day, ref at);
            if (visitor.Kind(code >= FirstNetwork ? LedgerKind.Opened : (LedgerKind)code, Math.Max(0, code - FirstNetwork), count))
            {
                Acts(acts, firstPerson, visitor);
            }
        }

        for (var left = Packed.Number(day, ref at); left > 0; left--)
        {
            int @class = day[at++];
            int network = day[at++];
            visitor.Requests(@class, network, (int)Packed.Signed(day, ref at));
        }

        var visits = Packed.Block(day, ref at);
        if (visitor.Visits())
        {
            Visits(visits, visitor);
        }

        if (!visitor.Fetches())
        {
            return;
        }

        var campaign = 0L;
        var share = 0L;
        for (var left = Packed.Number(day, ref at); left > 0; left--)
        {
            campaign += Packed.Signed(day, ref at);
            share += Packed.Signed(day, ref at);
            int network = day[at++];
            visitor.Fetch(campaign, share, network, (int)Packed.Signed(day, ref at));
        }
    }

    /// <summary>The smallest and the largest ids of people and of campaigns, and how many entries there are of what people did.</summary>
    public static (long FirstPerson, long LastPerson, long FirstCampaign, long LastCampaign, int Acts) Bounds(ReadOnlySpan<byte> day)
    {
        var at = Start(day);
        return (Packed.Signed(day, ref at), Packed.Signed(day, ref at), Packed.Signed(day, ref at), Packed.Signed(day, ref at), Packed.Number(day, ref at));
    }

    /// <summary>Reads a day back into sums, to add to it.</summary>
    public static DayFacts Read(byte[]? day)
    {
        var facts = new DayFacts();
        Read(day, new Collector(facts));
        return facts;
    }

    /// <summary>Those of amount 1 campaign by campaign, then the others one by one.</summary>
    private static byte[] Acts(List<(long Campaign, long Person, int Amount)> acts, long firstPerson)
    {
        var bytes = new PackedWriter();
        var byCampaign = acts.Where(a => a.Amount == 1).GroupBy(a => a.Campaign).ToList();
        bytes.Number(byCampaign.Count);
        var campaign = 0L;
        foreach (var one in byCampaign)
        {
            bytes.Signed(one.Key - campaign);
            campaign = one.Key;
            bytes.Number(one.Count());
            var person = firstPerson;
            foreach (var act in one)
            {
                bytes.Unsigned((ulong)(act.Person - person));
                person = act.Person;
            }
        }

        var others = acts.FindAll(a => a.Amount != 1);
        bytes.Number(others.Count);
        foreach (var other in others)
        {
            bytes.Signed(other.Campaign);
            bytes.Unsigned((ulong)(other.Person - firstPerson));
            bytes.Signed(other.Amount);
        }

        return bytes.ToArray();
    }

    private static void Acts<T>(ReadOnlySpan<byte> acts, long firstPerson, T visitor)
        where T : IDayVisitor
    {
        var at = 0;
        var campaign = 0L;
        for (var campaigns = Packed.Number(acts, ref at); campaigns > 0; campaigns--)
        {
            campaign += Packed.Signed(acts, ref at);
            var person = firstPerson;
            for (var left = Packed.Number(acts, ref at); left > 0; left--)
            {
                person += (long)Packed.Unsigned(acts, ref at);
                visitor.Act(campaign, person, 1);
            }
        }

        for (var others = Packed.Number(acts, ref at); others > 0; others--)
        {
            visitor.Act(Packed.Signed(acts, ref at), firstPerson + (long)Packed.Unsigned(acts, ref at), (int)Packed.Signed(acts, ref at));
        }
    }

    private static void Visits<T>(ReadOnlySpan<byte> visits, T visitor)
        where T : IDayVisitor
    {
        var at = 0;
        var campaign = 0L;
        for (var left = Packed.Number(visits, ref at); left > 0; left--)
        {
            campaign += Packed.Signed(visits, ref at);
            int @class = visits[at++];
            int network = visits[at++];
            visitor.Visit(campaign, @class, network, (int)Packed.Signed(visits, ref at));
        }
    }

    private static int Start(ReadOnlySpan<byte> day) =>
        day[0] == Version ? 1 : throw new InvalidDataException($"A day of the report was written by another version ({day[0]}).");

    private static string[] Names(ReadOnlySpan<byte> day, ref int at)
    {
        var names = new string[Packed.Number(day, ref at)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(Packed.Block(day, ref at));
        }

        return names;
    }

    private static int Code(LedgerKind kind, int network) => kind == LedgerKind.Opened ? FirstNetwork + network : (int)kind;

    private sealed class Collector(DayFacts facts) : IDayVisitor
    {
        private IReadOnlyList<string> networks = [];
        private LedgerKind kind;
        private string? network;

        public void Networks(IReadOnlyList<string> networks) => this.networks = networks;

        public void Active(ReadOnlySpan<byte> people)
        {
            // Follows from what they did.
        }

        public bool Kind(LedgerKind kind, int network, int count)
        {
            (this.kind, this.network) = (kind, Name(network));
            return true;
        }

        public void Act(long campaign, long person, int amount) => DayFacts.Add(facts.Acts, new Act(campaign, person, kind, network), amount);

        public void Requests(int @class, int network, int count)
        {
            // Follows from those to each campaign's links.
        }

        public bool Visits() => true;

        public void Visit(long campaign, int @class, int network, int count) =>
            DayFacts.Add(facts.Visits, new VisitKey(campaign, @class, Name(network)), count);

        public bool Fetches() => true;

        public void Fetch(long campaign, long share, int network, int count) =>
            DayFacts.Add(facts.Fetches, new Fetch(campaign, share, Name(network)), count);

        private string? Name(int network) => network == 0 ? null : networks[network - 1];
    }
}
