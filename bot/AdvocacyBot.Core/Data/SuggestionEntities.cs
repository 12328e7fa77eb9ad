namespace AdvocacyBot.Core.Data;

public enum SuggestionState
{
    /// <summary>In the queue of the communications team.</summary>
    Waiting = 0,

    /// <summary>A question went to the people who suggested it.</summary>
    AskedBack = 1,

    /// <summary>It is a campaign.</summary>
    Approved = 2,
    Declined = 3,

    /// <summary>Everybody who suggested it took it back.</summary>
    Withdrawn = 4,
}

/// <summary>Something worth sharing that came from an employee; who it came from stands in its <see cref="SuggestionCredit"/>s.</summary>
public sealed class Suggestion
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public SuggestionState State { get; set; }

    /// <summary>http or https; null for a story without one.</summary>
    public string? Link { get; set; }

    /// <summary>
    /// Unique while the suggestion is open and null afterwards: what makes the second suggestion of a link join the first, also when both come at once.
    /// Workspace and <see cref="Suggestions.CanonicalLink"/>.
    /// </summary>
    public string? OpenKey { get; set; }

    public required string Title { get; set; }

    /// <summary>Why it is worth sharing, in the words of who suggested it first.</summary>
    public string Why { get; set; } = "";

    /// <summary>What a colleague could post.</summary>
    public string Text { get; set; } = "";

    /// <summary>Address of a picture or video; http or https.</summary>
    public string? MediaUrl { get; set; }

    /// <summary>ISO 639-1 of title and text.</summary>
    public required string Language { get; set; }

    /// <summary>Key of the ready-made reason it was declined with, or null.</summary>
    public string? ReasonKey { get; set; }

    /// <summary>The decider's own words with a decline.</summary>
    public string? Reason { get; set; }

    public string? Question { get; set; }

    public long? AskedById { get; set; }

    public string? Answer { get; set; }

    public long? CampaignId { get; set; }

    /// <summary>The feed that brought it, alone or beside people.</summary>
    public long? FeedId { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Counts changes; optimistic concurrency.</summary>
    public int Version { get; set; }
}

/// <summary>One person's part in a suggestion.</summary>
public sealed class SuggestionCredit
{
    public long SuggestionId { get; init; }

    public long PersonId { get; init; }

    /// <summary>The channel it counts in.</summary>
    public long ConversationId { get; set; }

    /// <summary>Whether the person agreed to be named with it in channels.</summary>
    public bool ByName { get; set; }

    /// <summary>Own words of somebody who joined a suggestion that was there.</summary>
    public string Why { get; set; } = "";

    public string Text { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Counts withdrawals, so that what is suggested again counts again.</summary>
    public int Generation { get; set; }
}
