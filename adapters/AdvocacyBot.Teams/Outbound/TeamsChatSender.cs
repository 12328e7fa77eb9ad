using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>Puts the bot's own messages into Teams. A channel gets a new post, a chat a message, a person a message in the chat with the bot.</summary>
internal sealed class TeamsChatSender(ConnectorClient connector, IConversationReferences references, ICardWriter cards) : IChatSender
{
    public string Platform => Platforms.Teams;

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (to, failure) = await AddressAsync(message, cancellationToken);
        if (to is null)
        {
            return failure!;
        }

        var activity = Activity(message);
        var isPost = message is { Recipient: null, Conversation: { Kind: ConversationKind.Channel, ThreadId: null } };
        var result = isPost
            ? await connector.CreateChannelPostAsync(to, activity, cancellationToken)
            : await connector.SendAsync(to, activity, cancellationToken);
        return await NoteAsync(to, result, cancellationToken);
    }

    public async Task<SendResult> UpdateAsync(OutboundMessage message, string messageId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (to, failure) = await AddressAsync(message, cancellationToken);
        return to is null ? failure! : await NoteAsync(to, await connector.UpdateAsync(to, messageId, Activity(message), cancellationToken), cancellationToken);
    }

    /// <summary>The connector has no search and no key of ours to search by.</summary>
    public Task<Reconciled> FindAsync(WorkspaceRef workspace, ConversationRef conversation, Guid deliveryId, CancellationToken cancellationToken) =>
        Task.FromResult<Reconciled>(new Reconciled.CannotTell());

    private OutboundActivity Activity(OutboundMessage message) => OutboundActivity.OfCard(cards.Write(message.Card)) with { Summary = message.Summary };

    private async Task<(ConversationAddress? To, SendResult? Failure)> AddressAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var tenant = message.Workspace.Id;
        if (message.Recipient is { } person)
        {
            return await PersonalAsync(tenant, person.Id, message.Conversation.ServiceUrl, cancellationToken);
        }

        var conversation = message.Conversation;
        var known = await references.FindAsync(tenant, conversation.Id, cancellationToken);
        if (known?.Blocked is { } why)
        {
            return (null, new SendResult.Gone(why));
        }

        var id = conversation.ThreadId is { } thread ? ConversationIds.InThread(conversation.Id, thread) : conversation.Id;
        return (known?.ServiceUrl ?? conversation.ServiceUrl) is { } serviceUrl
            ? (new ConversationAddress(tenant, serviceUrl, id), null)
            : (null, new SendResult.Gone(TeamsReason.NoAddress));
    }

    private async Task<(ConversationAddress? To, SendResult? Failure)> PersonalAsync(
        string tenant, string userId, string? serviceUrl, CancellationToken cancellationToken)
    {
        if (await references.FindPersonalAsync(tenant, userId, cancellationToken) is { } known)
        {
            return known.Blocked is { } why
                ? (null, new SendResult.Gone(why))
                : (new ConversationAddress(tenant, known.ServiceUrl, known.ConversationId), null);
        }

        serviceUrl ??= (await references.FindAnyAsync(tenant, cancellationToken))?.ServiceUrl;
        if (serviceUrl is null)
        {
            return (null, new SendResult.Gone(TeamsReason.NoAddress));
        }

        var made = await connector.CreatePersonalConversationAsync(tenant, serviceUrl, userId, cancellationToken);
        if (made.Value is not { Id: { Length: > 0 } id })
        {
            return (null, made.Failure ?? new SendResult.Unknown(TeamsReason.Unexpected));
        }

        var reference = new ConversationReference
        {
            TenantId = tenant,
            ConversationId = id,
            Kind = ConversationKind.Personal,
            ServiceUrl = made.Value.ServiceUrl ?? serviceUrl,
            UserId = userId,
        };
        await references.NoteAsync(reference, cancellationToken);
        return (new ConversationAddress(tenant, reference.ServiceUrl, id), null);
    }

    private async Task<SendResult> NoteAsync(ConversationAddress to, SendResult result, CancellationToken cancellationToken)
    {
        if (result is SendResult.Gone { Reason: TeamsReason.NotInstalled or TeamsReason.Blocked or TeamsReason.DisabledByAdmin } gone)
        {
            await references.BlockAsync(to.TenantId, ConversationIds.Base(to.ConversationId), gone.Reason, cancellationToken);
        }

        return result;
    }
}
