using AdvocacyBot.Host.Composition;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Brings the database up to this version and stops.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddAdvocacyBot();
        await using var app = builder.Build();
        try
        {
            await app.PrepareAsync(cancellationToken);
            await Console.Out.WriteLineAsync("The database is up to date.");
            return 0;
        }
        catch (StartupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
