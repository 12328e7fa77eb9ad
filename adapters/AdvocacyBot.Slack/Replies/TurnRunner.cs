using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.Replies;

/// <summary>
/// Runs an interaction and shows its reply. Slack waits three seconds: what takes longer is acknowledged before and answered afterwards, and where a form may be the
/// answer, a view that asks for patience is opened while that is still allowed.
/// </summary>
internal sealed partial class TurnRunner(
    InteractionRouter router, ReplyWriter replies, ViewShower views, InFlight inFlight, TimeProvider clock, ILogger<TurnRunner> logger)
{
    /// <summary>Of Slack's three seconds, the network takes its part.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2.5);

    /// <summary>After this the view that asks for patience is opened; a trigger lives three seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.2);

    /// <param name="prepare">Finds out what is to be done.</param>
    /// <param name="cancellationToken">The request is given up.</param>
    /// <returns>The acknowledgement.</returns>
    public Task<Answer> RunAsync(Func<CancellationToken, ValueTask<Prepared>> prepare, CancellationToken cancellationToken)
    {
        var slot = new AckSlot();

        // On a thread of its own: SQLite blocks the one it is called on while another process has the file.
        inFlight.Track(Task.Run(() => TryAsync(slot, prepare, giveBack: null), CancellationToken.None));
        return slot.WaitAsync(Budget, clock, cancellationToken);
    }

    /// <param name="slot">Takes the acknowledgement.</param>
    /// <param name="prepare">Finds out what is to be done.</param>
    /// <param name="giveBack">Of an event that could not be stored: makes Slack deliver it again, if it still can. Null: whoever did it is told and repeats it.</param>
    /// <returns>False: the event is not stored and will not come again.</returns>
    public async Task<bool> TryAsync(AckSlot slot, Func<CancellationToken, ValueTask<Prepared>> prepare, Func<bool>? giveBack)
    {
        var stopping = inFlight.Stopping;
        var settled = true;
        Prepared? prepared = null;
        try
        {
            prepared = await prepare(stopping);
            switch (prepared)
            {
                case Prepared.Answered known:
                    slot.TryAnswer(known.With);
                    break;
                case Prepared.Work work:
                    await work.Run(stopping);
                    break;
                case Prepared.Turn turn:
                    settled = await TurnAsync(slot, turn, giveBack, stopping);
                    break;
            }
        }
        catch (Exception e) when (giveBack is not null && (Outage.Is(e) || stopping.IsCancellationRequested))
        {
            Log.NotStored(logger, prepared?.What ?? "event", e.GetType().Name);
            settled = giveBack();
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            Log.Failed(logger, prepared?.What ?? "request", e);
        }
        finally
        {
            if (settled)
            {
                slot.TryAnswer(Answer.Empty);
            }
        }

        return settled;
    }

    private async Task<bool> TurnAsync(AckSlot slot, Prepared.Turn turn, Func<bool>? giveBack, CancellationToken stopping)
    {
        var place = turn.Place;
        if (giveBack is null)
        {
            slot.Late = turn.Late;
        }

        var dispatch = turn.MayOpenForm
            ? Task.Run(() => router.DispatchAsync(turn.Interaction, stopping), stopping)
            : router.DispatchAsync(turn.Interaction, stopping);
        if (turn.MayOpenForm && place is { Trigger: not null, Modal: null } && !await IsQuickAsync(dispatch, stopping))
        {
            place = await views.OpenLoadingAsync(place, stopping);
        }

        var reply = await dispatch;
        if (giveBack is not null && reply is PrivateReply { NotStored: true })
        {
            turn.Undone?.Invoke();
            Log.NotStored(logger, turn.What, "DbException");
            if (giveBack())
            {
                return true;
            }

            // Who wrote is told, and writes again.
            if (turn.Quiet || turn.Interaction is BotInstalled)
            {
                return false;
            }
        }

        if (turn.Quiet)
        {
            reply = Reply.None;
        }

        if (place.Modal is null && await turn.Inline(reply, stopping) is { } answer && slot.TryAnswer(answer))
        {
            turn.Done?.Invoke();
            return true;
        }

        // What was to be done is committed: the acknowledgement need not wait for Slack to be called.
        if (!slot.TryAnswer(Answer.Empty) && turn.LateModal is not null)
        {
            place = place with { Modal = turn.LateModal };
        }

        await replies.WriteAsync(reply, place, stopping);
        turn.Done?.Invoke();
        return true;
    }

    private async Task<bool> IsQuickAsync(Task dispatch, CancellationToken stopping)
    {
        if (dispatch.IsCompleted)
        {
            return true;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var first = await Task.WhenAny(dispatch, Task.Delay(Patience, clock, enough.Token));
        await enough.CancelAsync();
        return first == dispatch;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A {Request} of Slack's could not be carried out")]
        public static partial void Failed(ILogger logger, string request, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "An event of Slack's ({Request}) could not be stored: {Problem}")]
        public static partial void NotStored(ILogger logger, string request, string problem);
    }
}
