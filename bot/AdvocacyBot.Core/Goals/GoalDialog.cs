using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Goals;

/// <summary>Sets a goal or changes one: what is counted, for what, how much, from when and until when.</summary>
public sealed class GoalDialog : WaterfallDialog
{
    public const string DialogId = "goal";
    public const string PromptId = "goal.form";

    /// <summary>Slack takes 100 options.</summary>
    private const int MostCampaigns = 90;

    private readonly AdvocacyDb db;
    private readonly AuditLog audit;
    private readonly ReadGoals read;

    public GoalDialog(AdvocacyDb db, AuditLog audit, ReadGoals read)
        : base(DialogId)
    {
        this.db = db;
        this.audit = audit;
        this.read = read;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => Roles.Owner;

    /// <param name="goalId">0: a new one.</param>
    public static JsonObject With(long goalId) => new() { ["goal"] = goalId };

    /// <summary>For the audit log: no words, only what and how much.</summary>
    internal static string Trace(Goal goal) => string.Create(
        CultureInfo.InvariantCulture,
        $"{goal.Kind} {goal.Target:0.##}{(goal.Currency is null ? "" : " " + goal.Currency)} {goal.StartsOn}/{goal.EndsOn}{(goal.CampaignId is { } id ? $" campaign {id}" : "")}");

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var id = (long?)step.Options["goal"] ?? 0;
        var goal = id == 0 ? null : await db.Goals.AsNoTracking().FirstOrDefaultAsync(g => g.Id == id && g.WorkspaceId == step.Turn.Workspace.Id, cancellationToken);
        if (id == 0 && await db.Goals.CountAsync(g => g.WorkspaceId == step.Turn.Workspace.Id, cancellationToken) >= GoalCheck.MostGoals)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Goals.TooMany", ("limit", GoalCheck.MostGoals)))), cancellationToken);
        }

        var chosen = goal?.CampaignId ?? 0;
        var campaigns = await db.Campaigns.AsNoTracking()
            .Where(c => c.WorkspaceId == step.Turn.Workspace.Id && (c.State != CampaignState.Draft || c.Id == chosen))
            .OrderByDescending(c => c.Id == chosen).ThenByDescending(c => c.Id).Take(MostCampaigns)
            .Select(c => new { c.Id, c.Title }).ToListAsync(cancellationToken);
        var currency = goal?.Currency
            ?? await db.ClickCosts.Where(c => c.WorkspaceId == step.Turn.Workspace.Id).OrderBy(c => c.Currency).Select(c => c.Currency).FirstOrDefaultAsync(cancellationToken);
        var today = CampaignTimes.Local(step.Turn.Now, step.Turn.Workspace.TimeZone).Date;
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Goals.FormTitle"],
                Card = Notice.For(t,
                [
                    new InputChoiceSet
                    {
                        Id = "kind",
                        Label = t["Goals.FormKind"],
                        IsRequired = true,
                        Style = "compact",
                        ErrorMessage = t["Goals.KindUnknown"],
                        Value = (goal?.Kind ?? GoalKind.ParticipationRate).ToString(),
                        Choices = [.. Enum.GetValues<GoalKind>().Select(kind => new Choice(t[$"Goals.Kind{kind}"], kind.ToString()))],
                    },
                    new InputChoiceSet
                    {
                        Id = "whose",
                        Label = t["Goals.FormWhose"],
                        IsRequired = true,
                        Style = "compact",
                        ErrorMessage = t["Goals.WhoseGone"],
                        Value = chosen.ToString(CultureInfo.InvariantCulture),
                        Choices =
                        [
                            new Choice(t["Goals.FormWholeProgramme"], "0"),
                            .. campaigns.Select(c => new Choice(c.Title, c.Id.ToString(CultureInfo.InvariantCulture))),
                        ],
                    },
                    new InputText
                    {
                        Id = "target",
                        Label = t["Goals.FormTarget"],
                        IsRequired = true,
                        ErrorMessage = t["Goals.TargetMissing"],
                        Value = goal?.Target.ToString("0.##", CultureInfo.InvariantCulture),
                        MaxLength = 20,
                    },
                    new TextBlock(t["Goals.FormTargetHint"]) { IsSubtle = true, Size = "Small", Spacing = "None" },
                    new InputText { Id = "currency", Label = t["Goals.FormCurrency"], Value = currency, MaxLength = 3 },
                    new InputDate { Id = "start", Label = t["Goals.FormStart"], IsRequired = true, ErrorMessage = t["Goals.DateBroken"], Value = goal?.StartsOn ?? Iso(today) },
                    new InputDate { Id = "end", Label = t["Goals.FormEnd"], IsRequired = true, ErrorMessage = t["Goals.DateBroken"], Value = goal?.EndsOn },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var wanted = GoalInput.Read(FormPrompt.InputOf(step.Result));
        var id = (long?)step.Options["goal"] ?? 0;
        var goal = id == 0 ? null : await db.Goals.FirstOrDefaultAsync(g => g.Id == id && g.WorkspaceId == step.Turn.Workspace.Id, cancellationToken);
        if (id != 0 && goal is null)
        {
            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t["Goals.NotThere"])), cancellationToken);
        }

        var before = goal is null ? null : Trace(goal);
        if (goal is null)
        {
            goal = new Goal { WorkspaceId = step.Turn.Workspace.Id, StartsOn = "", EndsOn = "", CreatedAt = step.Turn.Now };
            db.Goals.Add(goal);
        }

        goal.Kind = wanted.Kind!.Value;
        goal.CampaignId = wanted.CampaignId is > 0 ? wanted.CampaignId : null;
        goal.Target = wanted.Target!.Value;
        goal.Currency = goal.Kind == GoalKind.EarnedMediaValue ? wanted.Currency : null;
        goal.StartsOn = Iso(wanted.Start!.Value);
        goal.EndsOn = Iso(wanted.End!.Value);
        goal.Version++;
        await db.SaveChangesAsync(cancellationToken);
        audit.Note(step.Turn, before is null ? AuditActions.GoalSet : AuditActions.GoalEdited, goal.Id, before, Trace(goal));
        var progress = (await read.RunAsync(step.Turn.Workspace.Id, step.Turn.Person.Roles, step.Turn.Now, cancellationToken)).Single(g => g.GoalId == goal.Id);
        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t.Format("Goals.Saved", ("goal", GoalWords.Sentence(progress, t))))), cancellationToken);
    }

    private static string Iso(NodaTime.LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
