using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Tests.Web.Support;

public static class Outbound
{
    public static OutboundMessage To(string conversation, string text, Guid? deliveryId = null, string? recipient = null) => new()
    {
        DeliveryId = deliveryId ?? Guid.NewGuid(),
        Workspace = new WorkspaceRef(Platforms.Web, "demo"),
        Conversation = new ConversationRef(conversation),
        Card = Notice.Card(Texts.In(Language.English), text),
        Summary = text,
        Recipient = recipient is null ? null : new PersonRef(recipient),
    };
}
