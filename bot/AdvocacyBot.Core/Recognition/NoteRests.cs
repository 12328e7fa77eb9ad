using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>Keeps people's pauses, so that a streak can be computed again after the pause is over and forgotten.</summary>
public sealed class NoteRests(Database database, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock)
{
    /// <returns>How many pauses were new.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var today = DigestWeek.PeriodKey(Instant.FromDateTimeOffset(clock.GetUtcNow()).InUtc().Date);
        var fresh = await db.Preferences.AsNoTracking()
            .Where(p => p.PausedUntil != null && !db.Rests.Any(r => r.PersonId == p.PersonId && r.Until == p.PausedUntil))
            .Select(p => new { p.PersonId, p.PausedUntil }).ToListAsync(cancellationToken);
        if (fresh.Count == 0)
        {
            return 0;
        }

        using var turn = await database.EnterWriteAsync(cancellationToken);
        foreach (var pause in fresh)
        {
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO rests ("PersonId", "FirstDay", "Until") VALUES ({pause.PersonId}, {today}, {pause.PausedUntil}) ON CONFLICT DO NOTHING""", cancellationToken);
        }

        return fresh.Count;
    }
}
