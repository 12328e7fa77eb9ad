using System.Runtime.InteropServices;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Suggestions;

namespace AdvocacyBot.Core.Digests;

/// <summary>Facts of one channel, counted as they are read: first the prompts, then the rest in any order. Instants are unix milliseconds.</summary>
internal sealed class ChannelTally(DigestScope scope)
{
    private readonly long before = scope.Period.BeforeStart.ToUnixTimeMilliseconds();
    private readonly long start = scope.Period.Start.ToUnixTimeMilliseconds();
    private readonly long end = scope.Period.End.ToUnixTimeMilliseconds();
    private readonly List<(long From, long To)> live = [];
    private readonly HashSet<long> members = [];
    private readonly HashSet<long> couldSee = [];
    private readonly HashSet<long> couldSeeBefore = [];
    private readonly Dictionary<(LedgerKind Kind, long Person, long Campaign), int> net = [];
    private readonly Dictionary<(LedgerKind Kind, long Person, long Campaign), int> netBefore = [];
    private readonly Dictionary<long, int> clicks = [];
    private readonly List<(long Campaign, long At)> posted = [];
    private readonly HashSet<long> startedHere = [];
    private readonly List<(long Campaign, long At)> coming = [];
    private (long Campaign, long Prompt, long At)? newest;
    private int fetched;
    private bool directLive;
    private bool directLiveBefore;
    private bool hadPromptBefore;

    public long ConversationId => scope.ConversationId;

    /// <summary>People with a share at rung <c>opened</c> or higher.</summary>
    public HashSet<long> Sharers { get; } = [];

    public void AddPrompt(long prompt, long campaign, bool running, long startsAt, long? endsAt, long? postedAt, long? endedAt, long now)
    {
        if (postedAt is not { } from)
        {
            coming.Add((campaign, startsAt));
            return;
        }

        live.Add((from, endedAt ?? long.MaxValue));
        hadPromptBefore |= from < start;
        if (from >= start && from < end)
        {
            posted.Add((campaign, from));
        }

        if (from >= before && from < end)
        {
            startedHere.Add(campaign);
        }

        if (running && endedAt is null && (endsAt is null || endsAt > now) && (newest is null || (from, prompt).CompareTo((newest.Value.At, newest.Value.Prompt)) > 0))
        {
            newest = (campaign, prompt, from);
        }
    }

    /// <summary>One stay of a reachable person.</summary>
    public void AddStay(long person, long joinedAt, long? leftAt)
    {
        var left = leftAt ?? long.MaxValue;
        if (Math.Max(joinedAt, start) < Math.Min(left, end))
        {
            members.Add(person);
        }

        foreach (var (from, to) in live)
        {
            var (first, last) = (Math.Max(joinedAt, from), Math.Min(left, to));
            if (Math.Max(first, start) < Math.Min(last, end))
            {
                couldSee.Add(person);
            }

            if (Math.Max(first, before) < Math.Min(last, start))
            {
                couldSeeBefore.Add(person);
            }
        }
    }

    /// <summary>A member who could see a direct message: they count as those do who could see a card in the channel, and once in all.</summary>
    public void AddDirectStay(long person, long from, long to, long postedAt)
    {
        var first = Math.Max(from, postedAt);
        if (Math.Max(first, start) < Math.Min(to, end))
        {
            couldSee.Add(person);
            directLive = true;
        }

        if (Math.Max(first, before) < Math.Min(to, start))
        {
            couldSeeBefore.Add(person);
            directLiveBefore = true;
        }
    }

    public void AddEvent(bool inPeriod, LedgerKind kind, long person, long campaign, int amount) =>
        CollectionsMarshal.GetValueRefOrAddDefault(inPeriod ? net : netBefore, (kind, person, campaign), out _) += amount;

    public void AddVisits(long campaign, int count) => clicks[campaign] = count;

    public void AddFetched(int count) => fetched = count;

    public void AddHadPromptBefore() => hadPromptBefore = true;

    /// <summary>To be called when all is read.</summary>
    public void CountSharers()
    {
        foreach (var (key, amount) in net)
        {
            if (amount > 0 && IsShare(key.Kind))
            {
                Sharers.Add(key.Person);
            }
        }
    }

    /// <summary>Campaigns whose titles <see cref="Finish"/> wants.</summary>
    public IEnumerable<long> Campaigns =>
        Best().Select(c => c.Campaign).Concat(startedHere).Concat(posted.Select(p => p.Campaign)).Concat(coming.Select(c => c.Campaign)).Concat(newest is null ? [] : [newest.Value.Campaign]);

    public DigestNumbers Finish(
        IReadOnlyDictionary<long, string> titles, IReadOnlyDictionary<long, string> namesOfWilling, IReadOnlyDictionary<long, Credit> credits)
    {
        var acted = Acted(net);
        var actedBefore = Acted(netBefore);
        var wasLive = directLive || live.Exists(l => Math.Max(l.From, start) < Math.Min(l.To, end));
        var wasLiveBefore = directLiveBefore || live.Exists(l => Math.Max(l.From, before) < Math.Min(l.To, start));
        var group = wasLive ? couldSee : members;
        group.UnionWith(acted);
        couldSeeBefore.UnionWith(actedBefore);
        var rate = wasLive && group.Count > 0 ? new DigestRate(acted.Count, group.Count) : null;
        var rateBefore = wasLiveBefore && couldSeeBefore.Count > 0 ? new DigestRate(actedBefore.Count, couldSeeBefore.Count) : null;
        return new DigestNumbers
        {
            ConversationId = ConversationId,
            Rate = rate,
            RateBefore = rateBefore,
            FirstWeek = !hadPromptBefore,
            GroupSize = group.Count,
            Acted = acted.Count,
            Sharers = Sharers.Count,
            Reactors = People(LedgerKind.Reacted),
            Suggesters = People(LedgerKind.Suggested),
            Opened = Rung(LedgerKind.Opened),
            Said = Rung(LedgerKind.Said),
            Posted = Rung(LedgerKind.Posted),
            Fetched = fetched,
            Clicked = clicks.Values.Sum(),
            Reactions = net.Where(n => n.Key.Kind == LedgerKind.Reacted && n.Value > 0).Sum(n => n.Value),
            BestCampaigns = [.. Best().Where(c => titles.ContainsKey(c.Campaign)).Take(3).Select(c => Result(c.Campaign, titles[c.Campaign], c.People, c.Clicks, namesOfWilling))],
            Milestone = Milestone(rate, rateBefore, titles),
            NewCampaigns = [.. posted.OrderBy(p => p.At).ThenBy(p => p.Campaign).Where(p => titles.ContainsKey(p.Campaign)).Select(p => new CampaignName(p.Campaign, titles[p.Campaign]))],
            Credited = [.. posted.OrderBy(p => p.At).ThenBy(p => p.Campaign).Where(p => titles.ContainsKey(p.Campaign) && credits.ContainsKey(p.Campaign))
                .Select(p => new CreditedCampaign(titles[p.Campaign], credits[p.Campaign]))],
            Thanked = [.. Sharers.Where(namesOfWilling.ContainsKey).Select(id => namesOfWilling[id]).Order(StringComparer.Ordinal)],
            Coming = [.. coming.OrderBy(c => c.At).ThenBy(c => c.Campaign).Where(c => titles.ContainsKey(c.Campaign))
                .Select(c => new ComingCampaign(c.Campaign, titles[c.Campaign], DateTimeOffset.FromUnixTimeMilliseconds(c.At)))],
            Newest = newest is { } n && titles.TryGetValue(n.Campaign, out var title) ? new RunningCampaign(n.Campaign, n.Prompt, title) : null,
        };
    }

    private CampaignResult Result(long campaign, string title, int people, int visits, IReadOnlyDictionary<long, string> namesOfWilling)
    {
        var sharers = net.Where(n => n.Value > 0 && n.Key.Campaign == campaign && IsShare(n.Key.Kind)).Select(n => n.Key.Person).ToHashSet();
        return new CampaignResult(campaign, title, people, visits)
        {
            Sharers = sharers.Count,
            Named = [.. sharers.Where(namesOfWilling.ContainsKey).Select(id => namesOfWilling[id]).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The first week; else a step of the rate; else the highest step of a campaign that began in these two weeks, whose people are all in memory.</summary>
    private DigestMilestone? Milestone(DigestRate? rate, DigestRate? rateBefore, IReadOnlyDictionary<long, string> titles)
    {
        if (!hadPromptBefore)
        {
            return rate is { Acted: > 0 } ? new DigestMilestone(MilestoneKind.FirstWeek, rate.Acted, "") : null;
        }

        if (rate is not null && rateBefore is { CouldSee: >= DigestNumbers.SmallestGroup }
            && DigestMilestone.Rates.FirstOrDefault(step => rate.Percent >= step && rateBefore.Percent < step) is > 0 and var passed)
        {
            return new DigestMilestone(MilestoneKind.Rate, passed, "");
        }

        return (
            from campaign in startedHere.Where(titles.ContainsKey)
            let already = TookUp(netBefore, campaign).ToHashSet()
            let all = already.Union(TookUp(net, campaign)).Count()
            let step = DigestMilestone.People.FirstOrDefault(step => all >= step && already.Count < step)
            where step > 0
            orderby step descending, campaign descending
            select new DigestMilestone(MilestoneKind.Campaign, step, titles[campaign])).FirstOrDefault();
    }

    private static IEnumerable<long> TookUp(Dictionary<(LedgerKind Kind, long Person, long Campaign), int> of, long campaign) =>
        of.Where(n => n.Value > 0 && n.Key.Campaign == campaign && n.Key.Kind != LedgerKind.Suggested).Select(n => n.Key.Person);

    private static bool IsShare(LedgerKind kind) => kind is LedgerKind.Opened or LedgerKind.Said or LedgerKind.Posted;

    private static HashSet<long> Acted(Dictionary<(LedgerKind Kind, long Person, long Campaign), int> net) =>
        [.. net.Where(n => n.Value > 0).Select(n => n.Key.Person)];

    private int People(LedgerKind kind) => net.Where(n => n.Key.Kind == kind && n.Value > 0).Select(n => n.Key.Person).Distinct().Count();

    private DigestRung Rung(LedgerKind kind) => new(People(kind), net.Count(n => n.Key.Kind == kind && n.Value > 0));

    private IEnumerable<(long Campaign, int People, int Clicks)> Best()
    {
        var people = net
            .Where(n => n.Value > 0 && n.Key.Kind != LedgerKind.Suggested)
            .Select(n => (n.Key.Campaign, n.Key.Person)).Distinct()
            .CountBy(n => n.Campaign).ToDictionary();
        return people.Keys.Union(clicks.Keys)
            .Select(campaign => (Campaign: campaign, People: people.GetValueOrDefault(campaign), Clicks: clicks.GetValueOrDefault(campaign)))
            .OrderByDescending(c => c.People).ThenByDescending(c => c.Clicks).ThenByDescending(c => c.Campaign);
    }
}
