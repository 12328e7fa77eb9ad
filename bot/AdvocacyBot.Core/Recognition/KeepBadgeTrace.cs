using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Notes which badges a person is about to be shown that they were not shown before, and which went since. The caller saves.</summary>
public sealed class KeepBadgeTrace(AdvocacyDb db)
{
    /// <returns>Everything noted so far, this turn's included, oldest first.</returns>
    public async Task<IReadOnlyList<BadgeTrace>> RunAsync(long workspaceId, long personId, IReadOnlyList<Badge> badges, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(badges);
        var trace = await db.BadgeTraces.AsNoTracking().Where(b => b.PersonId == personId).OrderBy(b => b.Id).ToListAsync(cancellationToken);
        var shown = Standing(trace);
        var earned = badges.Select(badge => badge.Key).ToHashSet(StringComparer.Ordinal);
        var changes = badges.Where(badge => !shown.Contains(badge.Key)).Select(badge => Entry(badge.Key, gained: true))
            .Concat(shown.Where(key => !earned.Contains(key)).Order(StringComparer.Ordinal).Select(key => Entry(key, gained: false))).ToList();
        db.BadgeTraces.AddRange(changes);
        return [.. trace, .. changes];

        BadgeTrace Entry(string key, bool gained) => new() { WorkspaceId = workspaceId, PersonId = personId, Badge = key, Gained = gained, At = now };
    }

    /// <summary>Badges whose last entry is not that they were taken back.</summary>
    private static HashSet<string> Standing(IEnumerable<BadgeTrace> trace) =>
        [.. trace.GroupBy(b => b.Badge, StringComparer.Ordinal).Where(g => g.Last().Gained).Select(g => g.Key)];
}
