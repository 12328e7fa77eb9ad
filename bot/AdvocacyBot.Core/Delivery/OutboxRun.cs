using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Delivery;

/// <summary>
/// Sends what is due in one workspace: as many messages are on their way at a time as <see cref="SendWindow"/> says, one per person or conversation. Each round settles what
/// has come back and marks what goes out next in one transaction, so that a commit is shared when there is much to do and nothing waits when there is little. What is ready stays
/// pending in the database until it leaves.
/// </summary>
internal sealed partial class OutboxRun(
    Workspace workspace,
    IChatSender? sender,
    SendFence fence,
    Outbox outbox,
    Holds holds,
    DeliveryBuilder builder,
    DeliveryBooks books,
    IDbContextFactory<AdvocacyDb> contexts,
    TimeProvider clock,
    ILogger logger)
{
    private const int Page = 512;

    /// <summary>From so many on their way on, a round waits until half of them are back: its queries and its commit are then shared by that many.</summary>
    private const int Many = 32;

    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>How long messages that are on their way when the host stops have to arrive.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookAtFenceEvery = TimeSpan.FromSeconds(1);

    private readonly Arrivals back = new();
    private readonly SendWindow window = new(clock);
    private readonly HashSet<long> busyPeople = [];
    private readonly HashSet<long> busyConversations = [];
    private readonly Queue<Data.Delivery> read = [];
    private readonly List<BuiltDelivery> ready = [];
    private long fenceSeen = clock.GetTimestamp();
    private bool fenced = true;

    /// <returns>How many deliveries reached an end or were put off.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var stopping = stop.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(Grace), end);
        var done = 0;
        Exception? broken = null;
        while (true)
        {
            await GatherAsync();
            var arrived = Arrived();
            var room = sender?.RoomIn(workspace.Ref) ?? SendRoom.Unlimited;
            List<BuiltDelivery> leaving = [];
            Task<List<BuiltDelivery>>? building = null;
            var goesOn = broken is null && !stop.IsCancellationRequested;
            try
            {
                goesOn = goesOn && await IsFencedAsync();
                Drop(one => !goesOn || holds.Until(workspace.Id, one.IsUpdate) is not null);
                var free = Math.Max(0, Math.Min(room.Free, window.Free));
                leaving = ready.GetRange(0, Math.Min(free, ready.Count));
                ready.RemoveRange(0, leaving.Count);

                // When it is busy the next are made while these are written down; else they go out at once.
                var busy = window.Flying >= Many;
                var most = busy ? Math.Min(room.Free - leaving.Count, window.Size / 2) - ready.Count : free - leaving.Count;
                if (goesOn && await NextAsync(most) is { Count: > 0 } next)
                {
                    if (busy)
                    {
                        // SQLite does all of its work before it returns.
                        building = Task.Run(() => builder.BuildAsync(workspace, sender is not null, next), CancellationToken.None);
                    }
                    else
                    {
                        leaving.AddRange(await builder.BuildAsync(workspace, sender is not null, next));
                    }
                }

                if (leaving.Count > 0 && leaving.Count == window.Free)
                {
                    window.Full(arrived.Count);
                }
            }
            catch (Exception e)
            {
                // The database, as a rule. What is on its way is still waited for and written down.
                (broken, building) = (e, null);
            }

            if (arrived.Count + leaving.Count > 0)
            {
                var (marked, failure) = await books.WriteAsync(arrived, leaving);
                broken ??= failure;
                done += arrived.Count + (failure is null ? leaving.Count(one => one.Outcome is not null) : 0);
                arrived.ForEach(one => Free(one.Delivery));
                Send(leaving, marked, end.Token);
            }
            else if (building is null)
            {
                if (goesOn && room.Free <= 0)
                {
                    window.LimitReached();
                    await AwaitAsync(1, room.Next > Shortest ? room.Next : Shortest, stop);
                }
                else if (window.Flying > 0)
                {
                    await back.WaitAsync(1);
                }
                else
                {
                    return broken is null ? done : throw new DeliveryRunException(broken);
                }
            }

            try
            {
                ready.AddRange(building is null ? [] : await building);
            }
            catch (Exception e)
            {
                broken ??= e;
            }
        }
    }

    /// <summary>What was made and is not to go now: it is read again.</summary>
    private void Drop(Predicate<BuiltDelivery> which)
    {
        ready.FindAll(which).ForEach(one => Free(one.Delivery));
        ready.RemoveAll(which);
    }

    private void Send(List<BuiltDelivery> leaving, IReadOnlySet<long> marked, CancellationToken end)
    {
        window.Left(marked.Count);
        foreach (var one in leaving)
        {
            if (marked.Contains(one.Delivery.Id))
            {
                _ = SendAsync(one, end);
            }
            else
            {
                Free(one.Delivery);
            }
        }
    }

    /// <summary>Lets what is on its way come back until a round is worth its price; one that is slow does not hold up the others for long.</summary>
    private Task GatherAsync() =>
        window.Flying < Many ? Task.CompletedTask : AwaitAsync(window.Flying / 2, LongestGathering, CancellationToken.None);

    /// <summary>Waits until so many are back, and no longer than said.</summary>
    private async Task AwaitAsync(int count, TimeSpan atMost, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(back.WaitAsync(count), Task.Delay(atMost, clock, enough.Token));
        await enough.CancelAsync();
    }

    private List<SentDelivery> Arrived()
    {
        var arrived = back.TakeAll();
        window.Back(arrived.Count);
        var refused = false;
        foreach (var one in arrived)
        {
            holds.Note(workspace.Id, one.Built.IsUpdate, one.Result);
            refused |= one.Result is SendResult.RetryAfter { Holds: not Throttled.Conversation };
        }

        if (refused)
        {
            window.Refused();
        }

        return arrived;
    }

    /// <summary>Whether this host is still the workspace's one sender: asked each second, so that a lost database session ends the run.</summary>
    private async Task<bool> IsFencedAsync()
    {
        if (fenced && clock.GetElapsedTime(fenceSeen) >= LookAtFenceEvery)
        {
            fenceSeen = clock.GetTimestamp();
            fenced = await fence.IsHeldAsync(CancellationToken.None);
            if (!fenced)
            {
                Log.FenceLost(logger, workspace.Id);
            }
        }

        return fenced;
    }

    private async Task<List<Data.Delivery>> NextAsync(int most)
    {
        var next = new List<Data.Delivery>();
        var (sends, updates) = (holds.Until(workspace.Id, isUpdate: false) is null, holds.Until(workspace.Id, isUpdate: true) is null);
        for (var fresh = false; next.Count < most && (sends || updates);)
        {
            if (read.TryDequeue(out var one))
            {
                if ((builder.IsUpdate(one.Kind) ? updates : sends) && Take(one))
                {
                    next.Add(one);
                }

                continue;
            }

            if (fresh)
            {
                break;
            }

            // What was read and left is read again when its person or conversation is free.
            fresh = true;
            await using var db = await contexts.CreateDbContextAsync();
            foreach (var due in await outbox.DueAsync(
                db, workspace.Id, clock.GetUtcNow(), new OutboxFilter(sends, updates, busyPeople, busyConversations), Page, CancellationToken.None))
            {
                read.Enqueue(due);
            }
        }

        return next;
    }

    private bool Take(Data.Delivery delivery) => delivery.PersonId is { } person ? busyPeople.Add(person) : busyConversations.Add(delivery.ConversationId);

    private void Free(Data.Delivery delivery)
    {
        if (delivery.PersonId is { } person)
        {
            busyPeople.Remove(person);
        }
        else
        {
            busyConversations.Remove(delivery.ConversationId);
        }
    }

    private async Task SendAsync(BuiltDelivery built, CancellationToken cancellationToken)
    {
        using var span = BotTelemetry.Source.StartActivity("delivery");
        span?.SetTag("delivery.id", built.Delivery.Id).SetTag("delivery.kind", built.Delivery.Kind.ToString()).SetTag("platform", workspace.Platform);
        var began = clock.GetTimestamp();
        SendResult result;
        try
        {
            result = built.What switch
            {
                DeliveryContent.Post => await sender!.SendAsync(built.Message!, cancellationToken),
                DeliveryContent.Update update => await sender!.UpdateAsync(built.Message!, update.MessageId, cancellationToken),
                _ => throw new InvalidOperationException($"{built.What?.GetType().Name} cannot be sent."),
            };
        }
        catch (Exception e)
        {
            // It may have arrived: a bug or an outage in the adapter must not turn into a second message.
            Log.Threw(logger, built.Delivery.Id, e);
            result = new SendResult.Unknown("interrupted");
        }

        span?.SetTag("outcome", result.GetType().Name);
        BotTelemetry.Called(workspace.Platform, built.Delivery.Kind, result.GetType().Name, clock.GetElapsedTime(began));
        if (result is SendResult.RetryAfter wait)
        {
            BotTelemetry.Throttled(workspace.Platform, wait.Holds.ToString());
        }

        back.Add(new SentDelivery(built, result));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Sending delivery {Delivery} threw")]
        public static partial void Threw(ILogger logger, long delivery, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The database session that lets this host send for workspace {Workspace} is gone: sending ends, and any host may take it up")]
        public static partial void FenceLost(ILogger logger, long workspace);
    }
}

/// <summary>A run ended before the outbox was empty.</summary>
/// <param name="cause">Why.</param>
internal sealed class DeliveryRunException(Exception cause) : Exception("The outbox could not be read or written.", cause);

/// <summary>A delivery that is back from the platform.</summary>
internal sealed record SentDelivery(BuiltDelivery Built, SendResult Result)
{
    public Data.Delivery Delivery => Built.Delivery;
}
