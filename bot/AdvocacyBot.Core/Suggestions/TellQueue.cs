using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>Who looks after the queue hears once a day at most that there is something in it; owners where nobody else does. Runs in the caller's transaction.</summary>
public sealed class TellQueue(AdvocacyDb db, NoteWriter notes)
{
    /// <param name="origin">Where it came from.</param>
    /// <param name="exceptPersonId">Who brought it and need not be told; 0 for nobody.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task RunAsync(NoteOrigin origin, long exceptPersonId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var keepers = await db.People.AsNoTracking()
            .Where(p => p.WorkspaceId == origin.WorkspaceId && p.Reachable && p.Id != exceptPersonId && (p.Roles & SuggestionRoutes.Keepers) != Roles.None)
            .Select(p => new { p.Id, p.Roles }).ToListAsync(cancellationToken);
        var first = keepers.FindAll(p => (p.Roles & (Roles.Comms | Roles.Approver)) != Roles.None);
        var zone = await db.Workspaces.Where(w => w.Id == origin.WorkspaceId).Select(w => w.TimeZone).FirstAsync(cancellationToken);
        var day = CampaignTimes.Local(origin.Now, zone).Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        foreach (var keeper in first.Count > 0 ? first : keepers)
        {
            await notes.AddOnceAsync(SuggestionNotes.Queue, origin.WorkspaceId, keeper.Id, origin, day, cancellationToken);
        }
    }
}
