using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>
/// Carries out what was decided about unknown messages: the platform is asked for each; what it knows nothing about, or cannot tell, is done as comms chose. Nothing is
/// sent a second time unless somebody chose that, or the platform says that it is not there.
/// </summary>
public sealed partial class Settlements(
    IServiceScopeFactory scopes, Database database, IEnumerable<IChatSender> senders, DeliverySignal signal, TimeProvider clock, ILogger<Settlements> logger)
{
    /// <summary>The rest stays unknown.</summary>
    public const string Look = "settle_look";

    /// <summary>The rest counts as arrived.</summary>
    public const string Arrived = "settle_arrived";

    /// <summary>The rest is sent again, though some may get it twice.</summary>
    public const string Again = "settle_again";

    /// <summary>Platforms allow few searches in a minute, and what is to be sent should not wait for them.</summary>
    private const int AtOnce = 20;

    private readonly Dictionary<string, IChatSender> senders = senders.ToDictionary(sender => sender.Platform, StringComparer.Ordinal);

    public static IReadOnlyList<string> All { get; } = [Look, Arrived, Again];

    /// <summary>Some of a workspace's; call it with every run of its sending.</summary>
    /// <returns>How many were settled.</returns>
    public async Task<int> RunAsync(long workspaceId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        var now = clock.GetUtcNow();
        var asked = await db.Deliveries.AsNoTracking()
            .Where(d => d.WorkspaceId == workspaceId && d.State == DeliveryState.Unknown && d.Reason != null && All.Contains(d.Reason) && d.NotBefore <= now)
            .OrderBy(d => d.Id).Take(AtOnce).Select(d => d.Id).ToListAsync(cancellationToken);
        foreach (var id in asked)
        {
            await SettleAsync(id, cancellationToken);
        }

        if (asked.Count == AtOnce)
        {
            signal.Raise(workspaceId);
        }

        return asked.Count;
    }

    private async Task SettleAsync(long id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        var delivery = await db.Deliveries.FirstAsync(d => d.Id == id, cancellationToken);
        var how = delivery.Reason;
        var workspace = await db.Workspaces.AsNoTracking().FirstAsync(w => w.Id == delivery.WorkspaceId, cancellationToken);
        var conversation = await db.Conversations.AsNoTracking().FirstAsync(c => c.Id == delivery.ConversationId, cancellationToken);
        var recipient = delivery.PersonId is { } personId ? await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == personId, cancellationToken) : null;
        var found = senders.TryGetValue(workspace.Platform, out var sender) && (delivery.PersonId is null || recipient is not null)
            ? await sender.FindAsync(workspace.Ref, conversation.Ref, recipient?.Ref, delivery.PublicId, cancellationToken)
            : new Reconciled.CannotTell();
        var content = scope.ServiceProvider.GetServices<IDeliveryContent>().First(c => c.Kind == delivery.Kind);

        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        switch (found)
        {
            case Reconciled.Found there:
                Settle(DeliveryState.Sent, null);
                delivery.MessageId = there.MessageId;
                await content.OnSentAsync(delivery, there.MessageId, cancellationToken);
                break;
            case Reconciled.AskLater later:
                delivery.NotBefore = now + later.After;
                break;
            case Reconciled.NotThere:
                Settle(DeliveryState.Pending, null);
                break;
            default:
                if (how == Arrived)
                {
                    Settle(DeliveryState.Sent, "counted_as_arrived");
                    await SeenAsync(db, delivery, now, cancellationToken);
                }
                else if (how == Again)
                {
                    Settle(DeliveryState.Pending, null);
                }
                else
                {
                    Settle(DeliveryState.Unknown, "cannot_tell");
                }

                break;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Settled(logger, delivery.Id, delivery.State);

        void Settle(DeliveryState state, string? reason)
        {
            delivery.State = state;
            delivery.Reason = reason;
            delivery.UpdatedAt = now;
            delivery.NotBefore = now;
            if (state == DeliveryState.Pending)
            {
                delivery.Attempts = 0;
            }
        }
    }

    /// <summary>It counts as seen, though there is no message that could be changed later.</summary>
    private static async Task SeenAsync(AdvocacyDb db, Data.Delivery delivery, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (delivery.PromptId is not { } promptId)
        {
            return;
        }

        var prompt = await db.Prompts.FirstAsync(p => p.Id == promptId, cancellationToken);
        prompt.PostedAt ??= now;
        if (delivery.PersonId is { } person && !await db.Memberships.AnyAsync(m => m.ConversationId == prompt.ConversationId && m.PersonId == person, cancellationToken))
        {
            db.Memberships.Add(new Membership { ConversationId = prompt.ConversationId, PersonId = person, JoinedAt = now });
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Delivery {Delivery} was unknown and is settled: now {State}")]
        public static partial void Settled(ILogger logger, long delivery, DeliveryState state);
    }
}
