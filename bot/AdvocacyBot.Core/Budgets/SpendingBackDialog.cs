using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Rewards;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Budgets;

/// <summary>Takes back what was recorded: the row stays with who did it, when and why, and the money is the budget's again.</summary>
public sealed class SpendingBackDialog : WaterfallDialog
{
    public const string DialogId = "budget.take_back";
    public const string PromptId = "budget.take_back.form";

    private readonly AdvocacyDb db;
    private readonly ReadBudgets budgets;
    private readonly AuditLog audit;

    public SpendingBackDialog(AdvocacyDb db, ReadBudgets budgets, AuditLog audit)
        : base(DialogId)
    {
        this.db = db;
        this.budgets = budgets;
        this.audit = audit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return TakeBackForm.Check(input, context.Turn.Texts, "spending", context.Turn.Texts["Budget.WhyMissing"]);
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var standing = await db.Spending.AsNoTracking().Where(s => s.WorkspaceId == step.Turn.Workspace.Id && s.ReversedAt == null)
            .OrderByDescending(s => s.SpentAt).ThenByDescending(s => s.Id).Take(TakeBackForm.Shown).ToListAsync(cancellationToken);
        if (standing.Count == 0)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Budget.NothingSpent"])), cancellationToken);
        }

        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Budget.TakeBackTitle"],
                Card = TakeBackForm.Card(
                    t, "spending", t["Budget.TakeBackHow"], t["Budget.WhyMissing"], standing.Select(s => (Title(s), s.Id.ToString(CultureInfo.InvariantCulture)))),
                Actions = [new FormAction("back", t["Rewards.TakeBackSend"], Destructive: true), ComposeForms.Cancel(t)],
            },
            cancellationToken);

        string Title(Spending spending) => $"{spending.What} ({Money.Say(spending.Amount, spending.Currency, t)})";
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var (turn, t) = (step.Turn, step.Turn.Texts);
        var input = FormPrompt.InputOf(step.Result);
        var id = long.TryParse(input["spending"], NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : 0;

        // Two who take the same one back at once: the second finds it done.
        await RewardLock.TakeAsync(db, turn.Workspace.Id, cancellationToken);
        var spending = await db.Spending.FirstOrDefaultAsync(s => s.Id == id && s.WorkspaceId == turn.Workspace.Id, cancellationToken);
        if (spending is null || spending.ReversedAt is not null)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Budget.TakenBackAlready"])), cancellationToken);
        }

        spending.ReversedAt = turn.Now;
        spending.ReversedById = turn.Person.Id;
        spending.ReversedReason = Bidi.StripControls(input["reason"]);
        await db.SaveChangesAsync(cancellationToken);
        audit.Note(turn, AuditActions.SpendingTakenBack, spending.Id, SpendDialog.Stored(spending), null);
        var standing = (await budgets.RunAsync(turn.Workspace.Id, cancellationToken)).First(b => b.Id == spending.BudgetId);
        return await step.EndDialogAsync(
            null,
            Reply.Private(Notice.For(t, [new TextBlock(t.Format("Budget.TakenBackDone", ("what", BudgetWords.What(spending, t)))), BudgetWords.Line(standing, t)])),
            cancellationToken);
    }
}
