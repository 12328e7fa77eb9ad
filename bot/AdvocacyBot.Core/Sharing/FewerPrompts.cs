using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary><em>Fewer like this</em>: the person is offered content of this kind rarely from now on.</summary>
public sealed class FewerPrompts(AdvocacyDb db) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var type = await db.Campaigns.AsNoTracking().Where(c => c.Id == token.Subject && c.WorkspaceId == turn.Workspace.Id)
            .Select(c => (ContentType?)c.ContentType).FirstOrDefaultAsync(cancellationToken);
        if (type is null)
        {
            return Reply.Private(Notice.Card(t, t["Sharing.CampaignGone"]));
        }

        var there = await db.FewerLikeThis.FirstOrDefaultAsync(f => f.PersonId == turn.Person.Id && f.ContentType == type, cancellationToken);
        if (there is null)
        {
            db.FewerLikeThis.Add(new FewerLikeThis { PersonId = turn.Person.Id, ContentType = type.Value, At = turn.Now });
        }
        else
        {
            there.At = turn.Now;
        }

        return Reply.Private(Notice.Card(t, t.Format("Preferences.FewerSaved", ("type", t[$"Campaigns.Type{type}"]))));
    }
}

/// <summary>What is said after "not for me": nothing is asked, and three ways lead to fewer messages with one press.</summary>
public sealed class DeclinedCard(ActionTokens tokens)
{
    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(30);

    public AdaptiveCard For(long campaignId, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        return Notice.Card(
            t,
            t["Sharing.Declined"],
            Button(t["Preferences.FewerButton"], ShareRoutes.Fewer, campaignId, turn),
            Button(t["Preferences.PauseButton"], Me.PauseVerb, turn.Conversation.Id, turn),
            Button(t["People.Leave"], Me.LeaveVerb, turn.Conversation.Id, turn));
    }

    private ExecuteAction Button(string title, string verb, long subject, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, subject, 0, 0, "", turn.Now + ButtonLifetime))),
    };
}
