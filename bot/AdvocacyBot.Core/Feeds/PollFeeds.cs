using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Feeds;

/// <summary>
/// Looks at the feeds that are due, one after the other, so that no site is asked twice at once. A feed is claimed before it is fetched, so that several hosts do not
/// ask for the same one; nothing is held while a site takes its time.
/// </summary>
public sealed partial class PollFeeds(
    IServiceScopeFactory scopes, Database database, IFeedReader reader, IOptions<FeedOptions> options, TimeProvider clock, ILogger<PollFeeds> logger)
{
    private const int MostPerRun = 50;
    private const int Attempts = 3;

    /// <summary>Who claimed a feed and died is given up after this long.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(10);

    /// <returns>How many feeds were looked at.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var looked = 0;
        foreach (var id in await DueAsync(cancellationToken))
        {
            if (await ClaimAsync(id, cancellationToken) is not { } claimed)
            {
                continue;
            }

            var look = await reader.ReadAsync(
                new Uri(claimed.Address), claimed.ETag is null && claimed.LastModified is null ? null : new FeedVersion(claimed.ETag, claimed.LastModified), cancellationToken);
            await KeepAsync(id, look, cancellationToken);
            looked++;
        }

        return looked;
    }

    private async Task<List<long>> DueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        var now = clock.GetUtcNow();
        return await db.Feeds.Where(f => f.PausedAt == null && f.NextAt <= now && db.Workspaces.Any(w => w.Id == f.WorkspaceId && w.RemovedAt == null))
            .OrderBy(f => f.NextAt).ThenBy(f => f.Id).Take(MostPerRun).Select(f => f.Id).ToListAsync(cancellationToken);
    }

    private async Task<Feed?> ClaimAsync(long id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        var now = clock.GetUtcNow();
        using var write = await database.EnterWriteAsync(cancellationToken);
        var claimed = await db.Feeds.Where(f => f.Id == id && f.PausedAt == null && f.NextAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.NextAt, now + Claim), cancellationToken);
        return claimed == 0 ? null : await db.Feeds.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancellationToken);
    }

    private async Task KeepAsync(long id, FeedLook look, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
            using var write = await database.EnterWriteAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            try
            {
                var now = clock.GetUtcNow();
                if (await db.Feeds.FirstOrDefaultAsync(f => f.Id == id, cancellationToken) is not { } feed)
                {
                    return;
                }

                switch (look)
                {
                    case FeedLook.Found found:
                        await scope.ServiceProvider.GetRequiredService<FeedIntake>().RunAsync(feed, found, now, cancellationToken);
                        break;
                    case FeedLook.NotModified:
                        (feed.Problem, feed.ProblemDetail, feed.Failures) = (null, null, 0);
                        feed.LookedAt = now;
                        feed.NextAt = now + FeedPace.After(asked: null, options.Value);
                        break;
                    case FeedLook.NotRead not:
                        FeedPace.Fail(feed, not, now, options.Value);
                        Log.NotRead(logger, id, not.Reason, not.Detail);
                        break;
                }

                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                scope.ServiceProvider.GetRequiredService<AfterCommit>().Run();
                return;
            }
            catch (Exception e) when (attempt < Attempts && Collision.Is(e))
            {
                Log.Collided(logger, id, attempt);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Feed {Feed} was not read: {Reason} ({Detail})")]
        public static partial void NotRead(ILogger logger, long feed, FeedFailure reason, string? detail);

        [LoggerMessage(2, LogLevel.Information, "Feed {Feed} met a concurrent change (attempt {Attempt})")]
        public static partial void Collided(ILogger logger, long feed, int attempt);
    }
}
