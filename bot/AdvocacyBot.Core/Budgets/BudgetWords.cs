using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Rewards;

namespace AdvocacyBot.Core.Budgets;

/// <summary>How budgets and what was spent of them are said.</summary>
internal static class BudgetWords
{
    /// <summary>"EUR, January 1, 2026 to December 31, 2026".</summary>
    public static string Title(BudgetStanding budget, Texts t) =>
        t.Format("Budget.Of", ("currency", budget.Currency), ("from", GoalWords.Day(budget.FirstDay, t)), ("to", GoalWords.Day(budget.LastDay, t)));

    /// <summary>"1,000.00 EUR planned, 320.00 EUR spent, 680.00 EUR left".</summary>
    public static string Standing(BudgetStanding budget, Texts t) => t.Format(
        budget.Left < 0 ? "Budget.StandingOver" : "Budget.Standing",
        ("planned", Say(budget.Amount, budget, t)),
        ("spent", Say(budget.Spent, budget, t)),
        ("left", Say(Math.Abs(budget.Left), budget, t)));

    /// <summary>"120.00 EUR on 3 rewards, 200.00 EUR on 2 other things"; "" where nothing was spent.</summary>
    public static string Parts(BudgetStanding budget, Texts t)
    {
        List<string> parts = [];
        if (budget.Rewards > 0)
        {
            parts.Add(t.Plural("Budget.OnRewards", budget.Rewards, ("amount", Say(budget.OnRewards, budget, t))));
        }

        if (budget.Others > 0)
        {
            parts.Add(t.Plural("Budget.OnOthers", budget.Others, ("amount", Say(budget.OnOthers, budget, t))));
        }

        return string.Join(t["Common.ListComma"], parts);
    }

    /// <summary>As a card shows it; too much is in the colour of warnings.</summary>
    public static TextBlock Line(BudgetStanding budget, Texts t) => new(Standing(budget, t)) { Color = budget.Left < 0 ? "Attention" : null };

    /// <summary>"photographer (200.00 EUR)"; card text.</summary>
    public static string What(Spending spending, Texts t) =>
        t.Format("Rewards.WhatFor", ("what", CardText.Escape(spending.What)), ("amount", Money.Say(spending.Amount, spending.Currency, t)));

    private static string Say(long amount, BudgetStanding budget, Texts t) => Money.Say(amount, budget.Currency, t);
}
