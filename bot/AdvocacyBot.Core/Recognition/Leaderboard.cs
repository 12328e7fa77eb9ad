using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>One row of a leaderboard.</summary>
/// <param name="Rank">From 1; those with the same score share it.</param>
/// <param name="Name">Of a person who agreed, or of a channel.</param>
/// <param name="Score">Different campaigns shared this month, at rung <c>opened</c> or higher; of a team, by how many people who agreed.</param>
/// <param name="Of">Of a team: how many of its members agreed; of a person 0.</param>
/// <param name="IsAsker">The person who asks, or their team.</param>
public sealed record BoardRow(int Rank, string Name, int Score, int Of, bool IsAsker);

/// <param name="Rows">Best first; empty where too few agreed.</param>
/// <param name="TooFew">Fewer than five agreed, so nothing is shown.</param>
/// <param name="Month">First day of the month it is about.</param>
public sealed record Board(IReadOnlyList<BoardRow> Rows, bool TooFew, LocalDate Month);

/// <summary>
/// Leaderboards of this month. Only people who agreed are on them or counted in them, and a board or team of fewer than five of those is not shown. People who agreed
/// and shared nothing do not appear.
/// </summary>
public sealed class Leaderboard(AdvocacyDb db)
{
    public const int SmallestGroup = DigestNumbers.SmallestGroup;

    private static readonly LedgerKind[] ShareKinds = [LedgerKind.Opened, LedgerKind.Said, LedgerKind.Posted];

    /// <summary>Whether a person agreed to stand on leaderboards, after they last joined the programme.</summary>
    public static bool Agreed(RecognitionChoice? choice, DateTimeOffset? consentedAt) =>
        choice?.LeaderboardSince is { } since && consentedAt is { } joined && joined <= since;

    public async Task<Board> PeopleAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var (month, names, shares) = await ReadAsync(turn, cancellationToken);
        return names.Count < SmallestGroup
            ? new Board([], TooFew: true, month)
            : new Board(Ranked(names.Select(n => new BoardRow(0, n.Value, shares.GetValueOrDefault(n.Key), 0, n.Key == turn.Person.Id)), row => row.Score), TooFew: false, month);
    }

    /// <summary>Channels as teams, by the part of those who agreed who shared something.</summary>
    public async Task<Board> TeamsAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var (month, names, shares) = await ReadAsync(turn, cancellationToken);
        var ids = names.Keys.ToList();
        var members = await (
            from stay in db.Memberships.AsNoTracking()
            join channel in db.Conversations.AsNoTracking() on stay.ConversationId equals channel.Id
            where channel.WorkspaceId == turn.Workspace.Id && channel.Kind != ConversationKind.Personal && channel.RemovedAt == null
                && stay.LeftAt == null && ids.Contains(stay.PersonId)
            select new { channel.Id, channel.Name, stay.PersonId }).Distinct().ToListAsync(cancellationToken);
        var teams = members.GroupBy(m => (m.Id, m.Name)).Where(team => team.Count() >= SmallestGroup)
            .Select(team => new BoardRow(
                0, team.Key.Name, team.Count(m => shares.ContainsKey(m.PersonId)), team.Count(), team.Any(m => m.PersonId == turn.Person.Id))).ToList();
        return teams.Count == 0 ? new Board([], TooFew: true, month) : new Board(Ranked(teams, row => (double)row.Score / row.Of), TooFew: false, month);
    }

    private static IReadOnlyList<BoardRow> Ranked(IEnumerable<BoardRow> rows, Func<BoardRow, double> score)
    {
        var scored = rows.Where(row => row.Score > 0).OrderByDescending(score).ThenBy(row => row.Name, StringComparer.CurrentCultureIgnoreCase).ToList();
        return [.. scored.Select(row => row with { Rank = 1 + scored.Count(other => score(other) > score(row)) })];
    }

    /// <returns>The month, names of all who agreed by id, and how many campaigns those of them who shared did share.</returns>
    private async Task<(LocalDate Month, Dictionary<long, string> Names, Dictionary<long, int> Shares)> ReadAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var zone = DigestWeek.Zone(turn.Workspace.TimeZone, out _);
        var today = Instant.FromDateTimeOffset(turn.Now).InZone(zone).Date;
        var month = new LocalDate(today.Year, today.Month, 1);
        var start = month.AtStartOfDayInZone(zone).ToDateTimeOffset();
        var names = await (
            from choice in db.RecognitionChoices.AsNoTracking()
            join person in db.People.AsNoTracking() on choice.PersonId equals person.Id
            where choice.WorkspaceId == turn.Workspace.Id && choice.LeaderboardSince != null && person.ConsentedAt != null && person.ConsentedAt <= choice.LeaderboardSince && person.Reachable
            select new { person.Id, person.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var ids = names.Keys.ToList();
        var campaigns = await db.Shares.AsNoTracking().Where(s => ids.Contains(s.PersonId)).Select(s => s.CampaignId).Distinct().ToListAsync(cancellationToken);
        var standing = await db.Ledger.AsNoTracking()
            .Where(e => campaigns.Contains(e.CampaignId) && ShareKinds.Contains(e.Kind) && ids.Contains(e.PersonId) && e.At >= start && e.At <= turn.Now)
            .GroupBy(e => new { e.PersonId, e.CampaignId, e.Kind })
            .Where(g => g.Sum(e => e.Amount) > 0)
            .Select(g => new { g.Key.PersonId, g.Key.CampaignId }).ToListAsync(cancellationToken);
        return (month, names, standing.Distinct().CountBy(s => s.PersonId).ToDictionary());
    }
}
