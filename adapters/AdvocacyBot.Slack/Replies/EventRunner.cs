using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.Replies;

/// <summary>
/// Runs events. Nobody sees one fail, so none may get lost: while its effect cannot be stored Slack is refused the acknowledgement and delivers it again (at once,
/// after one minute and after five; docs.slack.dev/apis/events-api, "Retries"); what is acknowledged already, or will not come again, is tried again here.
/// </summary>
internal sealed partial class EventRunner(TurnRunner turns, InFlight inFlight, TimeProvider clock, ILogger<EventRunner> logger)
{
    private const int MostWaiting = 1000;

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15),
    ];

    private int waiting;

    /// <param name="prepare">Finds out what is to be done.</param>
    /// <param name="comesAgain">Slack delivers the event again where it is not acknowledged.</param>
    /// <param name="cancellationToken">The request is given up.</param>
    /// <returns>The acknowledgement, or <see cref="Answer.Again"/>.</returns>
    public Task<Answer> RunAsync(Func<CancellationToken, ValueTask<Prepared>> prepare, bool comesAgain, CancellationToken cancellationToken)
    {
        var slot = new AckSlot();
        inFlight.Track(Task.Run(() => WorkAsync(slot, prepare, comesAgain), CancellationToken.None));
        return slot.WaitAsync(TurnRunner.Budget, clock, cancellationToken);
    }

    private async Task WorkAsync(AckSlot slot, Func<CancellationToken, ValueTask<Prepared>> prepare, bool comesAgain)
    {
        if (await turns.TryAsync(slot, prepare, GiveBack))
        {
            return;
        }

        slot.TryAnswer(Answer.Empty);
        if (Interlocked.Increment(ref waiting) > MostWaiting || !await AgainAsync(slot, prepare))
        {
            Log.Lost(logger);
        }

        Interlocked.Decrement(ref waiting);

        bool GiveBack() => comesAgain && slot.TryAnswer(Answer.Again);
    }

    /// <returns>False: in vain.</returns>
    private async Task<bool> AgainAsync(AckSlot slot, Func<CancellationToken, ValueTask<Prepared>> prepare)
    {
        foreach (var pause in Pauses)
        {
            // A host that stops tries once more, at once.
            var ends = await inFlight.PauseAsync(pause, clock);
            if (await turns.TryAsync(slot, prepare, static () => false))
            {
                return true;
            }

            if (ends)
            {
                return false;
            }
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An event of Slack's was given up: the database could not store it for too long")]
        public static partial void Lost(ILogger logger);
    }
}
