using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>Where a message goes, or why it cannot go anywhere.</summary>
internal readonly record struct Address(ConversationAddress? To, SendResult? Failure);

/// <summary>Finds the address of conversations and people; a person's chat is made where there is none.</summary>
internal sealed class Addresses(ConnectorClient connector, IConversationReferences references)
{
    public async Task<Address> OfAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var tenant = message.Workspace.Id;
        if (message.Recipient is { } person)
        {
            return await OfPersonAsync(tenant, person.Id, message.Conversation.ServiceUrl, cancellationToken);
        }

        var conversation = message.Conversation;
        var known = await references.FindAsync(tenant, conversation.Id, cancellationToken);
        if (known?.Blocked is { } why)
        {
            return new(null, new SendResult.Gone(why));
        }

        var id = conversation.ThreadId is { } thread ? ConversationIds.InThread(conversation.Id, thread) : conversation.Id;
        return (known?.ServiceUrl ?? conversation.ServiceUrl) is { } serviceUrl
            ? new(new ConversationAddress(tenant, serviceUrl, id), null)
            : new(null, new SendResult.Gone(TeamsReason.NoAddress));
    }

    /// <param name="tenantId">Entra tenant.</param>
    /// <param name="userId"><c>29:…</c>.</param>
    /// <param name="serviceUrl">Of any conversation of the tenant; null: one that is known.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Address> OfPersonAsync(string tenantId, string userId, string? serviceUrl, CancellationToken cancellationToken)
    {
        if (await references.FindPersonalAsync(tenantId, userId, cancellationToken) is { } known)
        {
            return known.Blocked is { } why
                ? new(null, new SendResult.Gone(why))
                : new(new ConversationAddress(tenantId, known.ServiceUrl, known.ConversationId), null);
        }

        serviceUrl ??= (await references.FindAnyAsync(tenantId, cancellationToken))?.ServiceUrl;
        if (serviceUrl is null)
        {
            return new(null, new SendResult.Gone(TeamsReason.NoAddress));
        }

        var made = await connector.CreatePersonalConversationAsync(tenantId, serviceUrl, userId, cancellationToken);
        if (made.Value is not { Id: { Length: > 0 } id })
        {
            return new(null, made.Failure ?? new SendResult.Unknown(TeamsReason.Unexpected));
        }

        var reference = new ConversationReference
        {
            TenantId = tenantId,
            ConversationId = id,
            Kind = ConversationKind.Personal,
            ServiceUrl = made.Value.ServiceUrl ?? serviceUrl,
            UserId = userId,
        };
        await references.NoteAsync(reference, cancellationToken);
        return new(new ConversationAddress(tenantId, reference.ServiceUrl, id), null);
    }
}
