using AdvocacyBot.Core.Budgets;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Rewards;

/// <summary><c>/advocate rewards</c>: what was handed out and what may still be spent, for owner and comms.</summary>
public sealed class ManageRewards(AdvocacyDb db, ReadBudgets budgets, ActionTokens tokens) : ICommandHandler
{
    private const int Shown = 10;
    private const int BudgetsShown = 4;

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var standing = await budgets.RunAsync(turn.Workspace.Id, cancellationToken);
        var rewards = await db.Rewards.AsNoTracking().Where(r => r.WorkspaceId == turn.Workspace.Id)
            .OrderByDescending(r => r.GivenAt).ThenByDescending(r => r.Id).Take(Shown).ToListAsync(cancellationToken);
        var ids = rewards.Select(r => r.PersonId).Distinct().ToList();
        var names = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        return Reply.Private(Notice.For(
            t,
            [
                new TextBlock(t["Rewards.Title"]) { Size = "Large", Weight = "Bolder", Style = "heading" },
                .. standing.Count == 0
                    ? [new TextBlock(t["Rewards.NoBudget"])]
                    : new CardElement[] { new FactSet { Facts = [.. standing.Take(BudgetsShown).Select(b => new Fact(BudgetWords.Title(b, t), BudgetWords.Standing(b, t)))] } },
                new TextBlock(t["Rewards.Given"]) { Size = "Medium", Weight = "Bolder", Style = "heading", Separator = true },
                .. rewards.Count == 0
                    ? [new TextBlock(t["Rewards.None"])]
                    : new CardElement[] { new FactSet { Facts = [.. rewards.Select(Row)] } },
                new TextBlock(t["Rewards.ListHow"]) { IsSubtle = true, Size = "Small" },
            ],
            [
                Button(t["Rewards.Give"], RewardRoutes.Give, turn) with { Style = "positive" },
                .. rewards.Exists(r => r.ReversedAt is null) ? [Button(t["Rewards.TakeBack"], RewardRoutes.TakeBack, turn)] : Array.Empty<CardAction>(),
                .. turn.Person.Has(Roles.Owner)
                    ? [Button(t["Rewards.SetBudget"], RewardRoutes.Budget, turn), Button(t["Rewards.Settings"], RecognitionRoutes.Settings, turn)]
                    : Array.Empty<CardAction>(),
            ]));

        Fact Row(Reward reward)
        {
            var day = DigestWords.Day(ReadBudgets.Today(turn.Workspace.TimeZone, reward.GivenAt), t);
            var name = names.TryGetValue(reward.PersonId, out var known) && known.Length > 0 ? CardText.Escape(known) : t["Rewards.Erased"];
            return new Fact(
                t.Format("Rewards.RowTitle", ("day", day), ("person", name)),
                t.Format(reward.ReversedAt is null ? "Rewards.Row" : "Rewards.RowTakenBack", ("what", What(reward, t))));
        }
    }

    /// <summary>"a book (20.00 EUR)"; card text.</summary>
    internal static string What(Reward reward, Texts t) => reward.Currency is { } currency
        ? t.Format("Rewards.WhatFor", ("what", CardText.Escape(reward.What)), ("amount", Money.Say(reward.Amount, currency, t)))
        : CardText.Escape(reward.What);

    private ExecuteAction Button(string title, string verb, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, 0, 0, 0, "", turn.Now.AddDays(1)))),
    };
}

/// <summary>The buttons that open the forms about rewards.</summary>
public sealed class OpenRewardForm(Dialogs.DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        var dialog = token.Verb switch
        {
            RewardRoutes.Budget => BudgetDialog.DialogId,
            RewardRoutes.TakeBack => TakeBackDialog.DialogId,
            _ => GiveDialog.DialogId,
        };
        return dialogs.BeginAsync(dialog, null, turn, cancellationToken);
    }
}
