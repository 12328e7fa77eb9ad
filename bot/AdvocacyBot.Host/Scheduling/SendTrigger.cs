using System.Threading.Channels;
using AdvocacyBot.Core.Delivery;
using Quartz;

namespace AdvocacyBot.Host.Scheduling;

/// <summary>Fires a workspace's sending job when its outbox was written to.</summary>
internal sealed partial class SendTrigger : BackgroundService
{
    private readonly Channel<long> asked = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SendRequests requests;
    private readonly ISchedulerFactory schedulers;
    private readonly ILogger<SendTrigger> logger;

    public SendTrigger(DeliverySignal signal, SendRequests requests, ISchedulerFactory schedulers, ILogger<SendTrigger> logger)
    {
        this.requests = requests;
        this.schedulers = schedulers;
        this.logger = logger;
        signal.Listen(workspace =>
        {
            if (requests.Ask(workspace))
            {
                asked.Writer.TryWrite(workspace);
            }
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        var known = new HashSet<long>();
        await foreach (var workspace in asked.Reader.ReadAllAsync(stoppingToken))
        {
            // Before it is fired: what is written from here on asks again.
            requests.Take(workspace);
            try
            {
                if (known.Add(workspace))
                {
                    await SendJobs.AddAsync(scheduler, workspace, stoppingToken);
                }

                await SendJobs.NowAsync(scheduler, workspace, stoppingToken);
            }
            catch (SchedulerException e)
            {
                // The minute's look at the clock asks again.
                known.Remove(workspace);
                Log.NotFired(logger, workspace, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The sending job of workspace {Workspace} could not be fired; it is tried again within a minute")]
        public static partial void NotFired(ILogger logger, long workspace, Exception exception);
    }
}
