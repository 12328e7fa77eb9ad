using System.Globalization;
using AdvocacyBot.Core.Budgets;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Rewards;

/// <summary>Sets what may be spent in a time. The same currency and days again change the amount; times of one currency do not overlap.</summary>
public sealed class BudgetDialog : WaterfallDialog
{
    public const string DialogId = "reward.budget";
    public const string PromptId = "reward.budget.form";
    private readonly AdvocacyDb db;
    private readonly AuditLog audit;

    public BudgetDialog(AdvocacyDb db, AuditLog audit)
        : base(DialogId)
    {
        this.db = db;
        this.audit = audit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => Roles.Owner;

    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(AdvocacyDb db, ReadBudgets read, FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var currency = Money.Currency(input["currency"]);
        var amount = currency is null ? null : Money.Parse(input["amount"], currency);
        var (first, last) = (DigestWeek.FirstDay(input["first"]), DigestWeek.FirstDay(input["last"]));
        if (currency is null)
        {
            errors["currency"] = t["Rewards.BadCurrency"];
        }
        else if (amount is null)
        {
            errors["amount"] = t.Format("Rewards.BadAmount", ("currency", currency));
        }

        if (first is null)
        {
            errors["first"] = t["Rewards.BadDay"];
        }

        if (last is null || last < first)
        {
            errors["last"] = t[last is null ? "Rewards.BadDay" : "Rewards.EndBeforeStart"];
        }

        if (errors.Count > 0)
        {
            return errors;
        }

        await RewardLock.TakeAsync(db, context.Turn.Workspace.Id, cancellationToken);
        var others = (await read.RunAsync(context.Turn.Workspace.Id, cancellationToken)).Where(b => b.Currency == currency && b.FirstDay <= last && b.LastDay >= first).ToList();
        var same = others.Find(b => b.FirstDay == first && b.LastDay == last);
        if (same is null && others.Count > 0)
        {
            errors["first"] = t.Format("Rewards.Overlaps", ("budget", BudgetWords.Title(others[0], t)));
        }
        else if (same is not null && same.Spent > amount && amount < same.Amount)
        {
            errors["amount"] = t.Format("Rewards.BelowSpent", ("spent", Money.Say(same.Spent, same.Currency, t)));
        }

        return errors;
    }

    private static async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var today = ReadBudgets.Today(step.Turn.Workspace.TimeZone, step.Turn.Now);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Rewards.BudgetFormTitle"],
                Card = Notice.For(t,
                [
                    new InputText { Id = "currency", Label = t["Rewards.Currency"], IsRequired = true, Value = "", Placeholder = "EUR", ErrorMessage = t["Rewards.BadCurrency"] },
                    new InputText { Id = "amount", Label = t["Rewards.Amount"], IsRequired = true, Value = "", Placeholder = "500.00", ErrorMessage = t["Rewards.AmountMissing"] },
                    new InputDate { Id = "first", Label = t["Rewards.FirstDay"], IsRequired = true, Value = DigestWeek.PeriodKey(new LocalDate(today.Year, 1, 1)), ErrorMessage = t["Rewards.BadDay"] },
                    new InputDate { Id = "last", Label = t["Rewards.LastDay"], IsRequired = true, Value = DigestWeek.PeriodKey(new LocalDate(today.Year, 12, 31)), ErrorMessage = t["Rewards.BadDay"] },
                    new TextBlock(t["Rewards.BudgetHow"]) { IsSubtle = true, Size = "Small" },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var currency = Money.Currency(input["currency"])!;
        var amount = Money.Parse(input["amount"], currency)!.Value;
        var (first, last) = (input["first"], input["last"]);
        var budget = await db.RewardBudgets.FirstOrDefaultAsync(
            b => b.WorkspaceId == step.Turn.Workspace.Id && b.Currency == currency && b.FirstDay == first && b.LastDay == last, cancellationToken);
        var before = budget is null ? null : Stored(budget);
        if (budget is null)
        {
            budget = new RewardBudget { WorkspaceId = step.Turn.Workspace.Id, Currency = currency, FirstDay = first, LastDay = last };
            db.RewardBudgets.Add(budget);
        }

        budget.Amount = amount;
        audit.Note(step.Turn, AuditActions.BudgetChanged, 0, before, Stored(budget));
        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t.Format("Rewards.BudgetSaved", ("amount", Money.Say(amount, currency, t))))), cancellationToken);
    }

    private static string Stored(RewardBudget budget) =>
        string.Create(CultureInfo.InvariantCulture, $"{Money.Plain(budget.Amount, budget.Currency)} {budget.Currency} {budget.FirstDay}..{budget.LastDay}");
}

/// <summary>Changes of a workspace's budgets and spending go one after the other, or two who spend at once could spend the same money twice.</summary>
internal static class RewardLock
{
    /// <summary>Held until the transaction ends.</summary>
    public static Task TakeAsync(AdvocacyDb db, long workspaceId, CancellationToken cancellationToken) =>
        db.Workspaces.Where(w => w.Id == workspaceId).ExecuteUpdateAsync(set => set.SetProperty(w => w.Name, w => w.Name), cancellationToken);
}
