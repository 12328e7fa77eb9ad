using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Reports;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Evidence;

/// <summary>Counts the rungs of times: the whole programme's from the days that are summed up, everything else from the rows themselves.</summary>
public sealed class ReadLadder(AdvocacyDb db, DayLadders days)
{
    /// <param name="workspaceId">Whose.</param>
    /// <param name="timeZone">Its own.</param>
    /// <param name="wanted">Times in whole local days; the last one may be today, or later.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>By scope; parts that were not wanted may be missing.</returns>
    public async Task<IReadOnlyDictionary<LadderScope, Ladder>> RunAsync(
        long workspaceId, string timeZone, IReadOnlyDictionary<LadderScope, LadderParts> wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var summed = await days.RunAsync(workspaceId, timeZone, wanted.Where(w => w.Key.CampaignId is null).ToDictionary(), now, cancellationToken);
        var all = new Dictionary<LadderScope, Ladder>();
        foreach (var scope in wanted.Keys)
        {
            if (summed?.GetValueOrDefault(scope) is { } ladder)
            {
                var converted = await ConvertedAsync(scope, cancellationToken);
                all[scope] = ladder with { Applicants = converted.GetValueOrDefault(ConversionType.Applicant), Leads = converted.GetValueOrDefault(ConversionType.Lead) };
            }
            else
            {
                all[scope] = await RunAsync(scope, cancellationToken);
            }
        }

        return all;
    }

    /// <summary>Counted from the rows.</summary>
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

        // A campaign is in few channels: from its prompts only those are looked at.
        var stays = campaign is { } one
            ? from prompt in Live(start, end)
              where prompt.CampaignId == one
              join channel in db.Conversations.AsNoTracking() on prompt.ConversationId equals channel.Id
              join stay in db.Memberships.AsNoTracking() on channel.Id equals stay.ConversationId
              where channel.WorkspaceId == workspace
                  && stay.JoinedAt < end && (stay.LeftAt == null || (stay.LeftAt > start && stay.LeftAt > stay.JoinedAt && stay.LeftAt > prompt.PostedAt))
                  && (prompt.EndedAt == null || prompt.EndedAt > stay.JoinedAt)
              select stay.PersonId
            : from channel in db.Conversations.AsNoTracking()
              join stay in db.Memberships.AsNoTracking() on channel.Id equals stay.ConversationId
              where channel.WorkspaceId == workspace && stay.JoinedAt < end && (stay.LeftAt == null || (stay.LeftAt > start && stay.LeftAt > stay.JoinedAt))
                  && Live(start, end).Any(p => p.ConversationId == channel.Id && (stay.LeftAt == null || stay.LeftAt > p.PostedAt) && (p.EndedAt == null || p.EndedAt > stay.JoinedAt))
              select stay.PersonId;
        var people = await (from id in stays join person in db.People.AsNoTracking() on id equals person.Id where person.Reachable select id).Distinct().ToListAsync(cancellationToken);
        return [.. people];
    }

    /// <summary>Prompts that were live at some moment of a time.</summary>
    private IQueryable<Prompt> Live(DateTimeOffset start, DateTimeOffset end) =>
        db.Prompts.AsNoTracking().Where(p => p.PostedAt != null && p.PostedAt < end && (p.EndedAt == null || (p.EndedAt > start && p.EndedAt > p.PostedAt)));

    // A programme's rows: from its channels, by whom and time ledger and clicks are indexed. A campaign's: by the campaign, or from the channels it was in.
    private IQueryable<LedgerEvent> Events(LadderScope scope)
    {
        var (workspace, campaign, start, end) = scope;
        if (campaign is { } one)
        {
            return db.Ledger.AsNoTracking().Where(e => e.CampaignId == one && e.WorkspaceId == workspace && e.At >= start && e.At < end);
        }

        return
            from channel in db.Conversations.AsNoTracking()
            join e in db.Ledger.AsNoTracking() on channel.Id equals e.ConversationId
            where channel.WorkspaceId == workspace && e.At >= start && e.At < end
            select e;
    }

    private IQueryable<Click> Requests(LadderScope scope, ClickClass kind)
    {
        var (workspace, campaign, start, end) = scope;
        if (campaign is { } one)
        {
            var channels = db.Prompts.Where(p => p.CampaignId == one).Select(p => p.ConversationId).Union(db.Shares.Where(s => s.CampaignId == one).Select(s => s.ConversationId));
            return
                from channel in db.Conversations.AsNoTracking()
                join c in db.Clicks.AsNoTracking() on channel.Id equals c.ConversationId
                where channel.WorkspaceId == workspace && channels.Contains(channel.Id) && c.At >= start && c.At < end && c.Class == (int)kind && c.CampaignId == one
                select c;
        }

        return
            from channel in db.Conversations.AsNoTracking()
            join c in db.Clicks.AsNoTracking() on channel.Id equals c.ConversationId
            where channel.WorkspaceId == workspace && c.At >= start && c.At < end && c.Class == (int)kind
            select c;
    }
}
