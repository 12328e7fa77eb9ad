using AdvocacyBot.Host.Composition;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Runs the bot until it is stopped.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        app.SetPublicAddress();
        await app.PrepareAsync(cancellationToken);
        app.UseAdvocacyBot();
        await app.RunAsync(cancellationToken);
        return 0;
    }
}
