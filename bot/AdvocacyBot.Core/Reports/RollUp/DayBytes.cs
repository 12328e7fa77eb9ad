using System.Buffers;
using System.Text;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>Takes in a day as it is read; entries come sorted by campaign.</summary>
internal interface IDayVisitor
{
    /// <summary>Called first: what the numbers of networks stand for; 0 is none.</summary>
    void Networks(IReadOnlyList<string> networks);

    /// <param name="campaign">0 for a suggestion.</param>
    /// <param name="person">Who.</param>
    /// <param name="kind">What.</param>
    /// <param name="network">Number of the network, for <see cref="LedgerKind.Opened"/>.</param>
    /// <param name="amount">Sum of the day, not 0.</param>
    void Act(long campaign, long person, LedgerKind kind, int network, int amount);

    void Visit(long campaign, int @class, int network, int count);

    void Fetch(long campaign, long share, int network, int count);
}

/// <summary>
/// A day as bytes, about four for what one person did for one campaign: sorted, differences to the entry before in 7-bit groups. A format of our own because it is read a
/// million entries at a time, and is never the only place where something stands.
/// </summary>
internal static class DayBytes
{
    private const byte Version = 1;
    private const int FirstNetwork = 16;
    private const int HasAmount = 0x80;
    private const int MostNetworks = HasAmount - FirstNetwork;

    public static byte[] Write(DayFacts facts)
    {
        var networks = facts.Acts.Keys.Select(a => a.Network).Concat(facts.Visits.Keys.Select(v => v.Network)).Concat(facts.Fetches.Keys.Select(f => f.Network))
            .OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(MostNetworks - 1).ToList();
        var numbers = networks.Index().ToDictionary(n => n.Item, n => n.Index + 1);
        int Number(string? network) => network is null ? 0 : numbers.GetValueOrDefault(network);

        var bytes = new Writer();
        bytes.Byte(Version);
        var people = facts.Acts.Keys.Select(a => a.Person).DefaultIfEmpty().ToList();
        var campaigns = facts.Acts.Keys.Select(a => a.Campaign).Concat(facts.Visits.Keys.Select(v => v.Campaign)).DefaultIfEmpty().ToList();
        bytes.Signed(people.Min());
        bytes.Signed(people.Max());
        bytes.Signed(campaigns.Min());
        bytes.Signed(campaigns.Max());
        bytes.Number(networks.Count);
        networks.ForEach(bytes.Text);

        var acts = facts.Acts.Select(a => (a.Key.Campaign, a.Key.Person, Code: Code(a.Key.Kind, Number(a.Key.Network)), Amount: a.Value))
            .OrderBy(a => a.Campaign).ThenBy(a => a.Person).ThenBy(a => a.Code).ToList();
        bytes.Number(acts.Count);
        var (campaign, person) = (0L, 0L);
        foreach (var act in acts)
        {
            bytes.Signed(act.Campaign - campaign);
            bytes.Signed(act.Person - person);
            (campaign, person) = (act.Campaign, act.Person);
            bytes.Byte((byte)(act.Amount == 1 ? act.Code : act.Code | HasAmount));
            if (act.Amount != 1)
            {
                bytes.Signed(act.Amount);
            }
        }

        var visits = facts.Visits.OrderBy(v => v.Key.Campaign).ThenBy(v => v.Key.Class).ThenBy(v => v.Key.Network, StringComparer.Ordinal).ToList();
        bytes.Number(visits.Count);
        campaign = 0;
        foreach (var (key, count) in visits)
        {
            bytes.Signed(key.Campaign - campaign);
            campaign = key.Campaign;
            bytes.Byte((byte)key.Class);
            bytes.Byte((byte)Number(key.Network));
            bytes.Signed(count);
        }

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
        for (var bounds = 4; bounds > 0; bounds--)
        {
            Signed(day, ref at);
        }

        visitor.Networks(Names(day, ref at));
        var (campaign, person) = (0L, 0L);
        for (var left = Number(day, ref at); left > 0; left--)
        {
            campaign += Signed(day, ref at);
            person += Signed(day, ref at);
            int code = day[at++];
            var amount = (code & HasAmount) == 0 ? 1 : (int)Signed(day, ref at);
            code &= ~HasAmount;
            visitor.Act(campaign, person, code >= FirstNetwork ? LedgerKind.Opened : (LedgerKind)code, Math.Max(0, code - FirstNetwork), amount);
        }

        campaign = 0;
        for (var left = Number(day, ref at); left > 0; left--)
        {
            campaign += Signed(day, ref at);
            int @class = day[at++];
            int network = day[at++];
            visitor.Visit(campaign, @class, network, (int)Signed(day, ref at));
        }

        campaign = 0;
        var share = 0L;
        for (var left = Number(day, ref at); left > 0; left--)
        {
            campaign += Signed(day, ref at);
            share += Signed(day, ref at);
            int network = day[at++];
            visitor.Fetch(campaign, share, network, (int)Signed(day, ref at));
        }
    }

    /// <summary>The smallest and the largest ids of people and of campaigns.</summary>
    public static (long FirstPerson, long LastPerson, long FirstCampaign, long LastCampaign) Bounds(ReadOnlySpan<byte> day)
    {
        var at = Start(day);
        return (Signed(day, ref at), Signed(day, ref at), Signed(day, ref at), Signed(day, ref at));
    }

    /// <summary>How many entries there are of what people did.</summary>
    public static int Acts(ReadOnlySpan<byte> day)
    {
        var at = Start(day);
        for (var bounds = 4; bounds > 0; bounds--)
        {
            Signed(day, ref at);
        }

        Names(day, ref at);
        return Number(day, ref at);
    }

    /// <summary>Reads a day back into sums, to add to it.</summary>
    public static DayFacts Read(byte[]? day)
    {
        var facts = new DayFacts();
        Read(day, new Collector(facts));
        return facts;
    }

    private static int Start(ReadOnlySpan<byte> day) =>
        day[0] == Version ? 1 : throw new InvalidDataException($"A day of the report was written by another version ({day[0]}).");

    private static string[] Names(ReadOnlySpan<byte> day, ref int at)
    {
        var names = new string[Number(day, ref at)];
        for (var i = 0; i < names.Length; i++)
        {
            var length = Number(day, ref at);
            names[i] = Encoding.UTF8.GetString(day.Slice(at, length));
            at += length;
        }

        return names;
    }

    private static int Code(LedgerKind kind, int network) => kind == LedgerKind.Opened ? FirstNetwork + network : (int)kind;

    private static int Number(ReadOnlySpan<byte> bytes, ref int at) => (int)Unsigned(bytes, ref at);

    private static long Signed(ReadOnlySpan<byte> bytes, ref int at)
    {
        var folded = Unsigned(bytes, ref at);
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }

    private static ulong Unsigned(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong first = bytes[at++];
        if (first < 0x80)
        {
            return first;
        }

        var value = first & 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            ulong next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private sealed class Writer
    {
        private readonly ArrayBufferWriter<byte> bytes = new(1024);

        public void Byte(byte value)
        {
            bytes.GetSpan(1)[0] = value;
            bytes.Advance(1);
        }

        public void Number(int value) => Unsigned((ulong)value);

        public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

        public void Text(string text)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            Number(utf8.Length);
            bytes.Write(utf8);
        }

        public byte[] ToArray() => bytes.WrittenSpan.ToArray();

        private void Unsigned(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                Byte((byte)(value | 0x80));
            }

            Byte((byte)value);
        }
    }

    private sealed class Collector(DayFacts facts) : IDayVisitor
    {
        private IReadOnlyList<string> networks = [];

        public void Networks(IReadOnlyList<string> networks) => this.networks = networks;

        public void Act(long campaign, long person, LedgerKind kind, int network, int amount) =>
            DayFacts.Add(facts.Acts, new Act(campaign, person, kind, Name(network)), amount);

        public void Visit(long campaign, int @class, int network, int count) =>
            DayFacts.Add(facts.Visits, new VisitKey(campaign, @class, Name(network)), count);

        public void Fetch(long campaign, long share, int network, int count) =>
            DayFacts.Add(facts.Fetches, new Fetch(campaign, share, Name(network)), count);

        private string? Name(int network) => network == 0 ? null : networks[network - 1];
    }
}
