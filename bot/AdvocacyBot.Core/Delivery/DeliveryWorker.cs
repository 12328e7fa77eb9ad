using System.Data.Common;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Delivery;

/// <summary>
/// Sends what is in the outbox. <c>Sending</c> is committed before the platform is called, so that after a crash it is known what is in doubt; what is in doubt
/// is looked up where the platform can tell, and otherwise marked <c>Unknown</c> and never sent again by itself. One run per workspace at a time.
/// </summary>
public sealed partial class DeliveryWorker(
    IServiceScopeFactory scopes, Database database, IEnumerable<IChatSender> senders, TimeProvider clock, ILogger<DeliveryWorker> logger)
{
    public const int MaxAttempts = 8;

    private readonly Dictionary<string, IChatSender> senders = senders.ToDictionary(sender => sender.Platform, StringComparer.Ordinal);

    /// <summary>Sends everything that is due in a workspace.</summary>
    /// <returns>How many deliveries reached an end or were put off.</returns>
    public async Task<int> RunAsync(long workspaceId, CancellationToken cancellationToken)
    {
        var done = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
            var now = clock.GetUtcNow();
            var delivery = await db.Deliveries
                .Where(d => d.WorkspaceId == workspaceId && d.State == DeliveryState.Pending && d.NotBefore <= now)

                // While everything is stopped nothing new goes out; cards that stand are still brought in line, which takes their buttons away.
                .Where(d => d.Kind == DeliveryKind.PromptUpdate || db.Workspaces.Any(w => w.Id == workspaceId && w.StoppedAt == null))
                .OrderBy(d => d.NotBefore).ThenBy(d => d.Id)
                .FirstOrDefaultAsync(cancellationToken);
            if (delivery is null)
            {
                return done;
            }

            await SendAsync(scope.ServiceProvider, db, delivery, cancellationToken);
            done++;
        }

        return done;
    }

    /// <summary>Settles what an earlier run left in <c>Sending</c>; call it once at start, before any run.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        var doubtful = await db.Deliveries.Where(d => d.State == DeliveryState.Sending).ToListAsync(cancellationToken);
        foreach (var delivery in doubtful)
        {
            var (workspace, conversation) = await PlaceAsync(db, delivery, cancellationToken);
            var found = senders.TryGetValue(workspace.Platform, out var sender)
                ? await sender.FindAsync(workspace.Ref, conversation.Ref, delivery.PublicId, cancellationToken)
                : new Reconciled.CannotTell();
            if (found is Reconciled.Found there)
            {
                var content = Content(scope.ServiceProvider, delivery.Kind);
                await SaveAsync(db, async () =>
                {
                    Settle(delivery, DeliveryState.Sent, null);
                    delivery.MessageId = there.MessageId;
                    await content.OnSentAsync(delivery, there.MessageId, cancellationToken);
                }, cancellationToken);
            }
            else
            {
                // An update can be made twice without harm; a message that is not there can be sent again; of the rest nobody knows. A note stands in the
                // person's own chat, where the platform was not asked to look.
                var again = (found is Reconciled.NotThere && delivery.Kind != DeliveryKind.Note) || delivery.Kind == DeliveryKind.PromptUpdate;
                await SaveAsync(db, () =>
                {
                    Settle(delivery, again ? DeliveryState.Pending : DeliveryState.Unknown, again ? null : "interrupted");
                    return Task.CompletedTask;
                }, cancellationToken);
            }

            Log.Recovered(logger, delivery.Id, delivery.State);
        }
    }

    private static IDeliveryContent Content(IServiceProvider services, DeliveryKind kind) =>
        services.GetServices<IDeliveryContent>().First(content => content.Kind == kind);

    private static async Task<(Workspace Workspace, Conversation Conversation)> PlaceAsync(AdvocacyDb db, Data.Delivery delivery, CancellationToken cancellationToken) =>
        (await db.Workspaces.FirstAsync(w => w.Id == delivery.WorkspaceId, cancellationToken),
         await db.Conversations.FirstAsync(c => c.Id == delivery.ConversationId, cancellationToken));

    /// <summary>Doubles from 2 seconds to about 4 minutes.</summary>
    private static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(Math.Pow(2, Math.Clamp(attempts, 1, 8)));

    private async Task SendAsync(IServiceProvider services, AdvocacyDb db, Data.Delivery delivery, CancellationToken cancellationToken)
    {
        if (await BuildAsync(services, delivery, cancellationToken) is not var (content, what))
        {
            // Without what a failed building left behind.
            db.ChangeTracker.Clear();
            db.Attach(delivery);
            await SaveAsync(db, () =>
            {
                PutOff(delivery);
                return Task.CompletedTask;
            }, cancellationToken);
            return;
        }

        if (what is DeliveryContent.Skip skip)
        {
            await SaveAsync(db, () =>
            {
                Settle(delivery, DeliveryState.Skipped, skip.Reason);
                return Task.CompletedTask;
            }, cancellationToken);
            Log.Skipped(logger, delivery.Id, delivery.Kind, skip.Reason);
            return;
        }

        if (what is DeliveryContent.Wait wait)
        {
            await SaveAsync(db, () =>
            {
                Settle(delivery, DeliveryState.Pending, wait.Reason);
                delivery.NotBefore = wait.Until;
                return Task.CompletedTask;
            }, cancellationToken);
            return;
        }

        var (workspace, conversation) = await PlaceAsync(db, delivery, cancellationToken);
        var recipient = delivery.PersonId is { } personId ? await db.People.AsNoTracking().FirstAsync(p => p.Id == personId, cancellationToken) : null;
        if (!senders.TryGetValue(workspace.Platform, out var sender))
        {
            await SaveAsync(db, () =>
            {
                Settle(delivery, DeliveryState.Failed, "platform_off");
                return Task.CompletedTask;
            }, cancellationToken);
            return;
        }

        await SaveAsync(db, () =>
        {
            delivery.Attempts++;
            Settle(delivery, DeliveryState.Sending, null);
            return Task.CompletedTask;
        }, cancellationToken);

        var result = await CallAsync(sender, new Target(workspace, conversation, recipient), delivery, what, cancellationToken);
        await SaveAsync(db, () => ApplyAsync(delivery, content, result, cancellationToken), CancellationToken.None);
        Log.Sent(logger, delivery.Id, delivery.Kind, delivery.State);
    }

    /// <returns>Null where it threw: one delivery that cannot be built must not hold up those behind it.</returns>
    private async Task<(IDeliveryContent Content, DeliveryContent What)?> BuildAsync(
        IServiceProvider services, Data.Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            var content = Content(services, delivery.Kind);
            return (content, await content.BuildAsync(delivery, cancellationToken));
        }
        catch (Exception e) when (e is not DbException and not OperationCanceledException)
        {
            Log.NotBuilt(logger, delivery.Id, e);
            return null;
        }
    }

    private void PutOff(Data.Delivery delivery)
    {
        delivery.Attempts++;
        Settle(delivery, delivery.Attempts < MaxAttempts ? DeliveryState.Pending : DeliveryState.Failed, "not_built");
        delivery.NotBefore = clock.GetUtcNow() + Backoff(delivery.Attempts);
    }

    private async Task<SendResult> CallAsync(
        IChatSender sender, Target target, Data.Delivery delivery, DeliveryContent what, CancellationToken cancellationToken)
    {
        OutboundMessage Message(Cards.AdaptiveCard card, string summary) => new()
        {
            DeliveryId = delivery.PublicId,
            Workspace = target.Workspace.Ref,
            Conversation = target.Conversation.Ref,
            Recipient = target.Recipient?.Ref,
            Card = card,
            Summary = summary,
        };

        try
        {
            return what switch
            {
                DeliveryContent.Post post => await sender.SendAsync(Message(post.Card, post.Summary), cancellationToken),
                DeliveryContent.Update update => await sender.UpdateAsync(Message(update.Card, update.Summary), update.MessageId, cancellationToken),
                _ => throw new InvalidOperationException($"{what.GetType().Name} cannot be sent."),
            };
        }
        catch (Exception e)
        {
            // It may have arrived: a bug or an outage in the adapter must not turn into a second message.
            Log.Threw(logger, delivery.Id, e);
            return new SendResult.Unknown("interrupted");
        }
    }

    private async Task ApplyAsync(Data.Delivery delivery, IDeliveryContent content, SendResult result, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case SendResult.Sent sent:
                Settle(delivery, DeliveryState.Sent, null);
                delivery.MessageId = sent.MessageId;
                await content.OnSentAsync(delivery, sent.MessageId, cancellationToken);
                break;
            case SendResult.RetryAfter retry when delivery.Attempts < MaxAttempts:
                Settle(delivery, DeliveryState.Pending, "asked_to_wait");
                delivery.NotBefore = clock.GetUtcNow() + (retry.After > TimeSpan.Zero ? retry.After : Backoff(delivery.Attempts));
                break;
            case SendResult.RetryAfter:
                Settle(delivery, DeliveryState.Failed, "asked_to_wait_too_often");
                break;
            case SendResult.Gone gone:
                Settle(delivery, DeliveryState.Failed, gone.Reason);
                break;
            case SendResult.Rejected rejected:
                Settle(delivery, DeliveryState.Failed, rejected.Reason);
                break;
            case SendResult.Unknown when delivery.Kind == DeliveryKind.PromptUpdate && delivery.Attempts < MaxAttempts:
                Settle(delivery, DeliveryState.Pending, "interrupted");
                delivery.NotBefore = clock.GetUtcNow() + Backoff(delivery.Attempts);
                break;
            case SendResult.Unknown unknown:
                Settle(delivery, DeliveryState.Unknown, unknown.Reason);
                break;
        }
    }

    private void Settle(Data.Delivery delivery, DeliveryState state, string? reason)
    {
        delivery.State = state;
        delivery.Reason = reason;
        delivery.UpdatedAt = clock.GetUtcNow();
    }

    private async Task SaveAsync(AdvocacyDb db, Func<Task> change, CancellationToken cancellationToken)
    {
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await change();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record Target(Workspace Workspace, Conversation Conversation, Person? Recipient);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Delivery {Delivery} ({Kind}) is {State}")]
        public static partial void Sent(ILogger logger, long delivery, DeliveryKind kind, DeliveryState state);

        [LoggerMessage(2, LogLevel.Information, "Delivery {Delivery} ({Kind}) skipped: {Reason}")]
        public static partial void Skipped(ILogger logger, long delivery, DeliveryKind kind, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Delivery {Delivery} was interrupted by a stop; now {State}")]
        public static partial void Recovered(ILogger logger, long delivery, DeliveryState state);

        [LoggerMessage(4, LogLevel.Error, "Sending delivery {Delivery} threw")]
        public static partial void Threw(ILogger logger, long delivery, Exception exception);

        [LoggerMessage(5, LogLevel.Error, "What delivery {Delivery} says could not be made")]
        public static partial void NotBuilt(ILogger logger, long delivery, Exception exception);
    }
}
