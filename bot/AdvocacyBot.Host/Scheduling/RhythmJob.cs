using AdvocacyBot.Core.Rhythm;
using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>Looks whether comms are to be warned about the programme's rhythm; holds no state.</summary>
[DisallowConcurrentExecution]
internal sealed partial class RhythmJob(PlanWarnings warnings, ILogger<RhythmJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await warnings.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Looking at the programme's rhythm failed; it is tried again in half an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
