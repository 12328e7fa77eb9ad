using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>
/// Writes the weekly notes that are due into the outbox. The unique key of person and ISO week makes one note of any number of runs on any number of hosts; a note
/// that is too old is left out.
/// </summary>
public sealed class PlanWeeklyNotes(Database database, IDbContextFactory<AdvocacyDb> contexts, DeliverySignal signal, TimeProvider clock)
{
    public const string Topic = "week";
    private const int Page = 500;

    /// <returns>How many notes were written.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var all = 0;
        while (await PageAsync(cancellationToken) is var (seen, written))
        {
            all += written;
            if (seen < Page)
            {
                return all;
            }
        }

        return all;
    }

    private async Task<(int Seen, int Written)> PageAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using (var look = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // Usually nothing is due, and then nobody has to wait for writers.
            if (!await look.RecognitionChoices.AnyAsync(c => c.NextNoteAt != null && c.NextNoteAt <= now, cancellationToken))
            {
                return (0, 0);
            }
        }

        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = await (
            from choice in db.RecognitionChoices
            join person in db.People on choice.PersonId equals person.Id
            join workspace in db.Workspaces on person.WorkspaceId equals workspace.Id
            where choice.NextNoteAt != null && choice.NextNoteAt <= now
            orderby choice.NextNoteAt, choice.PersonId
            select new { Choice = choice, Zone = person.TimeZone ?? workspace.TimeZone, Left = person.ConsentedAt == null, Takes = person.Reachable && workspace.RemovedAt == null })
            .Take(Page).ToListAsync(cancellationToken);
        var written = 0;
        foreach (var one in due)
        {
            if (one.Left)
            {
                // Coming back is no reason to be written to again.
                one.Choice.WeeklyNote = false;
                one.Choice.NextNoteAt = null;
                continue;
            }

            var latest = DigestWeek.Latest(WeeklyNoteTimes.Schedule(one.Zone), Instant.FromDateTimeOffset(now));
            if (one.Takes && Instant.FromDateTimeOffset(now) - latest.At <= DigestWeek.Patience && latest.At.ToDateTimeOffset() >= one.Choice.NextNoteAt)
            {
                written += await PlannedNote.TryAddAsync(
                    db,
                    new PlannedNote(one.Choice.WorkspaceId, one.Choice.ConversationId, one.Choice.PersonId, Topic, DigestWeek.PeriodKey(latest.FirstDay), latest.IsoWeek, now),
                    cancellationToken) ? 1 : 0;
                signal.Raise(one.Choice.WorkspaceId);
            }

            one.Choice.NextNoteAt = WeeklyNoteTimes.Next(one.Zone, now);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (due.Count, written);
    }
}

/// <summary>A note that time decides on, not a person.</summary>
/// <param name="Period">First day of what it speaks of, <c>yyyy-MM-dd</c>.</param>
/// <param name="Occasion">What makes it the only one: a week or a month.</param>
internal sealed record PlannedNote(long WorkspaceId, long ConversationId, long PersonId, string Topic, string Period, string Occasion, DateTimeOffset At)
{
    public string Key => string.Create(CultureInfo.InvariantCulture, $"note:{Topic}:{PersonId}:{Occasion}");

    /// <summary>Writes it in the transaction that the context is in.</summary>
    /// <returns>False where it was written before.</returns>
    public static async Task<bool> TryAddAsync(AdvocacyDb db, PlannedNote note, CancellationToken cancellationToken)
    {
        var at = note.At.ToUnixTimeMilliseconds();
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO deliveries ("PublicId", "WorkspaceId", "ConversationId", "Kind", "Key", "Period", "PersonId", "Topic", "SubjectId", "State", "Attempts", "NotBefore", "CreatedAt", "UpdatedAt")
            VALUES ({Guid.CreateVersion7(note.At)}, {note.WorkspaceId}, {note.ConversationId}, {(int)DeliveryKind.Note}, {note.Key}, {note.Period}, {note.PersonId}, {note.Topic}, {note.WorkspaceId}, {(int)DeliveryState.Pending}, 0, {at}, {at}, {at})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken) == 1;
    }
}
