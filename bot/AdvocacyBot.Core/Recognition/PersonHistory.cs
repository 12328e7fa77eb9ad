using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Something a person did that stands, i.e. was not taken back.</summary>
public sealed record Deed(LedgerKind Kind, long CampaignId, string? Network, DateTimeOffset At)
{
    /// <summary>A share at rung <c>opened</c> or higher.</summary>
    public bool IsShare => Kind is LedgerKind.Opened or LedgerKind.Said or LedgerKind.Posted;
}

/// <summary>All that recognition looks at of one person, read from the events themselves each time.</summary>
/// <param name="Zone">IANA id of the clock that the person's weeks go by.</param>
/// <param name="Deeds">What stands, oldest first.</param>
/// <param name="Visits">When people came in through the person's links, oldest first.</param>
/// <param name="MadeIt">When suggestions of theirs became campaigns that were published.</param>
/// <param name="ThankedBy">The first standing thanks of each colleague.</param>
/// <param name="Live">From when to when there was something to share in the person's channels.</param>
/// <param name="Rests">Days on which the person paused; the last is not included.</param>
public sealed record PersonHistory(
    string Zone,
    IReadOnlyList<Deed> Deeds,
    IReadOnlyList<DateTimeOffset> Visits,
    IReadOnlyList<DateTimeOffset> MadeIt,
    IReadOnlyList<DateTimeOffset> ThankedBy,
    IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Live,
    IReadOnlyList<(LocalDate First, LocalDate Until)> Rests)
{
    public DateTimeZone Clock => DigestWeek.Zone(Zone, out _);

    public LocalDate DayOf(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Clock).Date;

    /// <summary>What is left of events when reversals are set against what they reverse: both carry the same time.</summary>
    public static IReadOnlyList<Deed> Standing(IEnumerable<LedgerEvent> events) =>
    [
        .. events.GroupBy(e => (e.Kind, e.CampaignId, e.ShareId, e.Network, e.At)).Where(g => g.Sum(e => e.Amount) > 0)
            .Select(g => new Deed(g.Key.Kind, g.Key.CampaignId, g.Key.Network, g.Key.At)).OrderBy(d => d.At).ThenBy(d => d.Kind),
    ];
}

/// <summary>Reads <see cref="PersonHistory"/>: through the indexes that are there, campaign by campaign of the person's channels.</summary>
public sealed class ReadPersonHistory(AdvocacyDb db)
{
    private static readonly LedgerKind[] Kinds = [LedgerKind.Opened, LedgerKind.Said, LedgerKind.Posted, LedgerKind.Reacted, LedgerKind.Suggested];

    public async Task<PersonHistory> RunAsync(long personId, CancellationToken cancellationToken)
    {
        var zone = await (
            from person in db.People.AsNoTracking()
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            where person.Id == personId
            select person.TimeZone ?? workspace.TimeZone).FirstAsync(cancellationToken);
        var stays = await db.Memberships.AsNoTracking().Where(m => m.PersonId == personId).ToListAsync(cancellationToken);
        var channels = stays.Select(m => m.ConversationId).Distinct().ToList();
        var prompts = await db.Prompts.AsNoTracking().Where(p => channels.Contains(p.ConversationId) && p.PostedAt != null).ToListAsync(cancellationToken);
        var shares = await db.Shares.AsNoTracking().Where(s => s.PersonId == personId)
            .Select(s => new { s.Id, s.CampaignId, s.ConversationId }).ToListAsync(cancellationToken);

        // Suggestions are of no campaign: 0.
        var campaigns = prompts.Select(p => p.CampaignId).Concat(shares.Select(s => s.CampaignId)).Append(0).Distinct().ToList();
        var events = await db.Ledger.AsNoTracking()
            .Where(e => campaigns.Contains(e.CampaignId) && Kinds.Contains(e.Kind) && e.PersonId == personId).ToListAsync(cancellationToken);
        var ids = shares.ConvertAll(s => s.Id);
        var places = shares.Select(s => s.ConversationId).Distinct().ToList();
        var visits = ids.Count == 0
            ? []
            : await db.Clicks.AsNoTracking().Where(c => places.Contains(c.ConversationId) && c.Class == (int)ClickClass.Human && ids.Contains(c.ShareId))
                .Select(c => c.At).ToListAsync(cancellationToken);
        var madeIt = await (
            from credit in db.SuggestionCredits.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on credit.SuggestionId equals campaign.SuggestionId
            where credit.PersonId == personId && credit.WithdrawnAt == null && campaign.PublishedAt != null
            select campaign.PublishedAt!.Value).ToListAsync(cancellationToken);
        var thanks = await db.Thanks.AsNoTracking().Where(x => x.ToId == personId && x.WithdrawnAt == null)
            .Select(x => new { x.FromId, x.CreatedAt }).ToListAsync(cancellationToken);
        var rests = await db.Rests.AsNoTracking().Where(r => r.PersonId == personId).ToListAsync(cancellationToken);
        return new PersonHistory(
            zone,
            PersonHistory.Standing(events),
            [.. visits.Order()],
            [.. madeIt.Order()],
            [.. thanks.GroupBy(x => x.FromId).Select(g => g.Min(x => x.CreatedAt)).Order()],
            [
                .. from stay in stays
                from prompt in prompts
                where prompt.ConversationId == stay.ConversationId
                let span = (From: Later(stay.JoinedAt, prompt.PostedAt!.Value), To: Earlier(stay.LeftAt, prompt.EndedAt))
                where span.From < span.To
                select span,
            ],
            [.. rests.Select(r => (DigestWeek.FirstDay(r.FirstDay), DigestWeek.FirstDay(r.Until))).Where(r => r is (not null, not null)).Select(r => (r.Item1!.Value, r.Item2!.Value))]);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset? b) =>
        (a ?? DateTimeOffset.MaxValue) < (b ?? DateTimeOffset.MaxValue) ? a ?? DateTimeOffset.MaxValue : b ?? DateTimeOffset.MaxValue;
}
