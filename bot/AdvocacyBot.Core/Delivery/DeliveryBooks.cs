using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Delivery;

/// <summary>Writes down what became of deliveries, and which go out next: <c>Sending</c> is committed before the platform is called.</summary>
internal sealed partial class DeliveryBooks(string platform, Outbox outbox, Database database, IServiceScopeFactory scopes, TimeProvider clock, ILogger logger)
{
    /// <summary>What has been sent must not be forgotten because the database is away for a moment, as while its server changes over.</summary>
    private static readonly TimeSpan[] Pauses = [.. new[] { 0, 0.5, 1, 2, 4, 8, 15 }.Select(TimeSpan.FromSeconds)];

    /// <summary>One transaction for all; where it fails, one for each of those that came back, so that none suffers from another.</summary>
    /// <returns>Ids of the built ones that are to be sent now, and what went wrong: then none of them is.</returns>
    public async Task<(IReadOnlySet<long> Marked, Exception? Failure)> WriteAsync(IReadOnlyList<SentDelivery> back, IReadOnlyList<BuiltDelivery> built)
    {
        try
        {
            return (await WriteOnceAsync(back, built, withNotes: true), null);
        }
        catch (Exception e)
        {
            Log.NotWritten(logger, back.Count, built.Count, e);
            foreach (var one in back)
            {
                await InsistAsync(one);
            }

            // A row that another change overtook says nothing about the others: they are read again.
            return (new HashSet<long>(), Collision.Is(e) ? null : e);
        }
    }

    /// <summary>Settles what a run that broke off left in doubt.</summary>
    /// <param name="settled">Each with what it becomes.</param>
    public Task SettleAsync(IEnumerable<(Data.Delivery Delivery, DeliveryOutcome Outcome)> settled) =>
        WriteOnceAsync([], [.. settled.Select(one => new BuiltDelivery(one.Delivery, IsUpdate: false, What: null, Message: null, one.Outcome))], withNotes: true);

    private async Task InsistAsync(SentDelivery one)
    {
        for (var attempt = 0; attempt < Pauses.Length; attempt++)
        {
            try
            {
                if (Pauses[attempt] > TimeSpan.Zero)
                {
                    await Task.Delay(Pauses[attempt], clock);
                }

                // In the end the delivery is more than what its kind notes beside it.
                await WriteOnceAsync([one], [], withNotes: attempt < Pauses.Length - 1);
                return;
            }
            catch (Exception e)
            {
                Log.NotWritten(logger, 1, 0, e);
            }
        }

        Log.LeftInDoubt(logger, one.Delivery.Id);
    }

    private async Task<HashSet<long>> WriteOnceAsync(IReadOnlyList<SentDelivery> back, IReadOnlyList<BuiltDelivery> built, bool withNotes)
    {
        var now = clock.GetUtcNow();
        var outcomes = back.Select(one => (one.Delivery, Outcome: DeliveryOutcome.Of(one.Delivery.Attempts + 1, one.Built.IsUpdate, one.Result, now)))
            .Concat(built.Where(one => one.Outcome is not null).Select(one => (one.Delivery, Outcome: one.Outcome!)))
            .ToList();
        var next = built.Where(one => one.Outcome is null).Select(one => one.Delivery.Id).ToList();
        var marked = new HashSet<long>();

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        using (await database.EnterWriteAsync(CancellationToken.None))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            if (outcomes.Count > 0)
            {
                await outbox.SettleAsync(db, outcomes.Select(o => (o.Delivery.Id, o.Outcome)), now, CancellationToken.None);
                if (withNotes)
                {
                    await NoteAsync(scope.ServiceProvider, outcomes);
                    await db.SaveChangesAsync();
                }
            }

            if (next.Count > 0)
            {
                marked = await outbox.MarkAsync(db, next, now, CancellationToken.None);
            }

            await transaction.CommitAsync();
        }

        outcomes.ForEach(Tell);
        return marked;
    }

    private static async Task NoteAsync(IServiceProvider services, List<(Data.Delivery Delivery, DeliveryOutcome Outcome)> outcomes)
    {
        foreach (var sent in outcomes.Where(o => o.Outcome.State == DeliveryState.Sent).ToLookup(o => o.Delivery.Kind, o => (o.Delivery, o.Outcome.MessageId!)))
        {
            await DeliveryBuilder.Content(services, sent.Key).OnSentManyAsync([.. sent], CancellationToken.None);
        }
    }

    private void Tell((Data.Delivery Delivery, DeliveryOutcome Outcome) settled)
    {
        var (delivery, outcome) = settled;
        BotTelemetry.Came(platform, delivery.Kind, outcome.State, outcome.Reason);
        if (outcome.State is DeliveryState.Sent or DeliveryState.Pending)
        {
            Log.Settled(logger, delivery.Id, delivery.Kind, outcome.State);
        }
        else
        {
            Log.NotSent(logger, delivery.Id, delivery.Kind, outcome.State, outcome.Reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Delivery {Delivery} ({Kind}) is {State}")]
        public static partial void Settled(ILogger logger, long delivery, DeliveryKind kind, DeliveryState state);

        [LoggerMessage(2, LogLevel.Information, "Delivery {Delivery} ({Kind}) is {State}: {Reason}")]
        public static partial void NotSent(ILogger logger, long delivery, DeliveryKind kind, DeliveryState state, string? reason);

        [LoggerMessage(3, LogLevel.Warning, "What became of {Sent} deliveries, and that {Built} are to be sent, could not be written; it is tried again")]
        public static partial void NotWritten(ILogger logger, int sent, int built, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "What became of delivery {Delivery} could not be written: it stands in doubt, and is looked up at the next run")]
        public static partial void LeftInDoubt(ILogger logger, long delivery);
    }
}
