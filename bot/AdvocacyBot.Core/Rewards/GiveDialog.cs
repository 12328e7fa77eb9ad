using System.Globalization;
using AdvocacyBot.Core.Budgets;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Rewards;

/// <summary>Hands something out and notes it. Money comes from a budget that runs today and is not overspent.</summary>
public sealed class GiveDialog : WaterfallDialog
{
    public const string DialogId = "reward.give";
    public const string PromptId = "reward.give.form";
    public const int MaxWhat = 100;
    public const int MaxReason = 300;
    private const string NoMoney = "none";

    /// <summary>Slack takes 100 options.</summary>
    private const int MostPeople = 100;
    private readonly AdvocacyDb db;
    private readonly ReadBudgets budgets;
    private readonly AuditLog audit;
    private readonly NoteWriter notes;

    public GiveDialog(AdvocacyDb db, ReadBudgets budgets, AuditLog audit, NoteWriter notes)
        : base(DialogId)
    {
        this.db = db;
        this.budgets = budgets;
        this.audit = audit;
        this.notes = notes;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    /// <summary>Runs in the transaction that spends, behind <see cref="RewardLock"/>: what it says is still so when the reward is written.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(AdvocacyDb db, ReadBudgets read, FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var turn = context.Turn;
        var t = turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var person = Number(input["person"]);
        if (person == turn.Person.Id)
        {
            errors["person"] = t["Rewards.Self"];
        }
        else if (!await db.People.AnyAsync(p => p.Id == person && p.WorkspaceId == turn.Workspace.Id && p.Reachable, cancellationToken))
        {
            errors["person"] = t["Campaigns.ChooseOne"];
        }

        if (input["what"].Length is 0 or > MaxWhat)
        {
            errors["what"] = input["what"].Length == 0 ? t["Rewards.WhatMissing"] : t.Plural("Campaigns.TooLong", input["what"].Length - MaxWhat, ("limit", MaxWhat));
        }

        if (input["reason"].Length > MaxReason)
        {
            errors["reason"] = t.Plural("Campaigns.TooLong", input["reason"].Length - MaxReason, ("limit", MaxReason));
        }

        if (input["budget"] == NoMoney)
        {
            if (input["amount"].Length > 0)
            {
                errors["budget"] = t["Rewards.BudgetMissing"];
            }

            return errors;
        }

        await RewardLock.TakeAsync(db, turn.Workspace.Id, cancellationToken);
        var today = ReadBudgets.Today(turn.Workspace.TimeZone, turn.Now);
        var budget = (await read.RunAsync(turn.Workspace.Id, cancellationToken)).FirstOrDefault(b => b.Id == Number(input["budget"]) && b.Runs(today));
        if (budget is null)
        {
            errors["budget"] = t["Rewards.BudgetOver"];
        }
        else if (Money.Parse(input["amount"], budget.Currency) is not { } amount)
        {
            errors["amount"] = t.Format("Rewards.BadAmount", ("currency", budget.Currency));
        }
        else if (amount > budget.Left)
        {
            errors["amount"] = t.Format(
                "Rewards.Overspent",
                ("amount", Money.Say(amount, budget.Currency, t)),
                ("left", Money.Say(budget.Left, budget.Currency, t)),
                ("over", Money.Say(amount - budget.Left, budget.Currency, t)));
        }

        return errors;
    }

    private static long Number(string typed) => long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var people = await db.People.AsNoTracking().Where(p => p.WorkspaceId == step.Turn.Workspace.Id && p.Reachable && p.Id != step.Turn.Person.Id)
            .OrderBy(p => p.ConsentedAt == null).ThenBy(p => p.Name).ThenBy(p => p.Id).Take(MostPeople).ToListAsync(cancellationToken);
        if (people.Count == 0)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Recognition.ThanksNobody"])), cancellationToken);
        }

        var today = ReadBudgets.Today(step.Turn.Workspace.TimeZone, step.Turn.Now);
        var open = (await budgets.RunAsync(step.Turn.Workspace.Id, cancellationToken)).Where(b => b.Runs(today)).ToList();
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Rewards.GiveTitle"],
                Card = Notice.For(t,
                [
                    new InputChoiceSet
                    {
                        Id = "person",
                        Label = t["Rewards.Person"],
                        IsRequired = true,
                        Style = "filtered",
                        ErrorMessage = t["Campaigns.ChooseOne"],
                        Choices = [.. people.Select(p => new Choice(p.Name, p.Id.ToString(CultureInfo.InvariantCulture)))],
                    },
                    new InputText { Id = "what", Label = t["Rewards.What"], IsRequired = true, Value = "", ErrorMessage = t["Rewards.WhatMissing"] },
                    new InputText { Id = "reason", Label = t["Rewards.Reason"], IsMultiline = true, Value = "" },
                    new InputChoiceSet
                    {
                        Id = "budget",
                        Label = t["Rewards.From"],
                        Style = "compact",
                        Value = open.Count > 0 ? open[0].Id.ToString(CultureInfo.InvariantCulture) : NoMoney,
                        Choices =
                        [
                            .. open.Select(b => new Choice(
                                t.Format("Rewards.BudgetChoice", ("left", Money.Say(b.Left, b.Currency, t)), ("to", Goals.GoalWords.Day(b.LastDay, t))), b.Id.ToString(CultureInfo.InvariantCulture))),
                            new Choice(t["Rewards.NoMoney"], NoMoney),
                        ],
                    },
                    new InputText { Id = "amount", Label = t["Rewards.Amount"], Value = "", Placeholder = "20.00" },
                    new TextBlock(t["Rewards.GiveHow"]) { IsSubtle = true, Size = "Small" },
                ]),
                Actions = [new FormAction("give", t["Rewards.GiveSend"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var person = await db.People.AsNoTracking().FirstAsync(p => p.Id == Number(input["person"]), cancellationToken);
        var budget = input["budget"] == NoMoney ? null : await db.RewardBudgets.FirstAsync(b => b.Id == Number(input["budget"]), cancellationToken);
        var reward = new Reward
        {
            WorkspaceId = step.Turn.Workspace.Id,
            BudgetId = budget?.Id,
            PersonId = person.Id,
            GivenById = step.Turn.Person.Id,
            What = Bidi.StripControls(input["what"]),
            Reason = Bidi.StripControls(input["reason"]),
            Currency = budget?.Currency,
            Amount = budget is null ? 0 : Money.Parse(input["amount"], budget.Currency)!.Value,
            GivenAt = step.Turn.Now,
        };
        db.Rewards.Add(reward);
        await db.SaveChangesAsync(cancellationToken);
        audit.Note(step.Turn, AuditActions.Rewarded, person.Id, null, Stored(reward));
        notes.Add(RewardNotes.Given, reward.Id, person.Id, step.Turn, "given");
        var said = t.Format("Rewards.GivenTo", ("what", ManageRewards.What(reward, t)), ("person", CardText.Escape(person.Name)));
        var left = budget is null ? null : (await budgets.RunAsync(step.Turn.Workspace.Id, cancellationToken)).FirstOrDefault(b => b.Id == budget.Id);
        return await step.EndDialogAsync(
            null,
            Reply.Private(Notice.For(t, [new TextBlock(said), .. left is null ? Array.Empty<CardElement>() : [BudgetWords.Line(left, t) with { IsSubtle = true }]])),
            cancellationToken);
    }

    internal static string Stored(Reward reward) => reward.Currency is { } currency
        ? string.Create(CultureInfo.InvariantCulture, $"#{reward.Id} {Money.Plain(reward.Amount, currency)} {currency}")
        : string.Create(CultureInfo.InvariantCulture, $"#{reward.Id}");
}
