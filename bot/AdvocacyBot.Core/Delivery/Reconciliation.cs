using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Delivery;

/// <summary>
/// Settles what a run that broke off left in <c>Sending</c>. Whoever calls holds the workspace's fence, so that nothing of it is on its way now. A message that the
/// platform finds was sent; one that it knows is not there is sent again; of the rest nobody knows, and a person decides.
/// </summary>
internal sealed partial class Reconciliation(
    Workspace workspace, IChatSender? sender, DeliveryBuilder builder, DeliveryBooks books, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock, ILogger logger)
{
    private const int AtOnce = 8;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<(Data.Delivery Delivery, Conversation Conversation, Person? Person)> doubtful;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var rows = await (
                from d in Outbox.Doubtful(db, workspace.Id).AsNoTracking()
                where d.NotBefore <= now
                join c in db.Conversations.AsNoTracking() on d.ConversationId equals c.Id
                join p in db.People.AsNoTracking() on d.PersonId equals p.Id into people
                from p in people.DefaultIfEmpty()
                orderby d.Id
                select new { Delivery = d, Conversation = c, Person = p }).ToListAsync(cancellationToken);
            doubtful = rows.ConvertAll(row => (row.Delivery, row.Conversation, (Person?)row.Person));
        }

        foreach (var some in doubtful.Chunk(AtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = await Task.WhenAll(some.Select(one => FindAsync(one.Delivery, one.Conversation, one.Person, cancellationToken)));
            List<(Data.Delivery Delivery, DeliveryOutcome Outcome)> settled = [.. some.Zip(found, (one, answer) => (one.Delivery, Outcome(one.Delivery, answer)))];
            await books.SettleAsync(settled);
            settled.ForEach(one => Log.Recovered(logger, one.Delivery.Id, one.Outcome.State));
        }
    }

    private async Task<Reconciled> FindAsync(Data.Delivery delivery, Conversation conversation, Person? person, CancellationToken cancellationToken)
    {
        if (sender is null || (delivery.PersonId is not null && person is null))
        {
            return new Reconciled.CannotTell();
        }

        try
        {
            return await sender.FindAsync(workspace.Ref, conversation.Ref, person?.Ref, delivery.PublicId, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotFound(logger, delivery.Id, e);
            return new Reconciled.AskLater(TimeSpan.FromMinutes(1));
        }
    }

    private DeliveryOutcome Outcome(Data.Delivery delivery, Reconciled answer)
    {
        var isUpdate = builder.IsUpdate(delivery.Kind);
        return answer switch
        {
            Reconciled.Found there => new DeliveryOutcome(DeliveryState.Sending, DeliveryState.Sent, MessageId: there.MessageId),
            Reconciled.AskLater later when !isUpdate => new DeliveryOutcome(DeliveryState.Sending, DeliveryState.Sending, NotBefore: clock.GetUtcNow() + later.After),

            // An update can be made twice without harm; a message that is not there can be sent again.
            Reconciled.NotThere => new DeliveryOutcome(DeliveryState.Sending, DeliveryState.Pending),
            _ when isUpdate => new DeliveryOutcome(DeliveryState.Sending, DeliveryState.Pending),
            _ => new DeliveryOutcome(DeliveryState.Sending, DeliveryState.Unknown, "interrupted"),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Delivery {Delivery} was interrupted by a stop; now {State}")]
        public static partial void Recovered(ILogger logger, long delivery, DeliveryState state);

        [LoggerMessage(2, LogLevel.Error, "Looking for delivery {Delivery} threw; it is looked for again")]
        public static partial void NotFound(ILogger logger, long delivery, Exception exception);
    }
}
