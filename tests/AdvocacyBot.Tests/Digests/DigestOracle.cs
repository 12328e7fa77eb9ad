using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Links;

namespace AdvocacyBot.Tests.Digests;

/// <summary>
/// The digest's numbers worked out the slow and obvious way over all rows: hour by hour, person by person. All times are whole hours, so looking at
/// the full hours of a week misses nothing.
/// </summary>
internal sealed record DigestOracle(
    List<Person> People, List<Membership> Memberships, List<Campaign> Campaigns, List<Prompt> Prompts, List<LedgerEvent> Ledger, List<Click> Clicks)
{
    private static readonly LedgerKind[] ShareKinds = [LedgerKind.Opened, LedgerKind.Said, LedgerKind.Posted];

    public DigestNumbers Read(DigestScope scope, DateTimeOffset now)
    {
        var (channel, period) = scope;
        var week = Hours(period.Start, period.End);
        var weekBefore = Hours(period.BeforeStart, period.Start);
        var prompts = Prompts.Where(p => p.ConversationId == channel).ToList();
        var standing = Standing(channel, period.Start, period.End);
        var standingBefore = Standing(channel, period.BeforeStart, period.Start);
        var wasLive = week.Any(hour => prompts.Any(p => IsLive(p, hour)));
        var acted = standing.Select(s => s.Person).ToHashSet();
        var group = (wasLive
            ? CouldSee(channel, week)
            : People.Where(p => p.Reachable && week.Any(hour => IsMember(p, channel, hour))).Select(p => p.Id)).Union(acted).ToList();
        var sharers = standing.Where(s => ShareKinds.Contains(s.Kind)).Select(s => s.Person).Distinct().ToList();
        var clicks = Clicks.Where(c => c.ConversationId == channel && c.At >= period.Start && c.At < period.End).ToList();
        var visits = clicks.Where(c => c.Class == (int)ClickClass.Human).ToList();
        var open = prompts
            .Where(p => p.PostedAt is not null && p.EndedAt is null && !(p.EndsAt <= now) && Campaign(p.CampaignId).State == CampaignState.Running)
            .OrderBy(p => p.PostedAt).ThenBy(p => p.Id).LastOrDefault();
        return new DigestNumbers
        {
            ConversationId = channel,
            Rate = wasLive && group.Count > 0 ? new DigestRate(acted.Count, group.Count) : null,
            RateBefore = RateBefore(channel, weekBefore, prompts, standingBefore),
            FirstWeek = !prompts.Any(p => p.PostedAt < period.Start),
            GroupSize = group.Count,
            Acted = acted.Count,
            Sharers = sharers.Count,
            Reactors = standing.Where(s => s.Kind == LedgerKind.Reacted).Select(s => s.Person).Distinct().Count(),
            Suggesters = standing.Where(s => s.Kind == LedgerKind.Suggested).Select(s => s.Person).Distinct().Count(),
            Opened = Rung(standing, LedgerKind.Opened),
            Said = Rung(standing, LedgerKind.Said),
            Posted = Rung(standing, LedgerKind.Posted),
            Fetched = clicks.Where(c => c.Class == (int)ClickClass.Crawler).Select(c => (c.ShareId, c.Network)).Distinct().Count(),
            Clicked = visits.Count,
            Reactions = standing.Where(s => s.Kind == LedgerKind.Reacted).Sum(s => s.Net),
            Milestone = Milestone(period, prompts, standing, standingBefore, wasLive && group.Count > 0 ? new DigestRate(acted.Count, group.Count) : null, RateBefore(channel, weekBefore, prompts, standingBefore)),
            BestCampaigns =
            [
                .. Campaigns
                    .Select(c => new CampaignResult(
                        c.Id,
                        c.Title,
                        standing.Where(s => s.Campaign == c.Id && s.Kind != LedgerKind.Suggested).Select(s => s.Person).Distinct().Count(),
                        visits.Count(v => v.CampaignId == c.Id))
                    {
                        Sharers = People.Count(p => Shared(p, c)),
                        Named = [.. People.Where(p => Shared(p, c) && p is { AppearByName: true, ConsentedAt: not null }).Select(p => p.Name).Order(StringComparer.Ordinal)],
                    })
                    .Where(c => c.People > 0 || c.Clicks > 0)
                    .OrderByDescending(c => c.People).ThenByDescending(c => c.Clicks).ThenByDescending(c => c.Id).Take(3),
            ],
            NewCampaigns =
            [
                .. prompts.Where(p => p.PostedAt >= period.Start && p.PostedAt < period.End).OrderBy(p => p.PostedAt).ThenBy(p => p.CampaignId)
                    .Select(p => new CampaignName(p.CampaignId, Campaign(p.CampaignId).Title)),
            ],
            Thanked = [.. People.Where(p => p is { AppearByName: true, ConsentedAt: not null } && sharers.Contains(p.Id)).Select(p => p.Name).Order(StringComparer.Ordinal)],
            Coming =
            [
                .. prompts
                    .Where(p => p.PostedAt is null && p.EndedAt is null && p.StartsAt > now && p.StartsAt <= now.AddDays(7)
                        && (Campaign(p.CampaignId).State is CampaignState.Scheduled or CampaignState.Running))
                    .OrderBy(p => p.StartsAt).ThenBy(p => p.CampaignId)
                    .Select(p => new ComingCampaign(p.CampaignId, Campaign(p.CampaignId).Title, p.StartsAt)),
            ],
            Newest = open is null ? null : new RunningCampaign(open.CampaignId, open.Id, Campaign(open.CampaignId).Title),
        };

        bool Shared(Person person, Campaign campaign) => standing.Any(s => s.Person == person.Id && s.Campaign == campaign.Id && ShareKinds.Contains(s.Kind));
    }

    private DigestMilestone? Milestone(
        DigestPeriod period,
        List<Prompt> prompts,
        List<(LedgerKind Kind, long Person, long Campaign, int Net)> standing,
        List<(LedgerKind Kind, long Person, long Campaign, int Net)> standingBefore,
        DigestRate? rate,
        DigestRate? rateBefore)
    {
        if (!prompts.Any(p => p.PostedAt < period.Start))
        {
            return rate?.Acted > 0 ? new DigestMilestone(MilestoneKind.FirstWeek, rate.Acted, "") : null;
        }

        foreach (var percent in new[] { 75, 50, 25, 13 })
        {
            if (rate?.Percent >= percent && rateBefore is { CouldSee: >= 5 } && rateBefore.Percent < percent)
            {
                return new DigestMilestone(MilestoneKind.Rate, percent, "");
            }
        }

        var begun = prompts.Where(p => p.PostedAt >= period.BeforeStart && p.PostedAt < period.End).Select(p => p.CampaignId).Distinct().OrderDescending().ToList();
        foreach (var people in new[] { 1000, 500, 250, 100, 50, 25, 10, 5 })
        {
            foreach (var campaign in begun)
            {
                var before = standingBefore.Where(s => s.Campaign == campaign && s.Kind != LedgerKind.Suggested).Select(s => s.Person).Distinct().ToList();
                var now = standing.Where(s => s.Campaign == campaign && s.Kind != LedgerKind.Suggested).Select(s => s.Person).Union(before).Count();
                if (before.Count < people && now >= people)
                {
                    return new DigestMilestone(MilestoneKind.Campaign, people, Campaign(campaign).Title);
                }
            }
        }

        return null;
    }

    private static List<DateTimeOffset> Hours(DateTimeOffset from, DateTimeOffset to)
    {
        var hours = new List<DateTimeOffset>();
        for (var hour = from; hour < to; hour = hour.AddHours(1))
        {
            hours.Add(hour);
        }

        return hours;
    }

    private static bool IsLive(Prompt prompt, DateTimeOffset hour) => prompt.PostedAt <= hour && !(prompt.EndedAt <= hour);

    private bool IsMember(Person person, long channel, DateTimeOffset hour) =>
        Memberships.Any(m => m.ConversationId == channel && m.PersonId == person.Id && m.JoinedAt <= hour && !(m.LeftAt <= hour));

    private IEnumerable<long> CouldSee(long channel, List<DateTimeOffset> hours) => People
        .Where(p => p.Reachable && hours.Any(hour => IsMember(p, channel, hour) && Prompts.Any(r => r.ConversationId == channel && IsLive(r, hour))))
        .Select(p => p.Id);

    private DigestRate? RateBefore(
        long channel, List<DateTimeOffset> hours, List<Prompt> prompts, List<(LedgerKind Kind, long Person, long Campaign, int Net)> standing)
    {
        var acted = standing.Select(s => s.Person).Distinct().ToList();
        var group = CouldSee(channel, hours).Union(acted).Count();
        return group > 0 && hours.Any(hour => prompts.Any(p => IsLive(p, hour))) ? new DigestRate(acted.Count, group) : null;
    }

    /// <summary>What was done in the time and not taken back.</summary>
    private List<(LedgerKind Kind, long Person, long Campaign, int Net)> Standing(long channel, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. Ledger
            .Where(e => e.ConversationId == channel && e.At >= from && e.At < to)
            .Where(e => ShareKinds.Contains(e.Kind) || e.Kind is LedgerKind.Reacted or LedgerKind.Suggested)
            .GroupBy(e => (e.Kind, e.PersonId, e.CampaignId))
            .Select(g => (g.Key.Kind, g.Key.PersonId, g.Key.CampaignId, g.Sum(e => e.Amount)))
            .Where(g => g.Item4 > 0),
    ];

    private static DigestRung Rung(List<(LedgerKind Kind, long Person, long Campaign, int Net)> standing, LedgerKind kind)
    {
        var rung = standing.Where(s => s.Kind == kind).ToList();
        return new DigestRung(rung.Select(s => s.Person).Distinct().Count(), rung.Select(s => (s.Person, s.Campaign)).Distinct().Count());
    }

    private Campaign Campaign(long id) => Campaigns.Single(c => c.Id == id);
}
