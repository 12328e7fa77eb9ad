using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Reports;

/// <summary><c>/advocate report</c>: a link to the report that signs this person in once, shown to nobody else.</summary>
public sealed class OpenReport(AdvocacyDb db, PublicAddress address, ActionTokens tokens) : ICommandHandler
{
    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;

        // What the directory keeps may be seconds old; this opens a door.
        var roles = await db.People.Where(p => p.Id == turn.Person.Id).Select(p => p.Roles).FirstOrDefaultAsync(cancellationToken);
        if ((roles & ReportAccess.Allowed) == Roles.None)
        {
            return Explanations.RoleLost(turn);
        }

        var token = await ReportAccess.AddLinkAsync(db, turn.Workspace.Id, turn.Person.Id, turn.Now, cancellationToken);
        var signOut = new ActionToken(ReportRoutes.SignOutVerb, turn.Person.Id, 0, 0, 0, "", turn.Now.AddDays(1));
        return Reply.Private(Notice.For(
            t,
            [
                new TextBlock(t["Reports.LinkTitle"]) { Weight = "Bolder", Style = "heading" },
                new TextBlock(t.Plural("Reports.LinkText", (long)ReportAccess.LinkLifetime.TotalMinutes)),
            ],
            [
                new OpenUrlAction { Title = t["Reports.LinkOpen"], Url = address.ReportSignIn(token).AbsoluteUri },
                new ExecuteAction { Title = t["Reports.SignOutEverywhere"], Verb = ReportRoutes.SignOutVerb, Data = new ActionData(tokens.Protect(signOut)) },
            ]));
    }
}

/// <summary>"Sign out everywhere" below the link: ends the person's sessions in all browsers and takes back links that were not used.</summary>
public sealed class SignOutOfReport(AdvocacyDb db) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var ended = await ReportAccess.SignOutAsync(db, turn.Person.Id, Roles.None, cancellationToken);
        return Reply.Private(Notice.Card(turn.Texts, turn.Texts.Plural("Reports.SignedOutEverywhere", ended)));
    }
}
