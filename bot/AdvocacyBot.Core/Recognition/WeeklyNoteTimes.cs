using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>When weekly notes fall due: 9:00 by the person's own clock, on the first day of the working week, about the seven days before.</summary>
public sealed class WeeklyNoteTimes(AdvocacyDb db)
{
    private const int Hour = 9;

    public static DigestSchedule Schedule(string zone) => new(zone, null, Hour);

    public static DateTimeOffset Next(string zone, DateTimeOffset now)
    {
        var latest = DigestWeek.Latest(Schedule(zone), Instant.FromDateTimeOffset(now));
        return DigestWeek.DueAt(DigestWeek.Zone(zone, out _), latest.Date.PlusDays(DigestWeek.Length), Hour).ToDateTimeOffset();
    }

    public async Task<DateTimeOffset> NextAsync(long personId, DateTimeOffset now, CancellationToken cancellationToken) => Next(
        await (from person in db.People.AsNoTracking()
               join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
               where person.Id == personId
               select person.TimeZone ?? workspace.TimeZone).FirstAsync(cancellationToken),
        now);
}
