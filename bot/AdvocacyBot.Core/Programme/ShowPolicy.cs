using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary><c>/advocate policy</c>: the policy, its version, when the person acknowledged it, the time allowance; for owners the way to a new version.</summary>
public sealed class ShowPolicy(AdvocacyDb db, Policies policies, TimeAllowance allowance, ActionTokens tokens) : ICommandHandler
{
    public const string ChangeVerb = "policy.change";

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var policy = await policies.CurrentAsync(turn.Workspace.Id, cancellationToken);
        var minutes = await allowance.OfAsync(turn.Workspace.Id, cancellationToken);
        var acknowledged = await db.People.AsNoTracking().Where(p => p.Id == turn.Person.Id)
            .Select(p => new { p.PolicyVersion, p.PolicyAcknowledgedAt }).FirstOrDefaultAsync(cancellationToken);
        var body = new List<CardElement>
        {
            new TextBlock(t.Format("Policy.Heading", ("version", CardText.Escape(policy.Version)))) { Weight = "Bolder", Style = "heading" },
            new Container { Style = "emphasis", Rtl = t.Language.RightToLeft, Items = [new TextBlock(CardText.Escape(policy.TextIn(t.Language)))] },
        };
        if (policy.ChangesIn(t.Language) is { } changes)
        {
            body.Add(new TextBlock(t.Format("Policy.Changed", ("changes", CardText.Escape(changes)))));
        }

        if (minutes > 0)
        {
            body.Add(new TextBlock(t.Plural("Policy.Allowance", minutes)));
        }

        body.Add(new TextBlock(acknowledged is { PolicyVersion: { } version, PolicyAcknowledgedAt: { } at }
            ? t.Format("Policy.Acknowledged", ("version", CardText.Escape(version)), ("date", Date(at, turn)))
            : t["Policy.NotAcknowledged"]) { IsSubtle = true, Size = "Small" });
        return Reply.Private(Notice.For(t, body, turn.Person.Has(Roles.Owner)
            ? [
                new ExecuteAction
                {
                    Title = t["Policy.Change"],
                    Verb = ChangeVerb,
                    Data = new ActionData(tokens.Protect(new ActionToken(ChangeVerb, turn.Person.Id, 0, 0, 0, "", turn.Now.AddDays(1)))),
                },
            ]
            : []));
    }

    internal static string Date(DateTimeOffset at, TurnContext turn) => NodaTime.Instant.FromDateTimeOffset(at)
        .InZone(CampaignTimes.Zone(turn.Person.Ref.TimeZone ?? turn.Workspace.TimeZone)).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The button that opens the form of a new policy.</summary>
public sealed class ChangePolicy(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(PolicyDialog.DialogId, null, turn, cancellationToken);
}
