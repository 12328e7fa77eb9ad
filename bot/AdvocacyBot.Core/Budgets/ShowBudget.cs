using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Rewards;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Budgets;

/// <summary><c>/advocate budget</c>: what the programme may spend, what it spent and what is left, for owner and comms.</summary>
public sealed class ShowBudget(AdvocacyDb db, ReadBudgets budgets, ActionTokens tokens) : ICommandHandler
{
    private const int Shown = 10;
    private const int BudgetsShown = 4;

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var standing = await budgets.RunAsync(turn.Workspace.Id, cancellationToken);
        var spent = await (
            from s in db.Spending.AsNoTracking()
            join c in db.Campaigns.AsNoTracking() on s.CampaignId equals c.Id into campaigns
            from c in campaigns.DefaultIfEmpty()
            where s.WorkspaceId == turn.Workspace.Id
            orderby s.SpentAt descending, s.Id descending
            select new { Spending = s, Campaign = c == null ? null : c.Title }).Take(Shown).ToListAsync(cancellationToken);
        List<CardElement> body = [new TextBlock(t["Budget.Title"]) { Size = "Large", Weight = "Bolder", Style = "heading" }];
        if (standing.Count == 0)
        {
            body.Add(new TextBlock(t[turn.Person.Has(Roles.Owner) ? "Budget.NoneYet" : "Budget.AskOwner"]));
        }

        foreach (var budget in standing.Take(BudgetsShown))
        {
            body.Add(new TextBlock(BudgetWords.Title(budget, t)) { Weight = "Bolder", Separator = true });
            body.Add(BudgetWords.Line(budget, t) with { Spacing = "None" });
            if (BudgetWords.Parts(budget, t) is { Length: > 0 } parts)
            {
                body.Add(new TextBlock(parts) { IsSubtle = true, Size = "Small", Spacing = "None" });
            }
        }

        if (spent.Count > 0)
        {
            body.Add(new TextBlock(t["Budget.SpentTitle"]) { Size = "Medium", Weight = "Bolder", Style = "heading", Separator = true });
            body.Add(new FactSet { Facts = [.. spent.Select(row => Row(row.Spending, row.Campaign))] });
        }

        body.Add(new TextBlock(t["Budget.How"]) { IsSubtle = true, Size = "Small" });
        List<CardAction> actions = [];
        if (standing.Count > 0)
        {
            actions.Add(BudgetButtons.Button(t["Budget.Record"], BudgetRoutes.Spend, 0, turn, tokens) with { Style = "positive" });
        }

        if (spent.Exists(row => row.Spending.ReversedAt is null))
        {
            actions.Add(BudgetButtons.Button(t["Budget.TakeBack"], BudgetRoutes.TakeBack, 0, turn, tokens));
        }

        if (turn.Person.Has(Roles.Owner))
        {
            actions.Add(BudgetButtons.Button(t["Rewards.SetBudget"], RewardRoutes.Budget, 0, turn, tokens));
        }

        return Reply.Private(Notice.For(t, body, actions));

        Fact Row(Spending spending, string? campaign)
        {
            var day = DigestWords.Day(ReadBudgets.Today(turn.Workspace.TimeZone, spending.SpentAt), t);
            var what = BudgetWords.What(spending, t);
            var where = Bidi.Isolate(campaign is null ? t["Budget.WholeProgramme"] : CardText.Escape(campaign), t.Language);
            return new Fact(
                day,
                spending.ReversedAt is null
                    ? $"{what} · {where}"
                    : t.Format("Budget.RowTakenBack", ("what", what), ("reason", CardText.Escape(spending.ReversedReason ?? ""))));
        }
    }
}

/// <summary>The buttons that open the forms about spending.</summary>
public sealed class OpenBudgetForm(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.Verb == BudgetRoutes.TakeBack
            ? dialogs.BeginAsync(SpendingBackDialog.DialogId, null, turn, cancellationToken)
            : dialogs.BeginAsync(SpendDialog.DialogId, SpendDialog.With(token.Subject), turn, cancellationToken);
    }
}

internal static class BudgetButtons
{
    /// <param name="campaign">That the money was spent on, or 0.</param>
    public static ExecuteAction Button(string title, string verb, long campaign, TurnContext turn, ActionTokens tokens) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, campaign, 0, 0, "", turn.Now.AddDays(1)))),
    };
}
