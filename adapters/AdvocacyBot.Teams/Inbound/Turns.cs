using System.Collections.Concurrent;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Teams.Inbound;

/// <summary>
/// Runs turns on their own time-out. Teams repeats what is not answered quickly: a repetition of a turn that is under way waits for that one's answer, and of a
/// message that was handled it is answered with nothing, or, where the channel wants the replies in the answer, with the same replies.
/// </summary>
internal sealed partial class Turns(ITurnHandler handler, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<Turns> logger)
{
    private static readonly InvokeResponse Empty = new(200);
    private static readonly InvokeResponse NoReplies = new(200, "{\"activities\":[]}"u8.ToArray());
    private static readonly InvokeResponse NotImplemented = new(501);
    private static readonly InvokeResponse Failed = new(500);
    private static readonly InvokeResponse TooSlow = new(504);
    private static readonly InvokeResponse Unavailable = new(503);

    private readonly TimeSpan timeout = options.Value.TurnTimeout;
    private readonly ConcurrentDictionary<string, Task<InvokeResponse>> underWay = new(StringComparer.Ordinal);
    private readonly RecentDeliveries recent = new();

    public Task<InvokeResponse> RunAsync(Activity activity)
    {
        if (activity.DeliveryKey is not { } key)
        {
            return HandleAsync(activity);
        }

        if (recent.Contains(key))
        {
            Log.Repeated(logger);
            return Task.FromResult(recent.Answer(key) ?? (activity.ExpectsReplies ? NoReplies : Empty));
        }

        var done = new TaskCompletionSource<InvokeResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = underWay.GetOrAdd(key, done.Task);
        return ReferenceEquals(first, done.Task) ? FirstAsync(activity, key, done) : first;
    }

    private async Task<InvokeResponse> FirstAsync(Activity activity, string key, TaskCompletionSource<InvokeResponse> done)
    {
        var answer = await HandleAsync(activity);

        // An invoke that comes again after its answer needs an answer of its own.
        if (answer.Status < 500 && activity.Type != ActivityTypes.Invoke)
        {
            recent.Add(key, answer);
        }

        underWay.TryRemove(key, out _);
        done.SetResult(answer);
        return answer;
    }

    private async Task<InvokeResponse> HandleAsync(Activity activity)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        var isInvoke = activity.Type == ActivityTypes.Invoke;
        try
        {
            return await handler.HandleAsync(activity, limit.Token) ?? (isInvoke ? NotImplemented : Empty);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // Nobody waits any more, and doing it again would take as long.
            Log.TooSlow(logger, activity.Type!);
            return isInvoke ? TooSlow : Empty;
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // Not remembered as handled: it may come again.
            Log.NotStored(logger, activity.Type!, e);
            return Unavailable;
        }
        catch (Exception e)
        {
            Log.Failed(logger, activity.Type!, e);
            return Failed;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Teams delivered something again that was handled; nothing was done")]
        public static partial void Repeated(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "A turn of Teams ({Type}) took longer than Teams:TurnTimeout and was given up")]
        public static partial void TooSlow(ILogger logger, string type);

        [LoggerMessage(3, LogLevel.Error, "A turn of Teams ({Type}) failed")]
        public static partial void Failed(ILogger logger, string type, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "What Teams told ({Type}) could not be stored")]
        public static partial void NotStored(ILogger logger, string type, Exception exception);
    }
}
