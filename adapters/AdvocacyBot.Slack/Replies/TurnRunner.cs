using AdvocacyBot.Core.Chat;
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
        inFlight.Track(WorkAsync(slot, prepare, inFlight.Stopping));
        return slot.WaitAsync(Budget, clock, cancellationToken);
    }

    private async Task WorkAsync(AckSlot slot, Func<CancellationToken, ValueTask<Prepared>> prepare, CancellationToken stopping)
    {
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
                    await TurnAsync(slot, turn, stopping);
                    break;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            Log.Failed(logger, prepared?.What ?? "request", e);
        }
        finally
        {
            slot.TryAnswer(Answer.Empty);
        }
    }

    private async Task TurnAsync(AckSlot slot, Prepared.Turn turn, CancellationToken stopping)
    {
        var place = turn.Place;
        slot.Late = turn.Late;
        var dispatch = router.DispatchAsync(turn.Interaction, stopping);
        if (turn.MayOpenForm && place is { Trigger: not null, Modal: null } && !await IsQuickAsync(dispatch, stopping))
        {
            place = await views.OpenLoadingAsync(place, stopping);
        }

        var reply = await dispatch;
        if (turn.Quiet)
        {
            reply = Reply.None;
        }

        if (place.Modal is null && await turn.Inline(reply, stopping) is { } answer && slot.TryAnswer(answer))
        {
            turn.Done?.Invoke();
            return;
        }

        // What was to be done is committed: the acknowledgement need not wait for Slack to be called.
        if (!slot.TryAnswer(Answer.Empty) && turn.LateModal is not null)
        {
            place = place with { Modal = turn.LateModal };
        }

        await replies.WriteAsync(reply, place, stopping);
        turn.Done?.Invoke();
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
    }
}
