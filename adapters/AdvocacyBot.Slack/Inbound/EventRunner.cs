using AdvocacyBot.Slack.Replies;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.Inbound;

/// <param name="Key">Equal for repeated deliveries.</param>
/// <param name="Json">The envelope.</param>
internal sealed record IncomingEvent(string Key, ReadOnlyMemory<byte> Json);

/// <summary>
/// Runs events. Nobody sees one fail, so none may get lost: it is acknowledged when its effect is stored, or, where that takes long, when the event itself is. While
/// neither can be, Slack is refused the acknowledgement and delivers it again (at once, after one minute and after five; docs.slack.dev/apis/events-api, "Retries");
/// what will not come again is tried again from memory.
/// </summary>
internal sealed partial class EventRunner(TurnRunner turns, EventInbox inbox, InFlight inFlight, TimeProvider clock, ILogger<EventRunner> logger)
{
    /// <summary>After this the event is stored: what is left of the time for an acknowledgement is enough for that.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private const int MostWaiting = 1000;

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15),
    ];

    private int waiting;

    /// <param name="prepare">Finds out what is to be done.</param>
    /// <param name="incoming">Can be stored; null where Slack gave it no id, so that nothing would tell a repetition.</param>
    /// <param name="comesAgain">Slack delivers the event again where it is not acknowledged.</param>
    /// <param name="cancellationToken">The request is given up.</param>
    /// <returns>The acknowledgement, or <see cref="Answer.Again"/>.</returns>
    public Task<Answer> RunAsync(Func<CancellationToken, ValueTask<Prepared>> prepare, IncomingEvent? incoming, bool comesAgain, CancellationToken cancellationToken)
    {
        var slot = new AckSlot { Late = Answer.Again };
        inFlight.Track(Task.Run(() => WorkAsync(slot, prepare, incoming, comesAgain), CancellationToken.None));
        return slot.WaitAsync(TurnRunner.Budget, clock, cancellationToken);
    }

    private async Task WorkAsync(AckSlot slot, Func<CancellationToken, ValueTask<Prepared>> prepare, IncomingEvent? incoming, bool comesAgain)
    {
        // On a thread of its own: SQLite blocks the one it is called on while another process has the file.
        var work = Task.Run(() => turns.TryAsync(slot, prepare, GiveBack), CancellationToken.None);
        var kept = incoming is not null && await KeepIfSlowAsync(slot, incoming, work);
        var settled = await work;
        if (kept)
        {
            await inbox.LeaveAsync(incoming!.Key, settled);
            return;
        }

        if (settled)
        {
            return;
        }

        if (Interlocked.Increment(ref waiting) > MostWaiting || !await AgainAsync(slot, prepare))
        {
            Log.Lost(logger);
        }

        Interlocked.Decrement(ref waiting);

        bool GiveBack() => slot.TryAnswer(Answer.Again) && comesAgain;
    }

    /// <returns>True: the event is stored.</returns>
    private async Task<bool> KeepIfSlowAsync(AckSlot slot, IncomingEvent incoming, Task work)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(inFlight.Stopping);
        var ended = Task.WhenAny(work, slot.Given);
        if (await Task.WhenAny(ended, Task.Delay(Patience, clock, enough.Token)) == ended)
        {
            await enough.CancelAsync();
            return false;
        }

        var keeping = Task.Run(() => inbox.TryKeepAsync(incoming, enough.Token), CancellationToken.None);
        if (await Task.WhenAny(work, keeping) == work)
        {
            await enough.CancelAsync();
        }

        var kept = await keeping;
        if (kept)
        {
            slot.TryAnswer(Answer.Empty);
        }

        return kept;
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
