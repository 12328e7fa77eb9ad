using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>
/// Writes the monthly notes into the outbox: how the month went, to owners and sponsors, and whom to thank, to sponsors. Due on the first of the next month at 9:00 by the
/// workspace's clock; the unique key of person and month makes each the only one.
/// </summary>
public sealed class PlanMonthlyNotes(Database database, IDbContextFactory<AdvocacyDb> contexts, DeliverySignal signal, TimeProvider clock)
{
    public const string MonthTopic = "month";
    public const string ThanksTopic = "month.thanks";
    private const int Hour = 9;

    /// <summary>After that it is old news.</summary>
    public static readonly Duration Patience = Duration.FromDays(7);

    /// <summary>When a month's notes fall due.</summary>
    /// <param name="timeZone">IANA id of the workspace.</param>
    /// <param name="month">Its first day.</param>
    public static Instant DueAt(string timeZone, LocalDate month) => DigestWeek.DueAt(DigestWeek.Zone(timeZone, out _), month.PlusMonths(1), Hour);

    /// <summary>The last month whose notes are due.</summary>
    public static LocalDate Latest(string timeZone, Instant now)
    {
        var today = now.InZone(DigestWeek.Zone(timeZone, out _)).Date;
        var month = new LocalDate(today.Year, today.Month, 1).PlusMonths(-1);
        return DueAt(timeZone, month) > now ? month.PlusMonths(-1) : month;
    }

    /// <returns>How many notes were written.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var missing = await MissingAsync(now, cancellationToken);
        if (missing.Count == 0)
        {
            return 0;
        }

        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var written = 0;
        foreach (var note in missing)
        {
            written += await PlannedNote.TryAddAsync(db, note, cancellationToken) ? 1 : 0;
        }

        await transaction.CommitAsync(cancellationToken);
        foreach (var workspace in missing.Select(note => note.WorkspaceId).Distinct())
        {
            signal.Raise(workspace);
        }

        return written;
    }

    private async Task<List<PlannedNote>> MissingAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var present = Instant.FromDateTimeOffset(now);
        var notes = new List<PlannedNote>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var workspace in await db.Workspaces.AsNoTracking().Where(w => w.RemovedAt == null).ToListAsync(cancellationToken))
        {
            var month = Latest(workspace.TimeZone, present);
            var over = month.PlusMonths(1).AtStartOfDayInZone(DigestWeek.Zone(workspace.TimeZone, out _)).ToDateTimeOffset();
            if (present - DueAt(workspace.TimeZone, month) > Patience || workspace.CreatedAt >= over)
            {
                continue;
            }

            var leaders = await db.People.AsNoTracking()
                .Where(p => p.WorkspaceId == workspace.Id && p.Reachable && (p.Roles & (Roles.Owner | Roles.Sponsor)) != Roles.None)
                .Select(p => new
                {
                    p.Id,
                    p.Roles,
                    Place = db.Memberships.Where(m => m.PersonId == p.Id).OrderBy(m => m.Id).Select(m => (long?)m.ConversationId).FirstOrDefault()
                        ?? db.Conversations.Where(c => c.WorkspaceId == p.WorkspaceId).OrderBy(c => c.Id).Select(c => (long?)c.Id).FirstOrDefault(),
                }).ToListAsync(cancellationToken);
            var occasion = month.ToString("uuuu-MM", CultureInfo.InvariantCulture);
            foreach (var leader in leaders.Where(l => l.Place is not null))
            {
                PlannedNote Note(string topic) => new(workspace.Id, leader.Place!.Value, leader.Id, topic, DigestWeek.PeriodKey(month), occasion, now);
                notes.Add(Note(MonthTopic));
                if (leader.Roles.HasFlag(Roles.Sponsor))
                {
                    notes.Add(Note(ThanksTopic));
                }
            }
        }

        var keys = notes.ConvertAll(note => note.Key);
        var known = keys.Count == 0 ? [] : (await db.Deliveries.Where(d => keys.Contains(d.Key)).Select(d => d.Key).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return notes.FindAll(note => !known.Contains(note.Key));
    }
}
