using System.Runtime.InteropServices;
using AdvocacyBot.Core.Cards;

namespace AdvocacyBot.Core.Chat;

/// <summary>One per platform: puts our messages into its conversations. Expected outcomes are values, never exceptions.</summary>
public interface IChatSender
{
    /// <summary>One of <see cref="Platforms"/>.</summary>
    string Platform { get; }

    /// <summary>How many messages the platform's documented limits let into a workspace now, so that no more are begun than can go out.</summary>
    SendRoom RoomIn(WorkspaceRef workspace) => SendRoom.Unlimited;

    Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Replaces a message that was sent before.</summary>
    Task<SendResult> UpdateAsync(OutboundMessage message, string messageId, CancellationToken cancellationToken);

    /// <summary>Looks for a message by <see cref="OutboundMessage.DeliveryId"/> after a crash left its sending in doubt.</summary>
    /// <param name="workspace">Where it was sent.</param>
    /// <param name="conversation">The conversation; not looked at where there is a recipient.</param>
    /// <param name="recipient">Whom a direct message was for; null: it went to the conversation.</param>
    /// <param name="deliveryId">Ours.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<Reconciled> FindAsync(
        WorkspaceRef workspace, ConversationRef conversation, PersonRef? recipient, Guid deliveryId, CancellationToken cancellationToken);
}

/// <param name="Free">Messages that may go now.</param>
/// <param name="Next">Where that is none: how long until one may.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SendRoom(int Free, TimeSpan Next)
{
    public static readonly SendRoom Unlimited = new(int.MaxValue, TimeSpan.Zero);
}

/// <summary>A message to a conversation.</summary>
public sealed record OutboundMessage
{
    /// <summary>Ours; Slack carries it in message metadata.</summary>
    public required Guid DeliveryId { get; init; }

    public required WorkspaceRef Workspace { get; init; }

    public required ConversationRef Conversation { get; init; }

    public required AdaptiveCard Card { get; init; }

    /// <summary>One line of plain text: notification, toast and screen readers.</summary>
    public required string Summary { get; init; }

    /// <summary>Set for a direct message: the person it is for.</summary>
    public PersonRef? Recipient { get; init; }
}

/// <summary>What a platform's wish to wait holds for.</summary>
public enum Throttled
{
    /// <summary>This conversation, or this person's chat.</summary>
    Conversation = 0,

    /// <summary>All calls of the same kind (sends, or updates) in the workspace.</summary>
    Method = 1,

    /// <summary>Every call in the workspace or tenant.</summary>
    Workspace = 2,
}

/// <summary>What became of a send.</summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <param name="MessageId">The platform's id of the message.</param>
    public sealed record Sent(string MessageId) : SendResult;

    /// <summary>The platform asked to wait.</summary>
    /// <param name="After">How long; zero: the platform did not say.</param>
    /// <param name="Scope">What the wait holds for, in words, for logs.</param>
    /// <param name="Holds">What else has to wait: by default nothing but this message's own conversation or person.</param>
    public sealed record RetryAfter(TimeSpan After, string Scope, Throttled Holds = Throttled.Conversation) : SendResult;

    /// <summary>The conversation, person or installation does not exist any more; stop sending there.</summary>
    public sealed record Gone(string Reason) : SendResult;

    /// <summary>The platform will not take this message; sending it again does not help.</summary>
    public sealed record Rejected(string Reason) : SendResult;

    /// <summary>It may have been delivered (time-out, connection cut after the request left).</summary>
    public sealed record Unknown(string Reason) : SendResult;
}

/// <summary>The answer of <see cref="IChatSender.FindAsync"/>.</summary>
public abstract record Reconciled
{
    private Reconciled() { }

    public sealed record Found(string MessageId) : Reconciled;

    public sealed record NotThere : Reconciled;

    /// <summary>The platform offers no way to look.</summary>
    public sealed record CannotTell : Reconciled;

    /// <summary>It could tell, and does not want to be asked before that.</summary>
    /// <param name="After">How long.</param>
    public sealed record AskLater(TimeSpan After) : Reconciled;
}
