using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary>
/// <c>/advocate content</c>: what can be shared now, from the channels the person is in. Without what they said "not for me" to; kinds they like come first, kinds they
/// want little of come last.
/// </summary>
public sealed class ListContent(AdvocacyDb db, PromptCards prompts, OwnPreferences own) : ICommandHandler
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
                && (db.Shares.Any(s => s.CampaignId == campaign.Id && s.PersonId == turn.Person.Id)
                    || !db.Ledger.Any(e => e.CampaignId == campaign.Id && e.Kind == LedgerKind.Declined && e.PersonId == turn.Person.Id))
            orderby prompt.PostedAt descending
            select new { Prompt = prompt, Campaign = campaign }).Take(50).ToListAsync(cancellationToken);
        var fewer = await db.FewerLikeThis.AsNoTracking().Where(f => f.PersonId == turn.Person.Id).Select(f => f.ContentType).ToListAsync(cancellationToken);
        var liked = (await own.ReadAsync(turn.Person.Id, cancellationToken)).InterestTypes;
        var shown = open.DistinctBy(x => x.Campaign.Id).OrderBy(x => Rank(x.Campaign.ContentType)).Take(Most).ToList();
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

        int Rank(ContentType type) => fewer.Contains(type) ? 2 : liked.Count == 0 || liked.Contains(type) ? 0 : 1;
    }
}
