using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Tests.Digests;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Reports;

/// <summary>A report's figures worked out the slow and obvious way over all rows that the database holds; nothing is shared with the product's way.</summary>
internal sealed class ReportOracle
{
    private static readonly LedgerKind[] Shares = [LedgerKind.Opened, LedgerKind.Said, LedgerKind.Posted];
    private static readonly LedgerKind[] All = [.. Shares, LedgerKind.Reacted, LedgerKind.Suggested];

    public required List<Person> People { get; init; }

    public required List<Membership> Stays { get; init; }

    public required List<Prompt> Prompts { get; init; }

    public required List<Campaign> Campaigns { get; init; }

    public required List<LedgerEvent> Ledger { get; init; }

    public required List<Click> Clicks { get; init; }

    /// <summary>The network whose crawler says so in its user agent, by the agent's number.</summary>
    public required Dictionary<long, string> Crawlers { get; init; }

    public required List<PersonProfile> Profiles { get; init; }

    public required List<ClickCost> Costs { get; init; }

    public required List<Goal> Goals { get; init; }

    public required List<Conversion> Conversions { get; init; }

    public static async Task<ReportOracle> OfAsync(DigestWorld world)
    {
        await using var db = world.CreateDbContext();
        var channels = await db.Conversations.Where(c => c.WorkspaceId == world.Workspace.Id).Select(c => c.Id).ToListAsync();
        return new ReportOracle
        {
            People = await db.People.AsNoTracking().Where(p => p.WorkspaceId == world.Workspace.Id).ToListAsync(),
            Stays = await db.Memberships.AsNoTracking().Where(m => channels.Contains(m.ConversationId)).ToListAsync(),
            Prompts = await db.Prompts.AsNoTracking().Where(p => channels.Contains(p.ConversationId)).ToListAsync(),
            Campaigns = await db.Campaigns.AsNoTracking().Where(c => c.WorkspaceId == world.Workspace.Id).ToListAsync(),
            Ledger = await db.Ledger.AsNoTracking().Where(e => e.WorkspaceId == world.Workspace.Id).ToListAsync(),
            Clicks = await db.Clicks.AsNoTracking().Where(c => channels.Contains(c.ConversationId)).ToListAsync(),
            Profiles = await (from profile in db.PersonProfiles.AsNoTracking() join person in db.People on profile.PersonId equals person.Id where person.WorkspaceId == world.Workspace.Id select profile).ToListAsync(),
            Costs = await db.ClickCosts.AsNoTracking().Where(c => c.WorkspaceId == world.Workspace.Id).ToListAsync(),
            Goals = await db.Goals.AsNoTracking().Where(g => g.WorkspaceId == world.Workspace.Id).ToListAsync(),
            Conversions = await db.Conversions.AsNoTracking().Where(c => c.WorkspaceId == world.Workspace.Id).ToListAsync(),
            Crawlers = await db.UserAgents.AsNoTracking().Where(a => a.Network != null).ToDictionaryAsync(a => a.Id, a => a.Network!),
        };
    }

    /// <param name="numbers">As the product reads them.</param>
    /// <param name="seen">Whether to compare who could see something, and what depends on it.</param>
    public void AssertAgrees(ReportNumbers numbers, bool seen = true)
    {
        var (start, end) = (numbers.Period.Start, numbers.Period.End);
        var standing = Standing(start, end);
        var acted = standing.Select(s => s.Person).ToHashSet();
        Assert.True(!seen || CouldSee(start, end).Union(acted).Count() == numbers.CouldSee);
        Assert.Equal(acted.Count, numbers.Acted);
        Assert.Equal(Distinct(standing, Shares), numbers.Sharers);
        Assert.Equal(Distinct(standing, LedgerKind.Reacted), numbers.Reactors);
        Assert.Equal(Distinct(standing, LedgerKind.Suggested), numbers.Suggesters);
        Assert.Equal(Rung(standing, LedgerKind.Opened), numbers.Opened);
        Assert.Equal(Rung(standing, LedgerKind.Said), numbers.Said);
        Assert.Equal(Rung(standing, LedgerKind.Posted), numbers.Posted);
        Assert.Equal(standing.Where(s => s.Kind == LedgerKind.Reacted).Sum(s => s.Net), numbers.Reactions);
        var clicks = Clicks.Where(c => c.At >= start && c.At < end).ToList();
        Assert.Equal(clicks.Count(c => c.Class == (int)ClickClass.Human), numbers.Clicked);
        Assert.Equal(clicks.Where(c => c.Class == (int)ClickClass.Crawler).Select(c => (c.ShareId, Crawlers.GetValueOrDefault(c.UserAgentId) ?? c.Network)).Distinct().Count(), numbers.Fetched);
        Assert.Equal(Enum.GetValues<ClickClass>().Select(value => clicks.Count(c => c.Class == (int)value)), numbers.Requests);
        if (!seen)
        {
            return;
        }

        Weeks(numbers);
        Value(numbers, clicks);
        if (!numbers.SmallGroup)
        {
            Lines(numbers, standing, clicks);
            Segments(numbers, standing);
        }
    }

    /// <summary>Goals of the whole programme, by the days of a time zone.</summary>
    /// <param name="read">As the product reads them.</param>
    /// <param name="timeZone">The workspace's.</param>
    /// <param name="today">The last day that has begun.</param>
    public void AssertAgrees(IReadOnlyList<GoalProgress> read, string timeZone, NodaTime.LocalDate today)
    {
        Assert.Equal(Goals.Count, read.Count);
        var days = new Core.Reports.RollUp.LocalDays(timeZone);
        DateTimeOffset Start(NodaTime.LocalDate day) => DateTimeOffset.FromUnixTimeMilliseconds(days.Start(Core.Reports.RollUp.LocalDays.Number(day)));
        foreach (var progress in read.Where(g => g.Pace != GoalPace.NotStarted))
        {
            var goal = Goals.Single(g => g.Id == progress.GoalId);
            var (start, end) = (Start(progress.StartsOn), Start(NodaTime.LocalDate.Min(progress.EndsOn, today).PlusDays(1)));
            var standing = Standing(start, end);
            var acted = standing.Select(s => s.Person).ToHashSet();
            var could = CouldSee(start, end).Union(acted).Count();
            var visits = Clicks.Where(c => c.At >= start && c.At < end && c.Class == (int)ClickClass.Human).ToList();
            decimal? value = goal.Kind switch
            {
                GoalKind.ParticipationRate => could == 0 ? null : Math.Floor(1000m * acted.Count / could) / 10,
                GoalKind.PeopleActive => acted.Count,
                GoalKind.Opened => standing.Count(s => s.Kind == LedgerKind.Opened),
                GoalKind.Said => standing.Count(s => s.Kind == LedgerKind.Said),
                GoalKind.HumanClicks => visits.Count,
                _ => Costs.Count == 0 ? null : Math.Floor(Worth(visits.Select(v => v.Network), Opened(start, end)) * 100) / 100,
            };
            Assert.Equal(value is null || could < 5 ? null : value, progress.Value);
        }
    }

    private void Value(ReportNumbers numbers, List<Click> clicks)
    {
        var opened = Opened(numbers.Period.Start, numbers.Period.End);
        var visits = clicks.Where(c => c.Class == (int)ClickClass.Human).Select(c => c.Network ?? "").ToList();
        Assert.Equal(visits.CountBy(n => n).OrderBy(n => n.Key, StringComparer.Ordinal), numbers.ClicksByNetwork.OrderBy(n => n.Key, StringComparer.Ordinal));
        Assert.Equal(opened.CountBy(n => n ?? "").OrderBy(n => n.Key, StringComparer.Ordinal), numbers.OpenedByNetwork.OrderBy(n => n.Key, StringComparer.Ordinal));
        Assert.All(new ClickPrices(Costs).All(numbers.ClicksByNetwork, numbers.OpenedByNetwork), value => Assert.Equal(Worth(visits, opened), value.Value));
    }

    /// <summary>The network of each share's opened composers, each network of a share once.</summary>
    private List<string?> Opened(DateTimeOffset start, DateTimeOffset end) =>
    [
        .. Ledger.Where(e => e.At >= start && e.At < end && e.Kind == LedgerKind.Opened).GroupBy(e => (e.PersonId, e.CampaignId, e.Network))
            .Where(share => share.Sum(e => e.Amount) > 0).Select(share => share.Key.Network),
    ];

    private decimal Worth(IEnumerable<string?> visits, IEnumerable<string?> opened)
    {
        var worth = 0m;
        foreach (var network in Costs[0].CountsOpened ? visits.Concat(opened) : visits)
        {
            worth += (Costs.Find(c => c.Network == network) ?? Costs.Find(c => c.Network == "*"))?.Cost ?? 0;
        }

        return worth;
    }

    private void Segments(ReportNumbers numbers, List<Stand> standing)
    {
        var acted = standing.Select(s => s.Person).ToHashSet();
        var sharers = standing.Where(s => Shares.Contains(s.Kind)).Select(s => s.Person).ToHashSet();
        var could = CouldSee(numbers.Period.Start, numbers.Period.End).Union(acted).ToHashSet();
        var converted = Conversions.Where(c => c.At >= numbers.Period.Start && c.At < numbers.Period.End && c is { CampaignId: not null, Type: not null, ReversedAt: null }).ToList();
        var everybody = could.Union(converted.Select(c => c.PersonId ?? 0)).ToHashSet();
        IEnumerable<string> Of(string set, long person) => Profiles.Find(p => p.PersonId == person) is not { } profile ? [""] : set switch
        {
            "department" => [profile.Department ?? ""],
            "location" => [profile.Location ?? ""],
            _ => (profile.Personas ?? "||").Trim('|').Split('|'),
        };
        Assert.Equal(
            new[] { "department", "location", "persona" }.Where(set => everybody.Any(person => Of(set, person).Any(name => name.Length > 0))), numbers.Segments.Select(s => s.Name));
        foreach (var set in numbers.Segments)
        {
            var alone = set.Lines.Where(l => l.Name is not null).Select(l => l.Name!).ToList();
            foreach (var line in set.Lines)
            {
                bool IsIn(long person) => line.Name is { } name ? Of(set.Name, person).Contains(name) : Of(set.Name, person).Any(name => !alone.Contains(name));
                int Brought(ConversionType type) => converted.Count(c => c.Type == type && IsIn(c.PersonId ?? 0));
                var people = could.Where(IsIn).ToList();
                Assert.Equal(
                    new SegmentLine(line.Name, people.Count, people.Count(acted.Contains), people.Count(sharers.Contains), Brought(ConversionType.Applicant), Brought(ConversionType.Lead)), line);
                Assert.True(people.Count >= 5, "A segment stands alone only where it has five people or more.");
            }

            var missing = everybody.Count(person => Of(set.Name, person).Any(name => !alone.Contains(name)));
            Assert.True(set.Lines.Count == 0 || missing == 0 || set.Lines.Any(l => l.Name is null), "What is missing could be worked out.");
        }
    }

    private void Weeks(ReportNumbers numbers)
    {
        var days = new Core.Reports.RollUp.LocalDays(numbers.Period.TimeZone);
        foreach (var week in numbers.Weeks)
        {
            var first = Core.Reports.RollUp.LocalDays.Number(week.First);
            var (start, end) = (DateTimeOffset.FromUnixTimeMilliseconds(days.Start(first)), DateTimeOffset.FromUnixTimeMilliseconds(days.Start(first + 7)));
            end = end < numbers.Period.End ? end : numbers.Period.End;
            var standing = Standing(start, end);
            var acted = standing.Select(s => s.Person).ToHashSet();
            Assert.Equal(
                new WeekLine(
                    week.First, week.Running, CouldSee(start, end).Union(acted).Count(), acted.Count, Distinct(standing, Shares), Distinct(standing, LedgerKind.Reacted),
                    Distinct(standing, LedgerKind.Suggested), Clicks.Count(c => c.At >= start && c.At < end && c.Class == (int)ClickClass.Human)),
                week);
        }
    }

    private void Lines(ReportNumbers numbers, List<Stand> standing, List<Click> clicks)
    {
        foreach (var line in numbers.Campaigns.Where(c => c.Id is not null))
        {
            var own = standing.Where(s => s.Campaign == line.Id && s.Kind != LedgerKind.Suggested).ToList();
            Assert.Equal(
                new PeopleCount(own.Select(s => s.Person).Distinct().Count(), Distinct(own, Shares), Distinct(own, LedgerKind.Opened), Distinct(own, LedgerKind.Said), Distinct(own, LedgerKind.Posted)),
                line.People);
            Assert.Equal(clicks.Count(c => c.CampaignId == line.Id && c.Class == (int)ClickClass.Human), line.Clicks);
            Assert.True(Audience([line.Id!.Value]) >= 5, "A campaign stands alone only where five people or more could see it.");
        }

        // Who is not told alone is told together with others, or not at all: never by what is missing from the whole.
        var missing = Campaigns.Select(c => c.Id).Except(numbers.Campaigns.Select(c => c.Id).OfType<long>())
            .Where(id => standing.Any(s => s.Campaign == id) || clicks.Any(c => c.CampaignId == id && c.Class is (int)ClickClass.Human or (int)ClickClass.Crawler)).ToList();
        Assert.True(missing.Count == 0 || numbers.Campaigns.Count == 0 || Audience(missing) >= 5, "What is missing could be worked out.");
        foreach (var line in numbers.ContentTypes.Where(l => l.Key is not null))
        {
            var campaigns = Campaigns.Where(c => c.ContentType.ToString() == line.Key).Select(c => c.Id).ToHashSet();
            Assert.Equal(standing.Where(s => campaigns.Contains(s.Campaign) && s.Kind != LedgerKind.Suggested).Select(s => s.Person).Distinct().Count(), line.People.Acted);
            Assert.Equal(clicks.Count(c => campaigns.Contains(c.CampaignId) && c.Class == (int)ClickClass.Human), line.Clicks);
        }
    }

    private int Audience(IReadOnlyList<long> campaigns) => Prompts.Where(p => p.PostedAt is not null && campaigns.Contains(p.CampaignId))
        .SelectMany(p => Stays.Where(s => s.ConversationId == p.ConversationId && (p.EndedAt is null || s.JoinedAt < p.EndedAt) && (s.LeftAt is null || s.LeftAt > p.PostedAt)))
        .Select(s => s.PersonId).Where(id => People.Exists(p => p.Id == id && p.Reachable)).Distinct().Count();

    /// <summary>Reachable people whose stay has a moment in common with a live prompt and the time.</summary>
    private IEnumerable<long> CouldSee(DateTimeOffset start, DateTimeOffset end) =>
        from stay in Stays
        where People.Exists(p => p.Id == stay.PersonId && p.Reachable)
        from prompt in Prompts
        where prompt.ConversationId == stay.ConversationId && prompt.PostedAt is not null
        let began = new[] { start, stay.JoinedAt, prompt.PostedAt!.Value }.Max()
        let ended = new[] { end, stay.LeftAt ?? DateTimeOffset.MaxValue, prompt.EndedAt ?? DateTimeOffset.MaxValue }.Min()
        where began < ended
        select stay.PersonId;

    private List<Stand> Standing(DateTimeOffset start, DateTimeOffset end) =>
    [
        .. Ledger.Where(e => e.At >= start && e.At < end && All.Contains(e.Kind)).GroupBy(e => (e.Kind, e.PersonId, e.CampaignId))
            .Select(g => new Stand(g.Key.Kind, g.Key.PersonId, g.Key.CampaignId, g.Sum(e => e.Amount))).Where(s => s.Net > 0),
    ];

    private static int Distinct(IEnumerable<Stand> standing, params LedgerKind[] kinds) => standing.Where(s => kinds.Contains(s.Kind)).Select(s => s.Person).Distinct().Count();

    private static DigestRung Rung(IEnumerable<Stand> standing, LedgerKind kind) => new(Distinct(standing, kind), standing.Count(s => s.Kind == kind));

    private sealed record Stand(LedgerKind Kind, long Person, long Campaign, int Net);
}
