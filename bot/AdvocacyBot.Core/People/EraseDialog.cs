using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.People;

/// <summary><em>Erase me</em>, after the person has read what goes and what stays, and confirmed it.</summary>
public sealed class EraseDialog : WaterfallDialog
{
    public const string DialogId = "me.erase";
    public const string PromptId = "me.erase.form";
    private readonly AdvocacyDb db;
    private readonly ErasePerson erase;

    public EraseDialog(AdvocacyDb db, ErasePerson erase)
        : base(DialogId)
    {
        this.db = db;
        this.erase = erase;
        Steps = [AskAsync, EraseAsync];
    }

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        return input["sure"] == "true"
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["sure"] = context.Turn.Texts["Preferences.EraseSureMissing"] };
    }

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var joined = (await OwnAccounts.OfAsync(db, step.Turn.Person.Id, cancellationToken)).Skip(1)
            .Select(account => CardText.Escape($"{account.Name} ({t[$"Broadcasts.Platform_{account.Platform}"]})")).ToList();
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Preferences.EraseTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Preferences.EraseGoes"]),
                    .. joined.Count == 0 ? Array.Empty<CardElement>() : [new TextBlock(t.Format("Preferences.EraseAccounts", ("accounts", new JoinedText(joined, t.Language)))) { Color = "Attention" }],
                    new TextBlock(t["Preferences.EraseStays"]),
                    new TextBlock(t["Preferences.EraseExport"]) { IsSubtle = true, Size = "Small" },
                    new InputToggle { Id = "sure", Label = t["Preferences.EraseSureLabel"], Title = t["Preferences.EraseSure"], Value = "false" },
                ]),
                Actions = [new FormAction("erase", t["Preferences.EraseButton"], Destructive: true), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> EraseAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var outcome = await erase.RunAsync(step.Turn.Person.Id, step.Turn.Person.Id, step.Turn.Now, cancellationToken);

        // Whoever was erased a moment ago elsewhere is gone all the same.
        return await step.EndDialogAsync(
            null,
            outcome == EraseOutcome.LastOwner
                ? Reply.Private(Notice.Card(t, t["Preferences.EraseLastOwner"]))
                : Reply.Passing(Notice.Card(t, t["Preferences.Erased"])),
            cancellationToken);
    }
}
