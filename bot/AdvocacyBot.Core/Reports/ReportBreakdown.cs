using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;

namespace AdvocacyBot.Core.Reports;

/// <summary>Breaks a counted period down by campaign, network, kind of content and language.</summary>
internal sealed class ReportBreakdown(ReportReading reading, PeriodTally tally, long workspace, int mostCampaigns)
{
    /// <summary>Campaigns that are asked about at first when many together are looked at: one statement has to find five people among them.</summary>
    private const int AskedFirst = 8;

    private const int Asked = 500;

    public async Task<ReportNumbers> ReadAsync(ReportPeriod period, List<WeekLine> weeks)
    {
        var counts = new PeopleCount[tally.Campaigns.Length];
        var active = new List<int>();
        for (var place = 0; place < counts.Length; place++)
        {
            if (!tally.Campaigns[place].IsEmpty)
            {
                counts[place] = tally.PeopleOf(place);
                active.Add(place);
            }
        }

        var known = new (string Type, string Language)?[counts.Length];
        foreach (var (type, language, campaigns) in active.Count == 0 ? [] : await reading.CampaignsAsync(workspace, tally.Campaign(active[0]), tally.Campaign(active[^1])))
        {
            var both = (type.ToString(), language);
            campaigns.ForEach(campaign => known[tally.Place(campaign)] = both);
        }

        active.RemoveAll(place => known[place] is null);
        var numbers = new ReportNumbers
        {
            Period = period,
            CouldSee = RollUp.PersonSet.Count(tally.Seen),
            Acted = tally.Done.Count(done => done != 0),
            Sharers = tally.Done.Count(done => (done & PeriodTally.Shared) != 0),
            Reactors = tally.Done.Count(done => (done & PeriodTally.Reacted) != 0),
            Suggesters = tally.Done.Count(done => (done & PeriodTally.Suggested) != 0),
            Opened = tally.Rung(PeriodTally.Opened, counts.Sum(c => c?.Opened ?? 0)),
            Said = tally.Rung(PeriodTally.Said, counts.Sum(c => c?.Said ?? 0)),
            Posted = tally.Rung(PeriodTally.Posted, counts.Sum(c => c?.Posted ?? 0)),
            Fetched = tally.Fetched,
            Clicked = tally.Requests[(int)Links.ClickClass.Human],
            Reactions = tally.Campaigns.Sum(c => c.Reactions),
            ClicksByNetwork = ByNetwork(tally.NetworkClicks),
            OpenedByNetwork = ByNetwork(tally.OpenedShares),
            FetchedByNetwork = ByNetwork(tally.NetworkFetches),
            Requests = tally.Requests,
            Weeks = weeks,
            Campaigns = [],
            Networks = [],
            ContentTypes = [],
            Languages = [],
            Segments = [],
        };
        return numbers.SmallGroup ? numbers : numbers with
        {
            Campaigns = await CampaignsAsync(active, counts),
            Networks = await NetworksAsync(),
            ContentTypes = await GroupsAsync(active, place => known[place]!.Value.Type),
            Languages = await GroupsAsync(active, place => known[place]!.Value.Language),
            Segments = await new ReportSegments(reading, tally).ReadAsync(await reading.ConversionsAsync(workspace, period.Start, period.End)),
            Reach = await ReachAsync(),
        };
    }

    /// <summary>The networks that people opened, by what they said of their size there; fewer than five of them would tell what one said.</summary>
    private async Task<People.Reach?> ReachAsync()
    {
        var sizes = (await reading.SizesAsync(tally.Person(0), tally.Person(tally.Done.Length - 1))).FindAll(s => tally.HasOpened(s.Person, s.Network));
        var people = sizes.Select(s => s.Person).Distinct().Count();
        return people < DigestNumbers.SmallestGroup ? null : new People.Reach(sizes.Sum(s => (long)s.Size), people);
    }

    private Dictionary<string, int> ByNetwork(int[] counts) =>
        tally.NetworkNames.Index().Where(n => counts[n.Index] > 0).ToDictionary(n => n.Item, n => counts[n.Index]);

    private async Task<IReadOnlyList<CampaignLine>> CampaignsAsync(List<int> active, PeopleCount[] counts)
    {
        var ordered = active
            .OrderByDescending(place => counts[place].Acted).ThenByDescending(place => tally.Campaigns[place].Clicks).ThenByDescending(place => place).ToList();
        var rest = ordered.Skip(mostCampaigns).ToList();
        var (alone, together) = await SmallGroups.SplitAsync(
            ordered.Take(mostCampaigns).Select(place => (IReadOnlyList<int>)[place]).Concat(rest.Count > 0 ? [rest] : []), groups => LargeAsync(groups.SelectMany(g => g)));
        var titles = await reading.TitlesAsync(alone.Where(g => g.Count == 1).Select(g => tally.Campaign(g[0])));

        // Those beyond the shown ones have no line of their own, large as they may be.
        var others = together.SelectMany(g => g).Concat(alone.Where(g => ReferenceEquals(g, rest)).SelectMany(g => g)).ToList();
        var lines = alone.Where(g => !ReferenceEquals(g, rest)).Select(g => Line(tally.Campaign(g[0]), titles.GetValueOrDefault(tally.Campaign(g[0]), ""), g)).ToList();
        return others.Count == 0 ? lines : [.. lines, Line(id: null, "", others)];

        CampaignLine Line(long? id, string title, IReadOnlyList<int> places) => new(
            id, title, places.Count, places.Count == 1 ? counts[places[0]] : tally.PeopleOf(places), places.Sum(p => tally.Campaigns[p].Fetched), places.Sum(p => tally.Campaigns[p].Clicks),
            places.Sum(p => tally.Campaigns[p].Reactions));
    }

    private async Task<IReadOnlyList<NetworkLine>> NetworksAsync()
    {
        var used = Enumerable.Range(0, tally.NetworkNames.Count)
            .Select(network => (Network: network, Opened: tally.OpenedOn(1u << network)))
            .Where(n => n.Opened > 0 || tally.NetworkClicks[n.Network] > 0 || tally.NetworkFetches[n.Network] > 0)
            .OrderByDescending(n => n.Opened).ThenByDescending(n => tally.NetworkClicks[n.Network]).ThenBy(n => tally.NetworkNames[n.Network], StringComparer.Ordinal)
            .Select(n => n.Network).ToList();
        var (alone, together) = await SmallGroups.SplitAsync(used, networks => LargeAsync(networks.SelectMany(n => tally.NetworkCampaigns[n])));
        var lines = alone.Select(n => Line(tally.NetworkNames[n], [n])).ToList();
        return together.Count == 0 ? lines : [.. lines, Line(name: null, together)];

        NetworkLine Line(string? name, IReadOnlyList<int> networks) => new(
            name, tally.OpenedOn(networks.Aggregate(0u, (mask, n) => mask | (1u << n))), networks.Sum(n => tally.NetworkFetches[n]), networks.Sum(n => tally.NetworkClicks[n]));
    }

    private async Task<IReadOnlyList<GroupLine>> GroupsAsync(List<int> active, Func<int, string> key)
    {
        var groups = active.GroupBy(key, StringComparer.Ordinal).Select(g => (g.Key, Line: Line(g.Key, [.. g]), Places: (IReadOnlyList<int>)[.. g]))
            .OrderByDescending(g => g.Line.People.Acted).ThenByDescending(g => g.Line.Clicks).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var (alone, together) = await SmallGroups.SplitAsync(groups, some => LargeAsync(some.SelectMany(g => g.Places)));
        var lines = alone.ConvertAll(g => g.Line);
        return together.Count == 0 ? lines : [.. lines, Line(name: null, [.. together.SelectMany(g => g.Places)])];

        GroupLine Line(string? name, IReadOnlyList<int> places) => new(name, places.Count, tally.PeopleOf(places), places.Sum(p => tally.Campaigns[p].Clicks));
    }

    /// <summary>Asks about some at a time: the first ones nearly always are enough.</summary>
    private async Task<bool> LargeAsync(IEnumerable<int> places)
    {
        var all = places.ToList();
        foreach (var some in all.Take(AskedFirst).Chunk(AskedFirst).Concat(all.Skip(AskedFirst).Chunk(Asked)))
        {
            if (await reading.IsLargeAsync(some.Select(tally.Campaign)))
            {
                return true;
            }
        }

        return false;
    }
}
