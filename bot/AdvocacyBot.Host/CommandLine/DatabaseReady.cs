using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>For commands that work on a database that is there, beside a bot that serves or without one.</summary>
internal static class DatabaseReady
{
    /// <returns>False: it was said why not.</returns>
    public static async Task<bool> CheckAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync(cancellationToken);
        var missing = app.Services.GetRequiredService<Database>().SqliteFile is { } database && !File.Exists(database);
        if (!missing && !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return true;
        }

        await Console.Error.WriteLineAsync("The database is not there or waits for this version's migrations: start the bot once, or run 'migrate', and try again then.");
        return false;
    }
}
