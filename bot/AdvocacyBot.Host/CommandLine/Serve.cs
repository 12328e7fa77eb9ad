using AdvocacyBot.Host.Composition;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Runs the bot until it is stopped.</summary>
internal static partial class Serve
{
    /// <summary>Exit code of a host that was stopped and did not come to an end by itself.</summary>
    public const int Overdue = 3;

    /// <summary>Beyond the time that the host gives its parts to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        app.SetPublicAddress();
        await app.PrepareAsync(cancellationToken);
        app.UseAdvocacyBot();
        var longest = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout + Patience;
        var overdue = OverdueAsync(longest, app.Services.GetRequiredService<TimeProvider>(), app.Lifetime.ApplicationStopping);
        var running = app.RunAsync(cancellationToken);
        if (await Task.WhenAny(running, overdue) != running)
        {
            // The scheduler waits for its database for ever: to note there that its last job is done.
            Log.Overdue(app.Logger, longest.TotalSeconds);
            Environment.Exit(Overdue);
        }

        await running;
        return 0;
    }

    private static async Task OverdueAsync(TimeSpan longest, TimeProvider clock, CancellationToken stopping)
    {
        var begun = new TaskCompletionSource();
        await using var registration = stopping.Register(begun.SetResult);
        await begun.Task;
        await Task.Delay(longest, clock, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Stopping takes longer than {Seconds} seconds, as when the database is gone: the host ends now")]
        public static partial void Overdue(ILogger logger, double seconds);
    }
}
