using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Evidence;

/// <summary>
/// Every figure counted once more, slowly and plainly, over all rows as they lie in the tables; nothing of the product's queries is in it. All histories happen at
/// full hours, so looking at every half hour misses nothing.
/// </summary>
internal sealed class Recount
{
    private static readonly LedgerKind[] Shares = [LedgerKind.Opened, LedgerKind.Said, LedgerKind.Posted];
    private static readonly LedgerKind[] Acts = [.. Shares, LedgerKind.Reacted, LedgerKind.Suggested];

    public required List<Workspace> Workspaces { get; init; }

    public required List<Conversation> Channels { get; init; }

    public required List<Person> People { get; init; }

    public required List<Membership> Stays { get; init; }

    public required List<Campaign> Campaigns { get; init; }

    public required List<Prompt> Prompts { get; init; }

    public required List<Share> Links { get; init; }

    public required List<LedgerEvent> Ledger { get; init; }

    public required List<Click> Clicks { get; init; }

    public required List<UserAgent> Agents { get; init; }

    public required List<Conversion> Conversions { get; init; }

    public required List<ClickCost> Costs { get; init; }

    public static Task<Recount> OfAsync(TestBot bot) => bot.QueryAsync(async db => new Recount
    {
        Workspaces = await db.Workspaces.AsNoTracking().ToListAsync(),
        Channels = await db.Conversations.AsNoTracking().ToListAsync(),
        People = await db.People.AsNoTracking().ToListAsync(),
        Stays = await db.Memberships.AsNoTracking().ToListAsync(),
        Campaigns = await db.Campaigns.AsNoTracking().ToListAsync(),
        Prompts = await db.Prompts.AsNoTracking().ToListAsync(),
        Links = await db.Shares.AsNoTracking().ToListAsync(),
        Ledger = await db.Ledger.AsNoTracking().ToListAsync(),
        Clicks = await db.Clicks.AsNoTracking().ToListAsync(),
        Agents = await db.UserAgents.AsNoTracking().ToListAsync(),
        Conversions = await db.Conversions.AsNoTracking().ToListAsync(),
        Costs = await db.ClickCosts.AsNoTracking().ToListAsync(),
    });

    /// <summary>What the ladder is over a time.</summary>
    public Counted Count(long workspace, long? campaign, DateTimeOffset start, DateTimeOffset end)
    {
        var channels = Channels.Where(c => c.WorkspaceId == workspace).Select(c => c.Id).ToHashSet();
        var events = Ledger.Where(e => channels.Contains(e.ConversationId) && e.At >= start && e.At < end && (campaign is null || e.CampaignId == campaign)).ToList();
        var standing = Standing(events.Where(e => Acts.Contains(e.Kind)));
        var active = standing.Select(s => s.Person).ToHashSet();
        var requests = Clicks.Where(c => channels.Contains(c.ConversationId) && c.At >= start && c.At < end && (campaign is null || c.CampaignId == campaign)).ToList();
        var conversions = Conversions
            .Where(c => c.WorkspaceId == workspace && c.At >= start && c.At < end && c.Type is not null && c.ReversedAt is null && c.CampaignId is not null)
            .Where(c => campaign is null || c.CampaignId == campaign).ToList();
        var opened = new Dictionary<string, int>();
        foreach (var network in events.Where(e => e.Kind == LedgerKind.Opened).Select(e => e.Network ?? "").Distinct())
        {
            opened[network] = Standing(events.Where(e => e.Kind == LedgerKind.Opened && (e.Network ?? "") == network)).Count;
        }

        return new Counted(
            CouldSee(channels, campaign, start, end).Union(active).Count(),
            active.Count,
            standing.Count(s => s.Kind == LedgerKind.Opened),
            standing.Count(s => s.Kind == LedgerKind.Said),
            standing.Count(s => s.Kind == LedgerKind.Posted),
            conversions.Count(c => c.Type == ConversionType.Applicant),
            conversions.Count(c => c.Type == ConversionType.Lead),
            Fetched(requests),
            requests.Where(c => c.Class == (int)ClickClass.Human).GroupBy(c => c.Network ?? "").ToDictionary(g => g.Key, g => g.Count()),
            opened.Where(o => o.Value > 0).ToDictionary());
    }

    /// <summary>One campaign's results, from its beginning.</summary>
    public CampaignCount CountCampaign(long id, DateTimeOffset now)
    {
        var posted = Prompts.Where(p => p.CampaignId == id && p.PostedAt is not null).ToList();
        var standing = Standing(Ledger.Where(e => e.CampaignId == id));
        var first = posted.Count == 0 ? now : posted.Min(p => p.PostedAt!.Value);
        var requests = Clicks.Where(c => c.CampaignId == id && posted.Exists(p => p.ConversationId == c.ConversationId) && c.At >= first).ToList();
        var hours = HalfHours(first, now);
        var could = People.Where(person => person.Reachable && Stays.Any(stay => stay.PersonId == person.Id
            && posted.Exists(p => p.ConversationId == stay.ConversationId && hours.Exists(hour => IsLive(p, hour) && IsThere(stay, hour))))).Select(p => p.Id);
        int People1(params LedgerKind[] kinds) => standing.Where(s => kinds.Contains(s.Kind)).Select(s => s.Person).Distinct().Count();
        return new CampaignCount(
            could.Union(standing.Where(s => s.Kind != LedgerKind.Declined).Select(s => s.Person)).Distinct().Count(),
            People1(LedgerKind.Opened),
            People1(LedgerKind.Said),
            People1(LedgerKind.Posted),
            People1(Shares),
            Fetched(requests).Values.Sum(),
            requests.Count(c => c.Class == (int)ClickClass.Human),
            standing.Where(s => s.Kind == LedgerKind.Reacted).Sum(s => s.Net),
            Conversions.Count(c => c.CampaignId == id && c is { Type: ConversionType.Applicant, ReversedAt: null }),
            Conversions.Count(c => c.CampaignId == id && c is { Type: ConversionType.Lead, ReversedAt: null }));
    }

    /// <summary>One person's own numbers: shares by rung, previews, visits, applicants, leads.</summary>
    public (int Opened, int Said, int Posted, int Fetched, int Clicks, int Applicants, int Leads) CountPerson(long person)
    {
        var links = Links.Where(s => s.PersonId == person).Select(s => s.Id).ToHashSet();
        int Rung(LedgerKind kind) => links.Count(link => Ledger.Where(e => e.ShareId == link && e.PersonId == person && e.Kind == kind).Sum(e => e.Amount) > 0);
        int Of(ConversionType type) => Conversions.Count(c => c.PersonId == person && c.Type == type && c.ReversedAt is null && c.CampaignId is not null);
        return (Rung(LedgerKind.Opened), Rung(LedgerKind.Said), Rung(LedgerKind.Posted), Fetched(Clicks.FindAll(c => links.Contains(c.ShareId))).Values.Sum(),
            Clicks.Count(c => links.Contains(c.ShareId) && c.Class == (int)ClickClass.Human), Of(ConversionType.Applicant), Of(ConversionType.Lead));
    }

    /// <summary>A goal's value (null: not shown), what a steady pace had brought, and how it stands, in the words of the product's enumeration.</summary>
    public (decimal? Value, decimal Expected, string Pace) CountGoal(Goal goal, DateTimeOffset now, bool reported)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Workspaces.Single(w => w.Id == goal.WorkspaceId).TimeZone);
        var start = Midnight(goal.StartsOn, 0, zone);
        var end = Midnight(goal.EndsOn, 1, zone);
        if (now <= start)
        {
            return (null, 0, "NotStarted");
        }

        // Today counts whole: what a platform dates a little later than our clock is of today as well.
        var tomorrow = Midnight($"{TimeZoneInfo.ConvertTime(now, zone):yyyy-MM-dd}", 1, zone);
        var counted = Count(goal.WorkspaceId, goal.CampaignId, start, tomorrow < end ? tomorrow : end);
        decimal? value = goal.Kind switch
        {
            GoalKind.ParticipationRate => counted.CouldSee == 0 ? null : Math.Floor(1000m * counted.Active / counted.CouldSee) / 10,
            GoalKind.PeopleActive => counted.Active,
            GoalKind.Opened => counted.Opened,
            GoalKind.Said => counted.Said,
            GoalKind.HumanClicks => counted.Clicks.Values.Sum(),
            GoalKind.Applicants => reported ? counted.Applicants : null,
            GoalKind.Leads => reported ? counted.Leads : null,
            _ => Worth(counted, goal.WorkspaceId, goal.Currency!),
        };
        if (value is null || counted.CouldSee < 5)
        {
            return (null, 0, value is null ? "NotMeasurable" : "TooFewPeople");
        }

        var part = now >= end ? 1m : (decimal)(now - start).TotalHours / (decimal)(end - start).TotalHours;
        var digits = goal.Kind switch { GoalKind.ParticipationRate => 10m, GoalKind.EarnedMediaValue => 100m, _ => 1m };
        var expected = Math.Floor(Math.Round(goal.Target * part * digits, 9)) / digits;
        return (value, expected, value >= goal.Target ? "Reached" : now >= end ? "Missed" : value >= expected ? "OnTrack" : "Behind");
    }

    private decimal? Worth(Counted counted, long workspace, string currency)
    {
        var costs = Costs.Where(c => c.WorkspaceId == workspace && c.Currency == currency).ToList();
        if (costs.Count == 0)
        {
            return null;
        }

        var worth = 0m;
        foreach (var (network, count) in costs[0].CountsOpened ? [.. counted.Clicks, .. counted.OpenedByNetwork] : counted.Clicks.ToList())
        {
            worth += count * ((costs.Find(c => c.Network == network) ?? costs.Find(c => c.Network == "*"))?.Cost ?? 0);
        }

        return Math.Floor(worth * 100) / 100;
    }

    private static DateTimeOffset Midnight(string day, int later, TimeZoneInfo zone)
    {
        var local = DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None).AddDays(later);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>Links times the networks that fetched them.</summary>
    private Dictionary<string, int> Fetched(List<Click> requests) => requests
        .Where(c => c.Class == (int)ClickClass.Crawler)
        .Select(c => (c.ShareId, Network: Agents.Find(a => a.Id == c.UserAgentId)?.Network ?? c.Network ?? ""))
        .Distinct()
        .GroupBy(f => f.Network)
        .ToDictionary(g => g.Key, g => g.Count());

    private static List<(LedgerKind Kind, long Person, long Campaign, int Net)> Standing(IEnumerable<LedgerEvent> events) =>
    [
        .. events.GroupBy(e => (e.Kind, e.PersonId, e.CampaignId)).Select(g => (g.Key.Kind, g.Key.PersonId, g.Key.CampaignId, g.Sum(e => e.Amount))).Where(g => g.Item4 > 0),
    ];

    private IEnumerable<long> CouldSee(HashSet<long> channels, long? campaign, DateTimeOffset start, DateTimeOffset end)
    {
        var hours = HalfHours(start, end);
        var prompts = Prompts.Where(p => channels.Contains(p.ConversationId) && p.PostedAt is not null && (campaign is null || p.CampaignId == campaign)).ToList();
        return People
            .Where(person => person.Reachable && Stays.Any(stay => stay.PersonId == person.Id
                && prompts.Exists(p => p.ConversationId == stay.ConversationId && hours.Exists(hour => IsLive(p, hour) && IsThere(stay, hour)))))
            .Select(person => person.Id);
    }

    private static bool IsLive(Prompt prompt, DateTimeOffset hour) => prompt.PostedAt <= hour && !(prompt.EndedAt <= hour);

    private static bool IsThere(Membership stay, DateTimeOffset hour) => stay.JoinedAt <= hour && !(stay.LeftAt <= hour);

    private static List<DateTimeOffset> HalfHours(DateTimeOffset from, DateTimeOffset to)
    {
        var all = new List<DateTimeOffset>();
        for (var at = from; at < to; at = at.AddMinutes(30))
        {
            all.Add(at);
        }

        return all;
    }
}

internal sealed record Counted(
    int CouldSee, int Active, int Opened, int Said, int Posted, int Applicants, int Leads, Dictionary<string, int> Fetched, Dictionary<string, int> Clicks,
    Dictionary<string, int> OpenedByNetwork);

internal sealed record CampaignCount(int CouldSee, int Opened, int Said, int Posted, int Sharers, int Fetched, int Clicks, int Reactions, int Applicants, int Leads);
