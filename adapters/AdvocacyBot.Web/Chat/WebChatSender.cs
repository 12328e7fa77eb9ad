using System.Data.Common;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Web.Data;

namespace AdvocacyBot.Web.Chat;

/// <summary>Puts the bot's own messages into the browser chat.</summary>
internal sealed class WebChatSender(WebWriter writer, WebReader reader, RosterCache rosters, TimeProvider clock) : IChatSender
{
    public string Platform => Platforms.Web;

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            if (await ChannelAsync(message, cancellationToken) is not { } channel)
            {
                return new SendResult.Gone("no_such_conversation");
            }

            var made = new NewMessage(writer.NewId(), channel, clock.GetUtcNow())
            {
                Card = CardJson.Serialize(message.Card),
                Summary = message.Summary,
                DeliveryId = Key(message.DeliveryId),
            };
            var id = await writer.InsertAsync(made) ? made.Id : await reader.FindByDeliveryAsync(made.DeliveryId, cancellationToken);
            return id is null ? new SendResult.Unknown("not_stored") : new SendResult.Sent(id);
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException { InnerException: DbException })
        {
            return new SendResult.Unknown("database_failed");
        }
    }

    public async Task<SendResult> UpdateAsync(OutboundMessage message, string messageId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            return await writer.ReplaceForAllAsync(messageId, CardJson.Serialize(message.Card), message.Summary)
                ? new SendResult.Sent(messageId)
                : new SendResult.Gone("no_such_message");
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            return new SendResult.Unknown("database_failed");
        }
    }

    public async Task<Reconciled> FindAsync(
        WorkspaceRef workspace, ConversationRef conversation, PersonRef? recipient, Guid deliveryId, CancellationToken cancellationToken) =>
        await reader.FindByDeliveryAsync(Key(deliveryId), cancellationToken) is { } id ? new Reconciled.Found(id) : new Reconciled.NotThere();

    private async Task<string?> ChannelAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (message.Workspace != RosterCache.Workspace || await rosters.GetAsync(cancellationToken) is not { } roster)
        {
            return null;
        }

        if (message.Recipient is { } recipient)
        {
            return roster.Person(recipient.Id) is null ? null : Roster.PersonalId(recipient.Id);
        }

        var id = message.Conversation.Id;
        return roster.HasChannel(id) || roster.People.Any(person => Roster.PersonalId(person.Ref.Id) == id) ? id : null;
    }

    private static string Key(Guid deliveryId) => deliveryId.ToString("N");
}
