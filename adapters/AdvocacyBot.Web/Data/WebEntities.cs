namespace AdvocacyBot.Web.Data;

/// <summary>A message in the browser chat, as everybody who may see it sees it.</summary>
internal sealed class WebMessage
{
    public required string Id { get; init; }

    /// <summary>External id of the conversation.</summary>
    public required string ChannelId { get; init; }

    /// <summary>External id of the person who wrote it; null: the bot.</summary>
    public string? AuthorId { get; init; }

    /// <summary>External id of the only person who sees it; null: everybody in the channel.</summary>
    public string? VisibleTo { get; init; }

    public string? Text { get; init; }

    /// <summary>Adaptive Card as JSON.</summary>
    public string? Card { get; init; }

    public string? Summary { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Its place: the number of the change that made it.</summary>
    public long Seq { get; init; }

    /// <summary>The number of the last change of what it says.</summary>
    public long ContentSeq { get; init; }

    /// <summary>The number of its last change of any sort, reactions and removal included.</summary>
    public long ChangeSeq { get; init; }

    /// <summary>Unique; what a doubtful sending is looked up by.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>Unique; the request that made it.</summary>
    public string? DedupKey { get; init; }
}

/// <summary>What one person sees in place of a shared message's card since pressing a button on it.</summary>
internal sealed class WebOverlay
{
    public required string MessageId { get; init; }

    public required string PersonId { get; init; }

    public required string Card { get; init; }

    public long ChangeSeq { get; init; }
}

internal sealed class WebReaction
{
    public required string MessageId { get; init; }

    public required string PersonId { get; init; }

    public required string Reaction { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>
/// The one row that numbers changes. Every write raises it first, in its own transaction: the row's lock makes the numbers become visible in their order,
/// on PostgreSQL too, so that a reader who has seen number n has missed none before it.
/// </summary>
internal sealed class WebClock
{
    public int Id { get; init; }

    public long Seq { get; init; }
}
