using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.People;
using AdvocacyBot.Slack.Replies;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Slack.Outbound;

/// <summary>A campaign's card that Slack does not take is told to the campaign's author, with what helps.</summary>
internal sealed class DeliveryTrouble(SlackClient client, PeopleBook people, IDbContextFactory<AdvocacyDb> contexts)
{
    public async Task TellAsync(Installation at, OutboundMessage message, SendResult result, CancellationToken cancellationToken)
    {
        var reason = result switch
        {
            SendResult.Gone gone => gone.Reason,
            SendResult.Rejected rejected => rejected.Reason,
            _ => SendErrors.Other,
        };

        // Where the app is gone, so is the way to tell.
        if (reason == SendErrors.Uninstalled)
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
        if (about is null || (await client.OpenConversationAsync(at, about.Author, cancellationToken)).Value?.Channel?.Id is not { } direct)
        {
            return;
        }

        var profile = await people.FindAsync(at, about.Author, cancellationToken);
        var t = Texts.In(Language.First(about.Language, profile?.Locale));
        var card = Notice.Card(
            t,
            t.Format("Slack.NotPosted", ("title", CardText.Escape(about.Title)), ("channel", CardText.Escape("#" + about.Channel))),
            []);
        var drawn = Drawing.Message(card with { Body = [.. card.Body, new TextBlock(t[$"Slack.Reason_{reason}"])] });
        await client.PostReplyAsync(at, new PostMessage(direct, drawn.Text, Drawing.Blocks(drawn)), cancellationToken);
    }
}
