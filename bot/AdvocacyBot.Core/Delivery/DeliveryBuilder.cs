using System.Data.Common;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Delivery;

/// <summary>A delivery with what it says now.</summary>
/// <param name="Delivery">Its row, as it was read.</param>
/// <param name="IsUpdate">It changes a message that is there.</param>
/// <param name="What">Null where it could not be built.</param>
/// <param name="Message">Set where it is to be sent.</param>
/// <param name="Outcome">Set where it is not.</param>
internal sealed record BuiltDelivery(Data.Delivery Delivery, bool IsUpdate, DeliveryContent? What, OutboundMessage? Message, DeliveryOutcome? Outcome);

/// <summary>Reads what deliveries say, many at once; one that cannot be built holds up no other.</summary>
internal sealed partial class DeliveryBuilder(IServiceScopeFactory scopes, IReadOnlyCollection<DeliveryKind> updateKinds, TimeProvider clock, ILogger logger)
{
    public bool IsUpdate(DeliveryKind kind) => updateKinds.Contains(kind);

    /// <param name="workspace">Of all of them.</param>
    /// <param name="canSend">Whether the workspace's platform is switched on.</param>
    /// <param name="deliveries">Each for a person or conversation of its own.</param>
    public async Task<List<BuiltDelivery>> BuildAsync(Workspace workspace, bool canSend, IReadOnlyList<Data.Delivery> deliveries)
    {
        await using var scope = scopes.CreateAsyncScope();
        var built = new List<(Data.Delivery Delivery, DeliveryContent? What)>(deliveries.Count);
        foreach (var kind in deliveries.GroupBy(delivery => delivery.Kind))
        {
            built.AddRange(await BuildAsync(scope.ServiceProvider, kind.Key, [.. kind]));
        }

        var db = scope.ServiceProvider.GetRequiredService<AdvocacyDb>();
        var conversationIds = built.Where(b => IsPosted(b.What)).Select(b => b.Delivery.ConversationId).Distinct().ToList();
        var personIds = built.Where(b => IsPosted(b.What)).Select(b => b.Delivery.PersonId).OfType<long>().Distinct().ToList();
        var conversations = conversationIds.Count == 0
            ? []
            : await db.Conversations.AsNoTracking().Where(c => conversationIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Ref);
        var people = personIds.Count == 0 ? [] : await db.People.AsNoTracking().Where(p => personIds.Contains(p.Id))
            .Select(p => new { p.Id, Ref = new PersonRef(p.ExternalId, p.Name, p.TimeZone) }).ToDictionaryAsync(p => p.Id, p => p.Ref);
        return built.ConvertAll(b => Decide(workspace, canSend, b.Delivery, b.What, conversations, people));
    }

    private static bool IsPosted(DeliveryContent? what) => what is DeliveryContent.Post or DeliveryContent.Update;

    private BuiltDelivery Decide(
        Workspace workspace,
        bool canSend,
        Data.Delivery delivery,
        DeliveryContent? what,
        Dictionary<long, ConversationRef> conversations,
        Dictionary<long, PersonRef> people)
    {
        var isUpdate = IsUpdate(delivery.Kind);
        var outcome = what switch
        {
            null => DeliveryOutcome.NotBuilt(delivery.Attempts, clock.GetUtcNow()),
            DeliveryContent.Skip skip => new DeliveryOutcome(DeliveryState.Pending, DeliveryState.Skipped, skip.Reason),
            DeliveryContent.Wait wait => new DeliveryOutcome(DeliveryState.Pending, DeliveryState.Pending, wait.Reason, NotBefore: wait.Until),
            _ when !canSend => new DeliveryOutcome(DeliveryState.Pending, DeliveryState.Failed, "platform_off"),
            _ when delivery.PersonId is { } gone && !people.ContainsKey(gone) => new DeliveryOutcome(DeliveryState.Pending, DeliveryState.Skipped, "person_gone"),
            _ => null,
        };
        if (outcome is not null)
        {
            return new BuiltDelivery(delivery, isUpdate, what, Message: null, outcome);
        }

        var (card, summary) = what switch
        {
            DeliveryContent.Post post => (post.Card, post.Summary),
            DeliveryContent.Update update => (update.Card, update.Summary),
            _ => throw new InvalidOperationException($"{what!.GetType().Name} has no card."),
        };
        var message = new OutboundMessage
        {
            DeliveryId = delivery.PublicId,
            Workspace = workspace.Ref,
            Conversation = conversations[delivery.ConversationId],
            Recipient = delivery.PersonId is { } person ? people[person] : null,
            Card = card,
            Summary = summary,
        };
        return new BuiltDelivery(delivery, isUpdate, what, message, Outcome: null);
    }

    private async Task<IEnumerable<(Data.Delivery, DeliveryContent?)>> BuildAsync(IServiceProvider services, DeliveryKind kind, List<Data.Delivery> deliveries)
    {
        try
        {
            var what = await Content(services, kind).BuildManyAsync(deliveries, CancellationToken.None);
            return deliveries.Zip(what, (delivery, one) => (delivery, (DeliveryContent?)one));
        }
        catch (Exception e) when (e is not DbException)
        {
            if (deliveries is [var only])
            {
                Log.NotBuilt(logger, only.Id, e);
                return [(only, null)];
            }
        }

        var apart = new List<(Data.Delivery, DeliveryContent?)>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            // Without what a failed building left behind.
            await using var scope = scopes.CreateAsyncScope();
            apart.AddRange(await BuildAsync(scope.ServiceProvider, kind, [delivery]));
        }

        return apart;
    }

    internal static IDeliveryContent Content(IServiceProvider services, DeliveryKind kind) =>
        services.GetServices<IDeliveryContent>().First(content => content.Kind == kind);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "What delivery {Delivery} says could not be made")]
        public static partial void NotBuilt(ILogger logger, long delivery, Exception exception);
    }
}
