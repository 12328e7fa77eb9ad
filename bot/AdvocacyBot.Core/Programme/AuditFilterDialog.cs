using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary>The button that opens the filter of the audit log.</summary>
public sealed class FilterAudit(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return dialogs.BeginAsync(AuditFilterDialog.DialogId, AuditFilterDialog.With(token.Text), turn, cancellationToken);
    }
}

/// <summary>Asks what of the audit log to show, and shows it.</summary>
public sealed class AuditFilterDialog : WaterfallDialog
{
    public const string DialogId = "audit.filter";
    public const string PromptId = "audit.filter.form";

    /// <summary>Slack takes 100 options; two are taken.</summary>
    private const int MostPeople = 98;
    private readonly AdvocacyDb db;
    private readonly ShowAudit audit;

    public AuditFilterDialog(AdvocacyDb db, ShowAudit audit)
        : base(DialogId)
    {
        this.db = db;
        this.audit = audit;
        Steps = [AskAsync, ShowAsync];
    }

    public override Roles For => Roles.Owner;

    /// <param name="filter">What is filtered so far.</param>
    public static JsonObject With(string filter) => new() { ["filter"] = filter };

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var filter = AuditFilter.Parse((string?)step.Options["filter"] ?? "");
        var actors = await db.Audit.Where(e => e.WorkspaceId == step.Turn.Workspace.Id && e.ActorId != null).Select(e => e.ActorId!.Value).Distinct().ToListAsync(cancellationToken);
        var people = await db.People.AsNoTracking().Where(p => actors.Contains(p.Id) && p.Name != "")
            .OrderBy(p => p.Name).ThenBy(p => p.Id).Take(MostPeople).Select(p => new { p.Id, p.Name }).ToListAsync(cancellationToken);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Programme.AuditFilterTitle"],
                Card = Notice.For(t,
                [
                    Choose("kind", t["Programme.AuditWhat"], filter.Kind,
                        [new(t["Programme.AuditAll"], "all"), .. AuditFilter.Kinds.Select(kind => new Choice(t[$"Programme.AuditKind_{kind}"], kind))]),
                    Choose("actor", t["Programme.AuditWho"], Text(filter.Actor),
                    [
                        new(t["Programme.AuditAnybody"], "0"), .. people.Select(p => new Choice(p.Name, Text(p.Id))), new(t["Programme.AuditSettings"], Text(AuditFilter.BySettings)),
                    ]),
                    Choose("days", t["Programme.AuditWhen"], Text(filter.Days),
                        [new(t["Programme.AuditAnyTime"], "0"), .. AuditFilter.Periods.Select(days => new Choice(t.Plural("Programme.AuditLastDays", days), Text(days)))]),
                ]),
                Actions = [new FormAction("show", t["Programme.AuditShow"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var input = FormPrompt.InputOf(step.Result);
        var card = await audit.CardAsync(AuditFilter.Of(input["kind"], input["actor"], input["days"]), before: 0, step.Turn, cancellationToken);
        return await step.EndDialogAsync(null, Reply.Private(card), cancellationToken);
    }

    private static InputChoiceSet Choose(string id, string label, string value, IReadOnlyList<Choice> choices) => new()
    {
        Id = id, Label = label, Style = "compact", Value = choices.Any(choice => choice.Value == value) ? value : choices[0].Value, Choices = choices,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
