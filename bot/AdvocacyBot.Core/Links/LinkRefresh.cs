using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Links;

/// <summary>
/// Has the index forget campaigns that were edited on another host. Several hosts share a PostgreSQL database only: a SQLite file belongs to one.
/// </summary>
public sealed partial class LinkRefresh(
    LinkIndex index, Database database, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock, ILogger<LinkRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    // Edits that were under way at the last look, by clocks that do not agree.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.IsSqlite)
        {
            return;
        }

        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(clock.GetUtcNow() - LookEvery - Overlap, stoppingToken);
        }
    }

    internal async Task LookAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            foreach (var id in await db.Campaigns.Where(campaign => campaign.UpdatedAt >= since).Select(campaign => campaign.Id).ToListAsync(cancellationToken))
            {
                index.Forget(id);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotLooked(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Campaigns edited on other hosts could not be looked for")]
        public static partial void NotLooked(ILogger logger, Exception exception);
    }
}
