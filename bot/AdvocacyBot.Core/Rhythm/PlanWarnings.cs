using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Rhythm;

/// <summary>
/// Warns comms, owners where there are none, when a programme's rhythm fades or hurries: privately, on a working day in working hours, and of each thing once in
/// seven days at most. Idempotent.
/// </summary>
public sealed class PlanWarnings(Database database, AdvocacyDb db, ReadWarnings warnings, NoteWriter notes, AfterCommit afterCommit, TimeProvider clock)
{
    private const int FromHour = 9;
    private const int ToHour = 17;

    private static readonly TimeSpan Quiet = TimeSpan.FromDays(7);

    /// <returns>How many notes were written.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var written = 0;
        foreach (var workspace in await db.Workspaces.AsNoTracking().Where(w => w.RemovedAt == null).OrderBy(w => w.Id).ToListAsync(cancellationToken))
        {
            if (IsWorkingHour(CampaignTimes.Local(now, workspace.TimeZone), workspace.TimeZone))
            {
                written += await RunAsync(workspace, now, cancellationToken);
            }
        }

        return written;
    }

    internal static bool IsWorkingHour(LocalDateTime local, string timeZone)
    {
        var (first, second) = timeZone is "Asia/Jerusalem" or "Asia/Tel_Aviv" or "Israel" ? (IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday) : (IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday);
        return local.Hour is >= FromHour and < ToHour && local.DayOfWeek != first && local.DayOfWeek != second;
    }

    private async Task<int> RunAsync(Workspace workspace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = await db.People.AsNoTracking().Where(p => p.WorkspaceId == workspace.Id && p.Reachable && (p.Roles & CampaignRoutes.Managers) != Roles.None)
            .Select(p => new { p.Id, p.Roles }).ToListAsync(cancellationToken);
        var comms = people.FindAll(p => p.Roles.HasFlag(Roles.Comms));
        var told = (comms.Count > 0 ? comms : people).ConvertAll(p => p.Id);
        var channel = await db.Conversations.AsNoTracking().Where(c => c.WorkspaceId == workspace.Id && c.RemovedAt == null && c.Kind != ConversationKind.Personal)
            .OrderBy(c => c.Id).Select(c => (long?)c.Id).FirstOrDefaultAsync(cancellationToken);
        if (told.Count == 0 || channel is null)
        {
            return 0;
        }

        var since = now - Quiet;
        string[] topics = [RhythmNotes.Nothing, RhythmNotes.Crowded, RhythmNotes.Falling];
        var recent = await db.Deliveries.AsNoTracking()
            .Where(d => d.WorkspaceId == workspace.Id && d.Kind == DeliveryKind.Note && d.CreatedAt > since && topics.Contains(d.Topic) && d.PersonId != null)
            .Select(d => new { d.Topic, Person = d.PersonId!.Value }).ToListAsync(cancellationToken);
        var due = new List<(string Topic, long Person)>();
        foreach (var topic in topics)
        {
            var fresh = told.FindAll(person => !recent.Exists(r => r.Topic == topic && r.Person == person));
            if (fresh.Count > 0 && await HoldsAsync(topic, workspace, now, cancellationToken))
            {
                due.AddRange(fresh.Select(person => (topic, person)));
            }
        }

        if (due.Count == 0)
        {
            return 0;
        }

        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var day = RecurrenceRule.Text(CampaignTimes.Local(now, workspace.TimeZone).Date);
        foreach (var (topic, person) in due)
        {
            await notes.AddOnceAsync(topic, workspace.Id, person, new NoteOrigin(workspace.Id, channel.Value, now), day, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        afterCommit.Run();
        return due.Count;
    }

    private async Task<bool> HoldsAsync(string topic, Workspace workspace, DateTimeOffset now, CancellationToken cancellationToken) => topic switch
    {
        RhythmNotes.Nothing => await warnings.NothingPlannedAsync(workspace, now, cancellationToken) is not null,
        RhythmNotes.Crowded => (await warnings.CrowdedAsync(workspace, now, cancellationToken)).Count > 0,
        _ => await warnings.FallingAsync(workspace, now, cancellationToken) is not null,
    };
}
