using AdvocacyBot.Core.Reports.RollUp;
using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>Sums up for the report what has happened since the last minute, so that opening it takes no time.</summary>
[DisallowConcurrentExecution]
internal sealed partial class RollUpJob(RollUp rollUp, ILogger<RollUpJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await rollUp.RunAsync(patience: null, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Summing up for the report failed; it is tried again within a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
