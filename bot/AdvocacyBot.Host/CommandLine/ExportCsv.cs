using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Writes rows as CSV, to a file or to the standard output. Changes nothing, and may run beside a bot that serves.</summary>
internal static class ExportCsv
{
    /// <param name="app">Composed, not started.</param>
    /// <param name="file">Null: the standard output.</param>
    /// <param name="write">Writes all rows and says how many.</param>
    /// <param name="done">What to say when the file is there.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        WebApplication app, FileInfo? file, Func<TextWriter, CancellationToken, Task<int>> write, Func<int, string> done, CancellationToken cancellationToken)
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

        if (file is null)
        {
            await write(Console.Out, cancellationToken);
            return 0;
        }

        try
        {
            await using var writer = new StreamWriter(file.FullName, append: false);
            var written = await write(writer, cancellationToken);
            await Console.Out.WriteLineAsync(done(written));
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{file.FullName} cannot be written: {e.Message} Choose another file with --to.");
            return Startup.Refused;
        }
    }
}
