using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Delivery;

/// <summary>
/// What a kind of delivery says, built when it is sent, so that it is up to date; one per <see cref="DeliveryKind"/>. Scoped; it sees the same
/// <see cref="AdvocacyDb"/> as the worker.
/// </summary>
public interface IDeliveryContent
{
    DeliveryKind Kind { get; }

    /// <summary>It changes a message that is there, which may be done twice without harm and goes on while everything is stopped.</summary>
    bool Updates => false;

    /// <summary>Reads what is to be said now, or why nothing is.</summary>
    Task<DeliveryContent> BuildAsync(Data.Delivery delivery, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="BuildAsync"/> for several at once, each for a person or a conversation of its own. A kind that goes out by the thousand reads here with one query what
    /// it needs for all, and gives those that are alike the same card.
    /// </summary>
    /// <returns>One for each, in their order.</returns>
    async Task<IReadOnlyList<DeliveryContent>> BuildManyAsync(IReadOnlyList<Data.Delivery> deliveries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        var built = new DeliveryContent[deliveries.Count];
        for (var i = 0; i < built.Length; i++)
        {
            built[i] = await BuildAsync(deliveries[i], cancellationToken);
        }

        return built;
    }

    /// <summary>Notes on its own rows that it went out; runs in the transaction that marks the delivery sent, which the worker saves.</summary>
    Task OnSentAsync(Data.Delivery delivery, string messageId, CancellationToken cancellationToken);

    /// <summary>As <see cref="OnSentAsync"/> for several at once; a kind that goes out by the thousand writes here with one statement what it notes for all.</summary>
    async Task OnSentManyAsync(IReadOnlyList<(Data.Delivery Delivery, string MessageId)> sent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sent);
        foreach (var (delivery, messageId) in sent)
        {
            await OnSentAsync(delivery, messageId, cancellationToken);
        }
    }
}

public abstract record DeliveryContent
{
    private DeliveryContent() { }

    /// <param name="Card">In the conversation's language.</param>
    /// <param name="Summary">One line of plain text for notifications.</param>
    public sealed record Post(AdaptiveCard Card, string Summary) : DeliveryContent;

    /// <summary>Replaces a message that is there.</summary>
    public sealed record Update(AdaptiveCard Card, string Summary, string MessageId) : DeliveryContent;

    /// <param name="Reason">Machine-readable, shown to comms in words, e.g. <c>campaign_closed</c>.</param>
    public sealed record Skip(string Reason) : DeliveryContent;

    /// <summary>Not now: the person it is for is not to be written to before that. No attempt is counted.</summary>
    /// <param name="Until">Asked again then.</param>
    /// <param name="Reason">As of <see cref="Skip"/>, e.g. <c>quiet_hours</c>.</param>
    public sealed record Wait(DateTimeOffset Until, string Reason) : DeliveryContent;
}
