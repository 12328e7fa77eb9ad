using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary><c>/advocate content</c>: what can be shared now, from the channels the person is in.</summary>
public sealed class ListContent(AdvocacyDb db, PromptCards prompts) : ICommandHandler
{
    private const int Most = 8;

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var open = await (
            from prompt in db.Prompts.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on prompt.CampaignId equals campaign.Id
            join place in db.Conversations.AsNoTracking() on prompt.ConversationId equals place.Id
            where place.WorkspaceId == turn.Workspace.Id && campaign.State == CampaignState.Running
                && prompt.PostedAt != null && prompt.EndedAt == null
                && (prompt.ConversationId == turn.Conversation.Id
                    || db.Memberships.Any(m => m.ConversationId == prompt.ConversationId && m.PersonId == turn.Person.Id && m.LeftAt == null))
            orderby prompt.PostedAt descending
            select new { Prompt = prompt, Campaign = campaign }).Take(50).ToListAsync(cancellationToken);
        var shown = open.DistinctBy(x => x.Campaign.Id).Take(Most).ToList();
        if (shown.Count == 0)
        {
            return Reply.Private(Notice.Card(t, t["Sharing.ContentEmpty"]));
        }

        var body = new List<CardElement> { new TextBlock(t.Plural("Sharing.ContentTitle", shown.Count)) { Weight = "Bolder", Style = "heading" } };
        foreach (var item in shown)
        {
            body.Add(new Container
            {
                Separator = true,
                Rtl = t.Language.RightToLeft,
                Items = [.. PromptCards.Brief(item.Campaign, t), new ActionSet { Actions = prompts.Buttons(item.Campaign.Id, item.Prompt.Id, t, turn.Now) }],
            });
        }

        return Reply.Private(Notice.For(t, body));
    }
}
