using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Teams.Data;

/// <summary>Where a conversation's messages go: what has to be kept of each activity to be able to write first.</summary>
internal sealed record ConversationReference
{
    /// <summary>Entra tenant.</summary>
    public required string TenantId { get; init; }

    /// <summary>Without <c>;messageid=…</c>.</summary>
    public required string ConversationId { get; init; }

    public required ConversationKind Kind { get; init; }

    /// <summary>As the last activity said it.</summary>
    public required string ServiceUrl { get; init; }

    /// <summary>Of a personal chat: the person, <c>29:…</c>.</summary>
    public string? UserId { get; init; }

    /// <summary>Of a channel: id of the team's General channel.</summary>
    public string? TeamId { get; init; }

    /// <summary>Why nothing can be sent there (see <c>TeamsReason</c>); null where it can.</summary>
    public string? Blocked { get; init; }
}

/// <summary>
/// Remembers where conversations are. Noting what is known already costs a look into memory, so it may be done for every activity.
/// </summary>
internal interface IConversationReferences
{
    /// <summary>Notes what an activity said; somebody writing there again lifts a block.</summary>
    ValueTask NoteAsync(ConversationReference reference, CancellationToken cancellationToken);

    /// <param name="tenantId">Entra tenant.</param>
    /// <param name="conversationId">Without <c>;messageid=…</c>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Null where the bot has not been heard of there.</returns>
    ValueTask<ConversationReference?> FindAsync(string tenantId, string conversationId, CancellationToken cancellationToken);

    /// <param name="tenantId">Entra tenant.</param>
    /// <param name="userId">The person, <c>29:…</c>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The person's chat with the bot, or null where there is none yet.</returns>
    ValueTask<ConversationReference?> FindPersonalAsync(string tenantId, string userId, CancellationToken cancellationToken);

    /// <summary>Any conversation of the tenant, rather one that is not blocked: its service URL serves for a chat that is not there yet.</summary>
    ValueTask<ConversationReference?> FindAnyAsync(string tenantId, CancellationToken cancellationToken);

    /// <summary>Nothing can be sent there until somebody writes there again.</summary>
    ValueTask BlockAsync(string tenantId, string conversationId, string reason, CancellationToken cancellationToken);

    /// <summary>Drops what is kept in memory of a person's own chats.</summary>
    void Forget(string tenantId, string userId);
}
