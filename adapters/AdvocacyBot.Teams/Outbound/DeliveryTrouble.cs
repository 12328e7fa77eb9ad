using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>A campaign's card that Teams does not take is told to the campaign's author in the chat with the bot, with what helps.</summary>
internal sealed class DeliveryTrouble(ConnectorClient connector, Addresses addresses, ICardWriter cards, IDbContextFactory<AdvocacyDb> contexts)
{
    public async Task TellAsync(OutboundMessage message, SendResult result, CancellationToken cancellationToken)
    {
        var reason = result switch
        {
            SendResult.Gone gone => gone.Reason,
            SendResult.Rejected rejected => rejected.Reason,
            SendResult.Unknown unknown => unknown.Reason,
            _ => null,
        };

        // Without a token there is no way to tell either; what waits is not lost.
        if (reason is null or TeamsReason.NotRegistered)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var about = await (
            from d in db.Deliveries.AsNoTracking()
            join k in db.Campaigns.AsNoTracking() on d.CampaignId equals k.Id
            join p in db.People.AsNoTracking() on k.AuthorId equals p.Id
            join c in db.Conversations.AsNoTracking() on d.ConversationId equals c.Id
            where d.PublicId == message.DeliveryId

                // A broadcast's report tells of thousands at once; nobody wants a message for each.
                && d.PersonId == null
            select new { k.Title, Channel = c.Name, Author = p.ExternalId, p.Language }).FirstOrDefaultAsync(cancellationToken);
        if (about is null
            || (await addresses.OfPersonAsync(message.Workspace.Id, about.Author, message.Conversation.ServiceUrl, cancellationToken)).To is not { } author)
        {
            return;
        }

        var t = Texts.In(Language.First(about.Language));
        var what = t.Format("Teams.NotPosted", ("title", CardText.Escape(about.Title)), ("channel", CardText.Escape(about.Channel)));
        var card = Notice.For(t, [new TextBlock(what), new TextBlock(t[$"Teams.Reason_{reason}"])]);
        await connector.SendAsync(author, OutboundActivity.OfCard(cards.Write(card)) with { Summary = what }, cancellationToken);
    }
}
