using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>Puts the bot's own messages into Teams. A channel gets a new post, a chat a message, a person a message in the chat with the bot.</summary>
internal sealed class TeamsChatSender(
    ConnectorClient connector, Addresses addresses, IConversationReferences references, DeliveryTrouble trouble, ICardWriter cards, SendLanes lanes) : IChatSender
{
    public string Platform => Platforms.Teams;

    public SendRoom RoomIn(WorkspaceRef workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return lanes.RoomOf(workspace.Id);
    }

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (to, failure) = await addresses.OfAsync(message, cancellationToken);
        if (to is null)
        {
            return await TellAsync(message, failure!, cancellationToken);
        }

        var activity = Activity(message);
        var isPost = message is { Recipient: null, Conversation: { Kind: ConversationKind.Channel, ThreadId: null } };
        var result = isPost
            ? await connector.CreateChannelPostAsync(to, activity, cancellationToken)
            : await connector.SendAsync(to, activity, cancellationToken);
        return await TellAsync(message, await NoteAsync(to, result, cancellationToken), cancellationToken);
    }

    public async Task<SendResult> UpdateAsync(OutboundMessage message, string messageId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (to, failure) = await addresses.OfAsync(message, cancellationToken);
        return to is null ? failure! : await NoteAsync(to, await connector.UpdateAsync(to, messageId, Activity(message), cancellationToken), cancellationToken);
    }

    /// <summary>The connector has no search and no key of ours to search by.</summary>
    public Task<Reconciled> FindAsync(
        WorkspaceRef workspace, ConversationRef conversation, PersonRef? recipient, Guid deliveryId, CancellationToken cancellationToken) =>
        Task.FromResult<Reconciled>(new Reconciled.CannotTell());

    private OutboundActivity Activity(OutboundMessage message) => OutboundActivity.OfCard(cards.Write(message.Card)) with { Summary = message.Summary };

    private async Task<SendResult> TellAsync(OutboundMessage message, SendResult result, CancellationToken cancellationToken)
    {
        if (result is SendResult.Gone or SendResult.Rejected or SendResult.Unknown)
        {
            await trouble.TellAsync(message, result, cancellationToken);
        }

        return result;
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
