using AdvocacyBot.Host.Composition;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Brings the database up to this version and stops.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await app.PrepareAsync(cancellationToken);
        await Console.Out.WriteLineAsync("The database is up to date.");
        return 0;
    }
}
