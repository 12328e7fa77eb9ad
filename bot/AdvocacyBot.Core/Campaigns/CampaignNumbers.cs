using System.Collections.ObjectModel;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>A campaign's figures, each rung of the evidence ladder apart; people are distinct.</summary>
/// <param name="CouldSee">People who were members of a channel while its prompt was live, and those who acted.</param>
/// <param name="Opened">People who opened a composer through their personal link.</param>
/// <param name="Said">People who say that they shared.</param>
/// <param name="Posted">People who gave a post's address.</param>
/// <param name="Sharers">People on any of the three rungs above.</param>
/// <param name="Fetched">Previews: personal links times the networks whose crawler fetched them.</param>
/// <param name="Clicks">Visits by people.</param>
/// <param name="Reactions">Reactions that stand.</param>
public sealed record CampaignNumbers(int CouldSee, int Opened, int Said, int Posted, int Sharers, int Fetched, int Clicks, int Reactions)
{
    /// <summary>Smaller groups are not broken down (design.md section 6).</summary>
    public const int SmallestGroup = 5;

    /// <summary><see cref="Fetched"/> by the network whose crawler it was; "" where that is not known.</summary>
    public IReadOnlyDictionary<string, int> FetchedByNetwork { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>Applicants tied to a personal link of the campaign, reversed ones left out.</summary>
    public int Applicants { get; init; }

    /// <summary>Leads, likewise.</summary>
    public int Leads { get; init; }

    /// <summary>Whether a system reports applicants or leads to this workspace; otherwise nothing is said of them.</summary>
    public bool Reported { get; init; }
}

/// <summary>Reads a campaign's figures.</summary>
public sealed class CampaignQuery(AdvocacyDb db)
{
    /// <param name="campaignId">Which campaign.</param>
    /// <param name="conversationId">One channel's part of it, or null for all of it.</param>
    /// <param name="now">Prompts that are open count up to it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<CampaignNumbers> ReadAsync(long campaignId, long? conversationId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var acts = await db.Ledger.AsNoTracking()
            .Where(e => e.CampaignId == campaignId && (conversationId == null || e.ConversationId == conversationId))
            .GroupBy(e => new { e.Kind, e.PersonId })
            .Select(g => new { g.Key.Kind, g.Key.PersonId, Sum = g.Sum(e => e.Amount) })
            .Where(g => g.Sum > 0)
            .ToListAsync(cancellationToken);
        var prompts = await db.Prompts.AsNoTracking()
            .Where(p => p.CampaignId == campaignId && p.PostedAt != null && (conversationId == null || p.ConversationId == conversationId))
            .Select(p => new { p.ConversationId, p.PostedAt })
            .ToListAsync(cancellationToken);
        var channels = prompts.ConvertAll(p => p.ConversationId);
        var since = prompts.Min(p => p.PostedAt) ?? now;

        // By channel and time first: that is the index clicks have.
        var clicks = await db.Clicks.AsNoTracking()
            .Where(c => channels.Contains(c.ConversationId) && c.At >= since && c.CampaignId == campaignId)
            .GroupBy(c => c.Class)
            .Select(g => new { Class = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => (ClickClass)g.Class, g => g.Count, cancellationToken);
        var fetched = await db.Clicks.AsNoTracking()
            .Where(c => channels.Contains(c.ConversationId) && c.At >= since && c.CampaignId == campaignId && c.Class == (int)ClickClass.Crawler)
            .LeftJoin(db.UserAgents, c => c.UserAgentId, a => a.Id, (c, a) => new { c.ShareId, Network = a!.Network ?? c.Network })
            .Distinct()
            .GroupBy(f => f.Network)
            .Select(g => new { Network = g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        var converted = await db.Conversions.AsNoTracking()
            .Where(c => c.CampaignId == campaignId && (conversationId == null || c.ConversationId == conversationId) && c.Type != null && c.ReversedAt == null)
            .GroupBy(c => c.Type)
            .Select(g => new { Type = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Type!.Value, g => g.Count, cancellationToken);
        var workspace = await db.Campaigns.Where(c => c.Id == campaignId).Select(c => c.WorkspaceId).FirstOrDefaultAsync(cancellationToken);
        var reported = converted.Count > 0
            || await db.ConversionKeys.AnyAsync(k => k.WorkspaceId == workspace && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancellationToken)
            || await db.Conversions.AnyAsync(c => c.WorkspaceId == workspace, cancellationToken);
        var stays = await (
            from prompt in db.Prompts.AsNoTracking()
            where prompt.CampaignId == campaignId && prompt.PostedAt != null && (conversationId == null || prompt.ConversationId == conversationId)
            join stay in db.Memberships.AsNoTracking() on prompt.ConversationId equals stay.ConversationId
            join person in db.People.AsNoTracking() on stay.PersonId equals person.Id
            where person.Reachable && stay.JoinedAt < (prompt.EndedAt ?? now) && (stay.LeftAt == null || stay.LeftAt > prompt.PostedAt)
            select stay.PersonId).Distinct().ToListAsync(cancellationToken);

        // Somebody with accounts in two chats is one person.
        var humans = await HumansAsync([.. stays, .. acts.Select(a => a.PersonId)], cancellationToken);
        int People(params LedgerKind[] kinds) => acts.Where(a => kinds.Contains(a.Kind)).Select(a => Human(a.PersonId)).Distinct().Count();
        var acted = acts.Where(a => a.Kind != LedgerKind.Declined).Select(a => Human(a.PersonId));
        return new CampaignNumbers(
            stays.Select(Human).Union(acted).Count(),
            People(LedgerKind.Opened),
            People(LedgerKind.Said),
            People(LedgerKind.Posted),
            People(LedgerKind.Opened, LedgerKind.Said, LedgerKind.Posted),
            fetched.Sum(f => f.Count),
            clicks.GetValueOrDefault(ClickClass.Human),
            acts.Where(a => a.Kind == LedgerKind.Reacted).Sum(a => a.Sum))
        {
            FetchedByNetwork = fetched.ToDictionary(f => f.Network ?? "", f => f.Count),
            Applicants = converted.GetValueOrDefault(ConversionType.Applicant),
            Leads = converted.GetValueOrDefault(ConversionType.Lead),
            Reported = reported,
        };

        long Human(long person) => humans.GetValueOrDefault(person, person);
    }

    /// <returns>Of those of the people whose accounts were joined: who they are.</returns>
    private async Task<Dictionary<long, long>> HumansAsync(HashSet<long> people, CancellationToken cancellationToken)
    {
        var joined = await db.PersonProfiles.AsNoTracking().Where(f => f.HumanId != f.PersonId).Select(f => new { f.PersonId, f.HumanId }).ToListAsync(cancellationToken);
        return joined.Where(f => people.Contains(f.PersonId)).ToDictionary(f => f.PersonId, f => f.HumanId);
    }
}
