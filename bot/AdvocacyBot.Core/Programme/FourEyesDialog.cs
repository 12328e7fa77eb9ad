using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary>The button that opens the rule of approval by a second person.</summary>
public sealed class ChangeFourEyes(DialogEngine dialogs) : IActionHandler
{
    public const string Verb = "approval.rule";

    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(FourEyesDialog.DialogId, null, turn, cancellationToken);
}

/// <summary>Switches approval by a second person on and off, and says for what.</summary>
public sealed class FourEyesDialog : WaterfallDialog
{
    public const string DialogId = "approval.rule";
    public const string PromptId = "approval.rule.form";
    private readonly AdvocacyDb db;
    private readonly AuditLog audit;

    public FourEyesDialog(AdvocacyDb db, AuditLog audit)
        : base(DialogId)
    {
        this.db = db;
        this.audit = audit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => Roles.Owner;

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var stored = await db.Workspaces.AsNoTracking().Where(w => w.Id == step.Turn.Workspace.Id).Select(w => w.FourEyes).FirstAsync(cancellationToken);
        var rule = FourEyesRule.Parse(stored);
        var channels = await ScheduleValidation.ChannelsAsync(db, step.Turn.Workspace.Id, cancellationToken);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Programme.FourEyesTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Programme.FourEyesWhat"]),
                    new InputToggle { Id = "on", Label = t["Programme.FourEyesLabel"], Title = t["Programme.FourEyesOn"], Value = rule is null ? "false" : "true" },
                    new InputChoiceSet
                    {
                        Id = "types",
                        Label = t["Programme.FourEyesTypes"],
                        IsMultiSelect = true,
                        Style = "expanded",
                        Value = string.Join(',', rule?.Types ?? []),
                        Choices = [.. Enum.GetValues<ContentType>().Select(type => new Choice(t[$"Campaigns.Type{type}"], type.ToString()))],
                    },
                    new InputChoiceSet
                    {
                        Id = "channels",
                        Label = t["Programme.FourEyesChannels"],
                        IsMultiSelect = true,
                        Style = "expanded",
                        Value = string.Join(',', rule?.Channels ?? []),
                        Choices =
                        [
                            .. channels.Select(c => new Choice(c.Name, c.Id.ToString(CultureInfo.InvariantCulture))),
                            new Choice(t["Broadcasts.DirectMessages"], FourEyesRule.DirectMessages.ToString(CultureInfo.InvariantCulture)),
                        ],
                    },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var workspace = await db.Workspaces.FirstAsync(w => w.Id == step.Turn.Workspace.Id, cancellationToken);
        var next = input["on"] == "true" ? FourEyesRule.Parse($"types={input["types"]};channels={input["channels"]}")!.ToString() : null;
        if (next != workspace.FourEyes)
        {
            audit.Note(step.Turn, AuditActions.FourEyesChanged, 0, workspace.FourEyes ?? "off", next ?? "off");
            workspace.FourEyes = next;
        }

        return await step.EndDialogAsync(
            null, Reply.Private(Notice.Card(t, t[next is null ? "Programme.FourEyesIsOff" : "Programme.FourEyesIsOn"])), cancellationToken);
    }
}
