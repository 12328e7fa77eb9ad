namespace AdvocacyBot.Core.Data;

/// <summary>
/// Who changed what, append-only (the database refuses updates and deletions). Holds ids and machine-readable values, and none of people's words, so that
/// nothing in it has to be erased with a person.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Null: the settings, or time.</summary>
    public long? ActorId { get; init; }

    /// <summary>One of <see cref="Programme.AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>Id of the person, campaign, suggestion or conversation that the action's name begins with; 0 for the workspace itself.</summary>
    public long SubjectId { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }
}
