using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Evidence;

/// <summary>Counts the rungs of a time from the rows themselves; nothing is summed up beforehand.</summary>
public sealed class ReadLadder(AdvocacyDb db)
{
    public async Task<Ladder> RunAsync(LadderScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var acts = await ActsAsync(scope, cancellationToken);
        var opened = await OpenedAsync(scope, cancellationToken);
        var visits = await VisitsAsync(scope, cancellationToken);
        var fetches = await FetchesAsync(scope, cancellationToken);
        var converted = await ConvertedAsync(scope, cancellationToken);
        var could = await CouldSeeAsync(scope, cancellationToken);
        var active = acts.Select(a => a.Person).ToHashSet();
        could.UnionWith(active);
        return new Ladder
        {
            CouldSee = could.Count,
            Active = active.Count,
            Opened = acts.Count(a => a.Kind == LedgerKind.Opened),
            Said = acts.Count(a => a.Kind == LedgerKind.Said),
            Posted = acts.Count(a => a.Kind == LedgerKind.Posted),
            Applicants = converted.GetValueOrDefault(ConversionType.Applicant),
            Leads = converted.GetValueOrDefault(ConversionType.Lead),
            FetchedByNetwork = fetches,
            ClicksByNetwork = visits,
            OpenedByNetwork = opened,
        };
    }

    /// <summary>What was done in the time and not taken back: one entry for each kind, person and campaign.</summary>
    private async Task<List<(LedgerKind Kind, long Person)>> ActsAsync(LadderScope scope, CancellationToken cancellationToken)
    {
        var standing = await Events(scope)
            .Where(e => e.Kind == LedgerKind.Opened || e.Kind == LedgerKind.Said || e.Kind == LedgerKind.Posted || e.Kind == LedgerKind.Reacted || e.Kind == LedgerKind.Suggested)
            .GroupBy(e => new { e.Kind, e.PersonId, e.CampaignId })
            .Select(g => new { g.Key.Kind, g.Key.PersonId, Sum = g.Sum(e => e.Amount) })
            .Where(g => g.Sum > 0)
            .ToListAsync(cancellationToken);
        return standing.ConvertAll(s => (s.Kind, s.PersonId));
    }

    private async Task<Dictionary<string, int>> OpenedAsync(LadderScope scope, CancellationToken cancellationToken)
    {
        var standing = await Events(scope)
            .Where(e => e.Kind == LedgerKind.Opened)
            .GroupBy(e => new { e.Network, e.PersonId, e.CampaignId })
            .Select(g => new { g.Key.Network, Sum = g.Sum(e => e.Amount) })
            .Where(g => g.Sum > 0)
            .ToListAsync(cancellationToken);
        return standing.CountBy(s => s.Network ?? "").ToDictionary();
    }

    private async Task<Dictionary<string, int>> VisitsAsync(LadderScope scope, CancellationToken cancellationToken)
    {
        var visits = await Requests(scope, ClickClass.Human)
            .GroupBy(c => c.Network)
            .Select(g => new { Network = g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        return visits.GroupBy(v => v.Network ?? "").ToDictionary(g => g.Key, g => g.Sum(v => v.Count));
    }

    private async Task<Dictionary<string, int>> FetchesAsync(LadderScope scope, CancellationToken cancellationToken)
    {
        var links = await Requests(scope, ClickClass.Crawler)
            .LeftJoin(db.UserAgents, c => c.UserAgentId, a => a.Id, (c, a) => new { c.ShareId, Network = a!.Network ?? c.Network })
            .Distinct()
            .GroupBy(f => f.Network)
            .Select(g => new { Network = g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        return links.GroupBy(f => f.Network ?? "").ToDictionary(g => g.Key, g => g.Sum(f => f.Count));
    }

    private async Task<Dictionary<ConversionType, int>> ConvertedAsync(LadderScope scope, CancellationToken cancellationToken)
    {
        var (workspace, campaign, start, end) = scope;
        var counted = await db.Conversions.AsNoTracking()
            .Where(c => c.WorkspaceId == workspace && c.At >= start && c.At < end && c.CampaignId != null && c.Type != null && c.ReversedAt == null)
            .Where(c => campaign == null || c.CampaignId == campaign)
            .GroupBy(c => c.Type)
            .Select(g => new { Type = g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        return counted.ToDictionary(c => c.Type!.Value, c => c.Count);
    }

    /// <summary>Reachable people whose stay in a channel has a moment in common with a live prompt and the time asked for.</summary>
    private async Task<HashSet<long>> CouldSeeAsync(LadderScope scope, CancellationToken cancellationToken)
    {
        var (workspace, campaign, start, end) = scope;
        if (start >= end)
        {
            return [];
        }

        var people = await (
            from channel in db.Conversations.AsNoTracking()
            join stay in db.Memberships.AsNoTracking() on channel.Id equals stay.ConversationId
            join person in db.People.AsNoTracking() on stay.PersonId equals person.Id
            where channel.WorkspaceId == workspace && person.Reachable
                && stay.JoinedAt < end && (stay.LeftAt == null || (stay.LeftAt > start && stay.LeftAt > stay.JoinedAt))
                && db.Prompts.Any(p => p.ConversationId == channel.Id && (campaign == null || p.CampaignId == campaign)
                    && p.PostedAt != null && p.PostedAt < end && (stay.LeftAt == null || p.PostedAt < stay.LeftAt)
                    && (p.EndedAt == null || (p.EndedAt > start && p.EndedAt > stay.JoinedAt && p.EndedAt > p.PostedAt)))
            select stay.PersonId).Distinct().ToListAsync(cancellationToken);
        return [.. people];
    }

    // From the workspace's channels to their rows: ledger and clicks are indexed by channel and time.
    private IQueryable<LedgerEvent> Events(LadderScope scope)
    {
        var (workspace, campaign, start, end) = scope;
        return
            from channel in db.Conversations.AsNoTracking()
            join e in db.Ledger.AsNoTracking() on channel.Id equals e.ConversationId
            where channel.WorkspaceId == workspace && e.At >= start && e.At < end && (campaign == null || e.CampaignId == campaign)
            select e;
    }

    private IQueryable<Click> Requests(LadderScope scope, ClickClass kind)
    {
        var (workspace, campaign, start, end) = scope;
        return
            from channel in db.Conversations.AsNoTracking()
            join c in db.Clicks.AsNoTracking() on channel.Id equals c.ConversationId
            where channel.WorkspaceId == workspace && c.At >= start && c.At < end && c.Class == (int)kind && (campaign == null || c.CampaignId == campaign)
            select c;
    }
}
