using System.Reflection;
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
        var time = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        var stopping = app.Lifetime.ApplicationStopping;
        var running = app.RunAsync(cancellationToken);
        try
        {
            if (await Task.WhenAny(running, OverdueAsync(time + Patience, stopping)) == running)
            {
                await running;
                return 0;
            }
        }
        catch (Exception e) when (stopping.IsCancellationRequested && RanOutOfTime(e))
        {
            // The parts that were asked to stop gave up.
        }

        // The scheduler may wait for its database for ever, to note there that its last job is done; what it still does ends with the process.
        Log.Overdue(app.Logger, time.TotalSeconds);
        if (Assembly.GetEntryAssembly() == typeof(Serve).Assembly)
        {
            Environment.Exit(Overdue);
        }

        return Overdue;
    }

    private static bool RanOutOfTime(Exception exception) => exception switch
    {
        OperationCanceledException => true,
        AggregateException several => several.InnerExceptions.All(RanOutOfTime),
        _ => false,
    };

    private static async Task OverdueAsync(TimeSpan longest, CancellationToken stopping)
    {
        var begun = new TaskCompletionSource();
        await using var registration = stopping.Register(begun.SetResult);
        await begun.Task;

        // By the clock that the host's own time for stopping goes by, whatever the container holds.
        await Task.Delay(longest, TimeProvider.System, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Stopping takes longer than {Seconds} seconds, as when the database is gone: the host ends now")]
        public static partial void Overdue(ILogger logger, double seconds);
    }
}
