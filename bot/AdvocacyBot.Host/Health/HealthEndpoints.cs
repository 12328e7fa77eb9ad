using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace AdvocacyBot.Host.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the database answers, is migrated, and the scheduler runs.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live"));
        routes.MapGet("/health/ready", async (IDbContextFactory<AdvocacyDb> contexts, ISchedulerFactory schedulers, CancellationToken cancellationToken) =>
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                {
                    return Results.Text("database not migrated", statusCode: StatusCodes.Status503ServiceUnavailable);
                }
            }
            catch (System.Data.Common.DbException)
            {
                return Results.Text("database not reachable", statusCode: StatusCodes.Status503ServiceUnavailable);
            }

            var scheduler = await schedulers.GetScheduler(cancellationToken);
            return scheduler.Status == SchedulerStatus.Running
                ? Results.Text("ready")
                : Results.Text("scheduler not running", statusCode: StatusCodes.Status503ServiceUnavailable);
        });
    }
}
