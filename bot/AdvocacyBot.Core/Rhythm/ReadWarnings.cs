using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>A campaign that went well not long ago.</summary>
public sealed record BestCampaign(long Id, string Title);

/// <param name="Days">For so many days nothing starts.</param>
/// <param name="Waiting">Suggestions in the queue.</param>
/// <param name="Best">To use again; null where nothing ran lately.</param>
public sealed record NothingPlanned(int Days, int Waiting, BestCampaign? Best);

/// <param name="Channel">Its name.</param>
/// <param name="Prompts">Within seven days.</param>
/// <param name="From">The first of these days, by the channel's clock.</param>
/// <param name="Move">What could be moved, and to when, so that it is not too many; null where nothing can be.</param>
public sealed record CrowdedChannel(string Channel, int Prompts, LocalDate From, CrowdedMove? Move);

public sealed record CrowdedMove(long CampaignId, string Title, LocalDate To);

/// <param name="Channel">Its name.</param>
/// <param name="Percent">Of the weeks, the oldest first; each is lower than the one before.</param>
public sealed record FallingChannel(string Channel, IReadOnlyList<int> Percent);

public sealed record Falling(IReadOnlyList<FallingChannel> Channels, BestCampaign? Best);

/// <summary>How a programme's rhythm stands now. Groups too small to be broken down are not looked at.</summary>
public sealed class ReadWarnings(AdvocacyDb db, ReadCalendar calendar, DigestQuery digests, IOptions<RhythmOptions> options)
{
    private const int DaysAhead = 14;
    private const int FurthestMove = 28;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    /// <returns>Null where something is planned, or no campaign ever ran.</returns>
    public async Task<NothingPlanned?> NothingPlannedAsync(Workspace workspace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var days = options.Value.NothingForDays;
        var until = now.AddDays(days);
        if (days == 0 || workspace.StoppedAt is not null
            || !await db.Campaigns.AnyAsync(c => c.WorkspaceId == workspace.Id && c.PublishedAt != null, cancellationToken)
            || await db.Campaigns.AnyAsync(
                c => c.WorkspaceId == workspace.Id && (c.State == CampaignState.Scheduled || c.State == CampaignState.AwaitingApproval || c.State == CampaignState.Running)
                    && c.Prompts.Any(p => p.PostedAt == null && p.EndedAt == null && p.StartsAt <= until), cancellationToken))
        {
            return null;
        }

        var end = CampaignTimes.Local(until, workspace.TimeZone).Date.PlusDays(1);
        return (await calendar.ComingAsync(workspace.Id, workspace.TimeZone, now, end, cancellationToken)).Count > 0
            ? null
            : new NothingPlanned(
                days,
                await db.Suggestions.CountAsync(s => s.WorkspaceId == workspace.Id && s.State == SuggestionState.Waiting, cancellationToken),
                await BestAsync(workspace.Id, now, cancellationToken));
    }

    /// <returns>The channels that have, or will have, too many prompts within seven days; at most five.</returns>
    public async Task<IReadOnlyList<CrowdedChannel>> CrowdedAsync(Workspace workspace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var most = options.Value.MostPromptsPerWeek;
        if (most == 0)
        {
            return [];
        }

        var (since, to) = (now - Week, now.AddDays(DaysAhead + FurthestMove));
        var rows = await (
            from prompt in db.Prompts.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on prompt.CampaignId equals campaign.Id
            join channel in db.Conversations.AsNoTracking() on prompt.ConversationId equals channel.Id
            where campaign.WorkspaceId == workspace.Id && channel.RemovedAt == null
                && ((prompt.PostedAt != null && prompt.PostedAt > since)
                    || (prompt.PostedAt == null && prompt.EndedAt == null && prompt.StartsAt < to
                        && (campaign.State == CampaignState.Scheduled || campaign.State == CampaignState.Running || campaign.State == CampaignState.AwaitingApproval)))
            select new CrowdedPrompt(channel.Id, channel.Name, channel.TimeZone ?? workspace.TimeZone, campaign.Id, campaign.Title, prompt.PostedAt ?? prompt.StartsAt, campaign.State == CampaignState.Scheduled && prompt.PostedAt == null))
            .ToListAsync(cancellationToken);
        var crowded = new List<CrowdedChannel>();
        foreach (var channel in rows.GroupBy(r => r.ChannelId))
        {
            var prompts = channel.OrderBy(r => r.At).ToList();
            var worst = prompts.Where(p => p.At <= now.AddDays(DaysAhead))
                .Select(p => prompts.FindAll(q => q.At >= p.At && q.At < p.At + Week))
                .Where(window => window[^1].At > now && window.Count > most)
                .MaxBy(window => window.Count);
            if (worst is not null)
            {
                crowded.Add(new CrowdedChannel(worst[0].Channel, worst.Count, CampaignTimes.Local(worst[0].At, worst[0].Zone).Date, Move(worst, rows, most, now)));
            }
        }

        return [.. crowded.OrderByDescending(c => c.Prompts).ThenBy(c => c.Channel, StringComparer.Ordinal).Take(5)];
    }

    /// <returns>Null where no channel's participation fell every week.</returns>
    public async Task<Falling?> FallingAsync(Workspace workspace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var weeks = options.Value.FallingWeeks;
        if (weeks == 0)
        {
            return null;
        }

        var channels = await DigestChannel.In(db).Where(c => c.WorkspaceId == workspace.Id && !c.Removed && c.Kind != ConversationKind.Personal).ToListAsync(cancellationToken);
        if (channels.Count == 0)
        {
            return null;
        }

        var rates = channels.ToDictionary(c => c.Id, _ => new List<DigestRate?>());
        for (var back = 0; back <= weeks; back += 2)
        {
            var scopes = channels.ConvertAll(c => new DigestScope(c.Id, DigestWeek.Period(c.TimeZone, DigestWeek.Latest(c.Schedule, Instant.FromDateTimeOffset(now)).FirstDay.PlusWeeks(-back), Instant.FromDateTimeOffset(now))));
            foreach (var week in await digests.ReadAllAsync(scopes, now, cancellationToken))
            {
                rates[week.ConversationId].Add(Shown(week.Rate));
                rates[week.ConversationId].Add(Shown(week.RateBefore));
            }
        }

        var falling = rates.Where(r => Falls([.. r.Value.Take(weeks + 1)])).Select(r => (r.Key, Percent: r.Value.Take(weeks + 1).Reverse().Select(rate => rate!.Percent).ToList())).Take(5).ToList();
        if (falling.Count == 0)
        {
            return null;
        }

        var ids = falling.ConvertAll(f => f.Key);
        var names = await db.Conversations.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken);
        return new Falling([.. falling.Select(f => new FallingChannel(names[f.Key], f.Percent))], await BestAsync(workspace.Id, now, cancellationToken));

        static DigestRate? Shown(DigestRate? rate) => rate is { CouldSee: >= DigestNumbers.SmallestGroup } ? rate : null;
    }

    /// <summary>Whether each week was lower than the one before it.</summary>
    /// <param name="rates">The newest first.</param>
    internal static bool Falls(IReadOnlyList<DigestRate?> rates) =>
        rates.Count > 1 && rates.All(rate => rate is not null) && rates.Zip(rates.Skip(1)).All(pair => pair.First!.Share < pair.Second!.Share);

    /// <summary>The last one that can be moved, to the first day at its hour on which none of its channels has too many.</summary>
    private static CrowdedMove? Move(List<CrowdedPrompt> window, List<CrowdedPrompt> all, int most, DateTimeOffset now)
    {
        foreach (var candidate in window.Where(p => p.Movable && p.At > now).Reverse())
        {
            var own = all.FindAll(p => p.CampaignId == candidate.CampaignId);
            if (!own.TrueForAll(p => p.Movable))
            {
                continue;
            }

            for (var days = 1; days <= FurthestMove; days++)
            {
                if (own.TrueForAll(p => Fits(p, days)))
                {
                    return new CrowdedMove(candidate.CampaignId, candidate.Title, CampaignTimes.Local(candidate.At, candidate.Zone).Date.PlusDays(days));
                }
            }
        }

        return null;

        bool Fits(CrowdedPrompt moved, int days)
        {
            var at = moved.At.AddDays(days);
            var others = all.FindAll(p => p.ChannelId == moved.ChannelId && p.CampaignId != moved.CampaignId).ConvertAll(p => p.At);
            return others.Append(at).All(start => at < start || at >= start + Week || others.Count(o => o >= start && o < start + Week) + 1 <= most);
        }
    }

    private async Task<BestCampaign?> BestAsync(long workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Lately;
        var channels = await db.Conversations.AsNoTracking().Where(c => c.WorkspaceId == workspaceId).Select(c => c.Id).ToListAsync(cancellationToken);
        var people = await db.Ledger.AsNoTracking()
            .Where(e => channels.Contains(e.ConversationId) && e.At >= since && e.CampaignId != 0 && e.Kind != LedgerKind.Declined && e.Kind != LedgerKind.Suggested)
            .GroupBy(e => new { e.CampaignId, e.PersonId }).Select(g => new { g.Key.CampaignId, Sum = g.Sum(e => e.Amount) }).Where(g => g.Sum > 0)
            .GroupBy(g => g.CampaignId).Select(g => new { Id = g.Key, People = g.Count() })
            .OrderByDescending(g => g.People).ThenByDescending(g => g.Id).Take(1).ToListAsync(cancellationToken);
        var best = people.ConvertAll(p => p.Id);
        return await db.Campaigns.AsNoTracking().Where(c => best.Contains(c.Id) && c.WorkspaceId == workspaceId).Select(c => new BestCampaign(c.Id, c.Title)).FirstOrDefaultAsync(cancellationToken);
    }

    private sealed record CrowdedPrompt(long ChannelId, string Channel, string Zone, long CampaignId, string Title, DateTimeOffset At, bool Movable);
}
