using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Writes the audit log as CSV, to a file or to the standard output. Changes nothing, and may run beside a bot that serves.</summary>
internal static class ExportAudit
{
    public static async Task<int> RunAsync(WebApplication app, FileInfo? file, CancellationToken cancellationToken)
    {
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync(cancellationToken))
        {
            var missing = app.Services.GetRequiredService<Database>().SqliteFile is { } database && !File.Exists(database);
            if (missing || (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                await Console.Error.WriteLineAsync("The database is not there or waits for this version's migrations: start the bot once, or run 'migrate', and export then.");
                return Startup.Refused;
            }
        }

        var audit = app.Services.GetRequiredService<AuditCsv>();
        if (file is null)
        {
            await audit.WriteAsync(Console.Out, cancellationToken);
            return 0;
        }

        try
        {
            await using var writer = new StreamWriter(file.FullName, append: false);
            var written = await audit.WriteAsync(writer, cancellationToken);
            await Console.Out.WriteLineAsync($"The audit log is in {file.FullName} (entries: {written}).");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{file.FullName} cannot be written: {e.Message} Choose another file with --to.");
            return Startup.Refused;
        }
    }
}
