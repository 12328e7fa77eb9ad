using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Rewards;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Core.Budgets;

/// <summary>
/// Records what was spent on the programme or on a campaign. Money that is gone is gone: more than the budget has is recorded too, but only on purpose, and owners are told.
/// </summary>
public sealed class SpendDialog : WaterfallDialog
{
    public const string DialogId = "budget.spend";
    public const string PromptId = "budget.spend.form";
    private const int MaxWhat = 100;
    private const int Budgets = 10;
    private const string Programme = "0";

    /// <summary>The latest; Slack takes 100 options of 75 characters.</summary>
    private const int Campaigns = 50;
    private const int LongestChoice = 75;
    private readonly AdvocacyDb db;
    private readonly ReadBudgets budgets;
    private readonly AuditLog audit;
    private readonly NoteWriter notes;

    public SpendDialog(AdvocacyDb db, ReadBudgets budgets, AuditLog audit, NoteWriter notes)
        : base(DialogId)
    {
        this.db = db;
        this.budgets = budgets;
        this.audit = audit;
        this.notes = notes;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    /// <param name="campaign">That is chosen at first; 0: the programme as a whole.</param>
    public static JsonObject With(long campaign) => new() { ["campaign"] = campaign };

    /// <summary>Runs in the transaction that spends, behind <see cref="RewardLock"/>: what it says is still so when the row is written.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(AdvocacyDb db, ReadBudgets read, FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var (turn, t) = (context.Turn, context.Turn.Texts);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (input["what"].Length is 0 or > MaxWhat)
        {
            errors["what"] = input["what"].Length == 0 ? t["Rewards.WhatMissing"] : t.Plural("Campaigns.TooLong", input["what"].Length - MaxWhat, ("limit", MaxWhat));
        }

        if (input["campaign"] != Programme
            && !await db.Campaigns.AnyAsync(c => c.Id == Number(input["campaign"]) && c.WorkspaceId == turn.Workspace.Id && c.State != CampaignState.Draft, cancellationToken))
        {
            errors["campaign"] = t["Campaigns.ChooseOne"];
        }

        await RewardLock.TakeAsync(db, turn.Workspace.Id, cancellationToken);
        var budget = (await read.RunAsync(turn.Workspace.Id, cancellationToken)).FirstOrDefault(b => b.Id == Number(input["budget"]));
        if (budget is null)
        {
            errors["budget"] = t["Campaigns.ChooseOne"];
            return errors;
        }

        if (DigestWeek.FirstDay(input["day"]) is not { } day)
        {
            errors["day"] = t["Rewards.BadDay"];
        }
        else if (day > ReadBudgets.Today(turn.Workspace.TimeZone, turn.Now))
        {
            errors["day"] = t["Budget.DayToCome"];
        }
        else if (!budget.Runs(day))
        {
            errors["day"] = t.Format("Budget.DayOutside", ("from", GoalWords.Day(budget.FirstDay, t)), ("to", GoalWords.Day(budget.LastDay, t)));
        }

        if (Money.Parse(input["amount"], budget.Currency) is not { } amount)
        {
            errors["amount"] = t.Format("Rewards.BadAmount", ("currency", budget.Currency));
        }
        else if (amount > budget.Left && input["over"] != "true")
        {
            errors["amount"] = t.Format(
                "Budget.TooMuch",
                ("amount", Money.Say(amount, budget.Currency, t)),
                ("left", Money.Say(Math.Max(budget.Left, 0), budget.Currency, t)),
                ("over", Money.Say(amount - budget.Left, budget.Currency, t)));
        }

        return errors;
    }

    internal static string Stored(Spending spending) => string.Create(
        CultureInfo.InvariantCulture, $"{Money.Plain(spending.Amount, spending.Currency)} {spending.Currency}{(spending.CampaignId is { } campaign ? $" campaign #{campaign}" : "")}");

    private static long Number(string typed) => long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var today = ReadBudgets.Today(step.Turn.Workspace.TimeZone, step.Turn.Now);
        var begun = (await budgets.RunAsync(step.Turn.Workspace.Id, cancellationToken)).Where(b => b.FirstDay <= today).Take(Budgets).ToList();
        if (begun.Count == 0)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Budget.NoneBegun"])), cancellationToken);
        }

        var chosen = (long)step.Options["campaign"]!;
        var campaigns = await db.Campaigns.AsNoTracking().Where(c => c.WorkspaceId == step.Turn.Workspace.Id && c.State != CampaignState.Draft)
            .OrderByDescending(c => c.Id == chosen).ThenByDescending(c => c.Id).Take(Campaigns).Select(c => new { c.Id, c.Title }).ToListAsync(cancellationToken);
        var from = begun.Find(b => b.Runs(today)) ?? begun[0];
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Budget.RecordTitle"],
                Card = Notice.For(t,
                [
                    new InputText { Id = "what", Label = t["Budget.What"], IsRequired = true, Value = "", ErrorMessage = t["Rewards.WhatMissing"] },
                    new InputText { Id = "amount", Label = t["Rewards.Amount"], IsRequired = true, Value = "", Placeholder = "200.00", ErrorMessage = t["Rewards.AmountMissing"] },
                    new InputChoiceSet
                    {
                        Id = "budget",
                        Label = t["Rewards.From"],
                        Style = "compact",
                        Value = Text(from.Id),
                        Choices = [.. begun.Select(b => new Choice(BudgetWords.Title(b, t), Text(b.Id)))],
                    },
                    new InputDate { Id = "day", Label = t["Budget.Day"], IsRequired = true, Value = DigestWeek.PeriodKey(LocalDate.Min(today, from.LastDay)), ErrorMessage = t["Rewards.BadDay"] },
                    new InputChoiceSet
                    {
                        Id = "campaign",
                        Label = t["Budget.On"],
                        Style = "compact",
                        Value = campaigns.Exists(c => c.Id == chosen) ? Text(chosen) : Programme,
                        Choices = [new Choice(t["Budget.WholeProgramme"], Programme), .. campaigns.Select(c => new Choice(Cut(c.Title), Text(c.Id)))],
                    },
                    new InputToggle { Id = "over", Label = t["Budget.OverLabel"], Title = t["Budget.OverAnyway"], Value = "false" },
                ]),
                Actions = [new FormAction("record", t["Budget.RecordSend"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var (turn, t) = (step.Turn, step.Turn.Texts);
        var input = FormPrompt.InputOf(step.Result);
        var budget = await db.RewardBudgets.AsNoTracking().FirstAsync(b => b.Id == Number(input["budget"]), cancellationToken);
        var day = DigestWeek.FirstDay(input["day"])!.Value;
        var spending = new Spending
        {
            WorkspaceId = turn.Workspace.Id,
            BudgetId = budget.Id,
            CampaignId = input["campaign"] == Programme ? null : Number(input["campaign"]),
            What = Bidi.StripControls(input["what"]),
            Currency = budget.Currency,
            Amount = Money.Parse(input["amount"], budget.Currency)!.Value,
            SpentAt = day == ReadBudgets.Today(turn.Workspace.TimeZone, turn.Now) ? turn.Now : Noon(day, turn.Workspace.TimeZone),
            RecordedAt = turn.Now,
            RecordedById = turn.Person.Id,
        };
        db.Spending.Add(spending);
        await db.SaveChangesAsync(cancellationToken);
        audit.Note(turn, AuditActions.SpendingRecorded, spending.Id, null, Stored(spending));
        var standing = (await budgets.RunAsync(turn.Workspace.Id, cancellationToken)).First(b => b.Id == budget.Id);
        if (standing.Left < 0)
        {
            foreach (var owner in await db.People.Where(p => p.WorkspaceId == turn.Workspace.Id && p.Reachable && p.Id != turn.Person.Id && (p.Roles & Roles.Owner) != Roles.None)
                .Select(p => p.Id).ToListAsync(cancellationToken))
            {
                notes.Add(BudgetNotes.Overspent, budget.Id, owner, turn, Text(spending.Id));
            }
        }

        return await step.EndDialogAsync(
            null,
            Reply.Private(Notice.For(t, [new TextBlock(t.Format("Budget.Recorded", ("what", BudgetWords.What(spending, t)))), BudgetWords.Line(standing, t)])),
            cancellationToken);
    }

    /// <summary>A day's middle stays on the day should the workspace's clock be set to another zone.</summary>
    private static DateTimeOffset Noon(LocalDate day, string timeZone) => day.At(LocalTime.Noon).InZoneLeniently(DigestWeek.Zone(timeZone, out _)).ToDateTimeOffset().ToUniversalTime();

    private static string Cut(string title) => title.Length <= LongestChoice ? title : title[..(LongestChoice - 1)] + "…";
}
