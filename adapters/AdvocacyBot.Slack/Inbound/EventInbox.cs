using System.Collections.Concurrent;
using System.Text;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Slack.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>
/// The events that are acknowledged and not yet carried out, in the database. Whoever works on one has it for a while; after that, or when a host starts that has the
/// database for itself, it is taken again. Twice is no harm: the effect is stored with the event's key.
/// </summary>
internal sealed partial class EventInbox(Database database, IDbContextFactory<SlackDb> contexts, TimeProvider clock, ILogger<EventInbox> logger)
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const int Most = 50;

    private readonly ConcurrentDictionary<string, byte> working = new(StringComparer.Ordinal);

    /// <returns>False: it could not be stored.</returns>
    public async Task<bool> TryKeepAsync(IncomingEvent incoming, CancellationToken cancellationToken)
    {
        working.TryAdd(incoming.Key, 0);
        try
        {
            var now = clock.GetUtcNow();
            using var turn = await database.EnterWriteAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO slack_events ("Key", "Payload", "KeptAt", "DueAt")
                VALUES ({incoming.Key}, {Encoding.UTF8.GetString(incoming.Json.Span)}, {now.ToUnixTimeMilliseconds()}, {(now + Lease).ToUnixTimeMilliseconds()}) ON CONFLICT DO NOTHING
                """,
                cancellationToken);
            return true;
        }
        catch (Exception e) when (Outage.Is(e) || e is OperationCanceledException)
        {
            working.TryRemove(incoming.Key, out _);
            return false;
        }
    }

    /// <summary>Whoever had it has done with it.</summary>
    /// <param name="key">The event's.</param>
    /// <param name="settled">It is carried out; otherwise it is taken again.</param>
    public async Task LeaveAsync(string key, bool settled)
    {
        try
        {
            using var turn = await database.EnterWriteAsync(CancellationToken.None);
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            if (settled)
            {
                await db.Events.Where(e => e.Key == key).ExecuteDeleteAsync(CancellationToken.None);
            }
            else
            {
                var soon = clock.GetUtcNow() + EventWorker.Look;
                await db.Events.Where(e => e.Key == key).ExecuteUpdateAsync(set => set.SetProperty(e => e.DueAt, soon), CancellationToken.None);
            }
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // It is taken again, and found done.
            Log.NotLeft(logger, e.GetType().Name);
        }
        finally
        {
            working.TryRemove(key, out _);
        }
    }

    /// <summary>Those that nobody works on, for this host to carry out.</summary>
    /// <param name="all">No other host can have any: nobody's lease counts.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<IReadOnlyList<SlackEvent>> TakeAsync(bool all, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Events.AsNoTracking().Where(e => all || e.DueAt <= now).OrderBy(e => e.KeptAt).Take(Most).ToListAsync(cancellationToken);
        var taken = new List<SlackEvent>();
        foreach (var one in due)
        {
            if (!working.TryAdd(one.Key, 0))
            {
                continue;
            }

            var mine = false;
            try
            {
                using var turn = await database.EnterWriteAsync(cancellationToken);
                mine = await db.Events.Where(e => e.Key == one.Key && e.DueAt == one.DueAt)
                    .ExecuteUpdateAsync(set => set.SetProperty(e => e.DueAt, now + Lease), cancellationToken) == 1;
            }
            catch (Exception e) when (Outage.Is(e))
            {
                // It is due again when the lease is over; what was taken before is carried out.
                Log.NotTaken(logger, e.GetType().Name);
            }
            finally
            {
                if (!mine)
                {
                    working.TryRemove(one.Key, out _);
                }
            }

            if (mine)
            {
                taken.Add(one);
            }
        }

        return taken;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An event of Slack's that was carried out stays in the database for now: {Problem}")]
        public static partial void NotLeft(ILogger logger, string problem);

        [LoggerMessage(2, LogLevel.Warning, "An event of Slack's that waits in the database could not be taken: {Problem}")]
        public static partial void NotTaken(ILogger logger, string problem);
    }
}
