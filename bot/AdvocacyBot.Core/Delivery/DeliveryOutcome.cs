using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Delivery;

/// <summary>What a delivery's row becomes.</summary>
/// <param name="From">The state it has to be in: what somebody has changed meanwhile stays as they left it.</param>
/// <param name="State">The state it comes to.</param>
/// <param name="Reason">Machine-readable; null: none.</param>
/// <param name="MessageId">The platform's; null: as it was.</param>
/// <param name="NotBefore">Null: as it was.</param>
/// <param name="Attempts">Added to the row's.</param>
internal sealed record DeliveryOutcome(
    DeliveryState From, DeliveryState State, string? Reason = null, string? MessageId = null, DateTimeOffset? NotBefore = null, int Attempts = 0)
{
    /// <summary>Calls that may be made for one delivery.</summary>
    public const int MaxAttempts = 8;

    /// <summary>Doubles from 2 seconds to about 4 minutes.</summary>
    public static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(Math.Pow(2, Math.Clamp(attempts, 1, 8)));

    /// <param name="attempts">Calls made, this one included.</param>
    /// <param name="isUpdate">It replaces a message, which can be done twice without harm.</param>
    /// <param name="result">What the platform said.</param>
    /// <param name="now">The time.</param>
    public static DeliveryOutcome Of(int attempts, bool isUpdate, SendResult result, DateTimeOffset now) => result switch
    {
        SendResult.Sent sent => new(DeliveryState.Sending, DeliveryState.Sent, MessageId: sent.MessageId),

        // What holds for everything says nothing about this message: it keeps its place in the queue, and no attempt is counted.
        SendResult.RetryAfter { Holds: not Throttled.Conversation } => new(DeliveryState.Sending, DeliveryState.Pending, Attempts: -1),
        SendResult.RetryAfter retry when attempts < MaxAttempts => new(
            DeliveryState.Sending, DeliveryState.Pending, "asked_to_wait", NotBefore: now + (retry.After > TimeSpan.Zero ? retry.After : Backoff(attempts))),
        SendResult.RetryAfter => new(DeliveryState.Sending, DeliveryState.Failed, "asked_to_wait_too_often"),
        SendResult.Gone gone => new(DeliveryState.Sending, DeliveryState.Failed, gone.Reason),
        SendResult.Rejected rejected => new(DeliveryState.Sending, DeliveryState.Failed, rejected.Reason),
        SendResult.Unknown when isUpdate && attempts < MaxAttempts => new(DeliveryState.Sending, DeliveryState.Pending, "interrupted", NotBefore: now + Backoff(attempts)),
        SendResult.Unknown unknown => new(DeliveryState.Sending, DeliveryState.Unknown, unknown.Reason),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is no outcome."),
    };

    /// <summary>What it says could not be made.</summary>
    public static DeliveryOutcome NotBuilt(int attempts, DateTimeOffset now) => attempts + 1 < MaxAttempts
        ? new(DeliveryState.Pending, DeliveryState.Pending, "not_built", NotBefore: now + Backoff(attempts + 1), Attempts: 1)
        : new(DeliveryState.Pending, DeliveryState.Failed, "not_built", Attempts: 1);
}
