namespace AdvocacyBot.Core.Data;

public enum HelpState
{
    Waiting = 0,
    Answered = 1,
}

/// <summary>An employee asks how to answer what somebody said under their post; seen by them and by those who answer.</summary>
public sealed class HelpRequest
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public long PersonId { get; init; }

    /// <summary>What the post was about, where it is known.</summary>
    public long? CampaignId { get; init; }

    public HelpState State { get; set; }

    /// <summary>What was said, as the employee pasted it.</summary>
    public required string Said { get; init; }

    /// <summary>ISO 639-1: the language the employee asked in.</summary>
    public required string Language { get; init; }

    public string? Answer { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Optimistic concurrency: one of two who answer at once is told.</summary>
    public int Version { get; set; }
}

/// <summary>Wording that comms approved for whoever meets the same again. The occasion is in comms' words, never what a customer said.</summary>
public sealed class ApprovedAnswer
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    /// <summary>When it fits.</summary>
    public required string Occasion { get; set; }

    public required string Text { get; set; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often somebody said that it helped.</summary>
    public int Uses { get; set; }
}
