using AdvocacyBot.Core.Feeds;
using Quartz;

namespace AdvocacyBot.Host.Feeds;

/// <summary>Looks at the feeds that are due. A job of its own, because sites take their time; holds no state.</summary>
[DisallowConcurrentExecution]
internal sealed partial class FeedJob(PollFeeds feeds, ILogger<FeedJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await feeds.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Looking at feeds failed; it is tried again in a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
