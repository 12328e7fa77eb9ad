using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Host.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the database answers, is migrated, the scheduler fires, and the host is not on its way out.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live"));
        routes.MapGet("/health/ready", async (IDbContextFactory<AdvocacyDb> contexts, ClockBeat beat, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return Unready("stopping");
            }

            try
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                {
                    return Unready("database not migrated");
                }
            }
            catch (System.Data.Common.DbException)
            {
                return Unready("database not reachable");
            }

            return await beat.TroubleAsync(cancellationToken) is { } trouble ? Unready(trouble) : Results.Text("ready");
        });
    }

    private static IResult Unready(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}
