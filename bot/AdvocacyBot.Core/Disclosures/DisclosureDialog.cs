using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Disclosures;

/// <summary><c>/advocate disclosure</c>: what every shared text must say, and whether it must.</summary>
public sealed class ChangeDisclosure(DialogEngine dialogs) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(DisclosureDialog.DialogId, null, turn, cancellationToken);
}

/// <summary>Asks for the words in each language.</summary>
public sealed class DisclosureDialog : WaterfallDialog
{
    public const string DialogId = "disclosure";
    public const string PromptId = "disclosure.form";
    private readonly AdvocacyDb db;
    private readonly AuditLog audit;

    public DisclosureDialog(AdvocacyDb db, AuditLog audit)
        : base(DialogId)
    {
        this.db = db;
        this.audit = audit;
        Steps = [AskAsync, SaveAsync];
    }

    public override Roles For => Roles.Owner;

    public static IReadOnlyDictionary<string, string> Check(FormInput input, DialogContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var t = context.Turn.Texts;
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var language in Language.All.Where(l => Words(input, l).Length > DisclosureRule.MaxLength))
        {
            errors[Field(language)] = t.Plural("Campaigns.TooLong", Words(input, language).Length - DisclosureRule.MaxLength, ("limit", DisclosureRule.MaxLength));
        }

        if (input["required"] == "true" && Language.All.All(language => Words(input, language).Length == 0))
        {
            errors[Field(Language.English)] = t["Disclosures.Missing"];
        }

        return errors;
    }

    private static string Field(Language language) => $"text_{language.Code}";

    private static string Words(FormInput input, Language language) =>
        string.Join(' ', Bidi.StripControls(input[Field(language)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var rule = await db.DisclosureAsync(step.Turn.Workspace.Id, cancellationToken);
        return await step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Disclosures.FormTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Disclosures.What"]),
                    new InputToggle { Id = "required", Label = t["Disclosures.RequiredLabel"], Title = t["Disclosures.Required"], Value = rule.IsRequired ? "true" : "false" },
                    .. Language.All.Select(language => new InputText
                    {
                        Id = Field(language),
                        Label = t[$"Common.Language_{language.Code}"],
                        Value = rule.ByLanguage.GetValueOrDefault(language.Code, ""),
                        Placeholder = Texts.In(language).Format("Disclosures.Example", ("company", step.Turn.Workspace.Name)),
                    }),
                    new TextBlock(t["Disclosures.Hint"]) { IsSubtle = true, Size = "Small" },
                ]),
                Actions = [new FormAction("save", t["Dialogs.Save"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var input = FormPrompt.InputOf(step.Result);
        var required = input["required"] == "true";
        var kept = await db.Disclosures.Where(d => d.WorkspaceId == step.Turn.Workspace.Id).ToListAsync(cancellationToken);
        var changed = false;
        foreach (var language in Language.All)
        {
            var words = required ? Words(input, language) : "";
            var row = kept.Find(d => d.Language == language.Code);
            changed |= (row?.Text ?? "") != words;
            if (words.Length == 0)
            {
                db.Disclosures.RemoveRange(kept.Where(d => d == row));
            }
            else if (row is null)
            {
                db.Disclosures.Add(new Disclosure { WorkspaceId = step.Turn.Workspace.Id, Language = language.Code, Text = words });
            }
            else
            {
                row.Text = words;
            }
        }

        if (changed)
        {
            audit.Note(step.Turn, AuditActions.DisclosureChanged, 0, Said(kept.ConvertAll(d => d.Language)), Said(required ? [.. Language.All.Where(l => Words(input, l).Length > 0).Select(l => l.Code)] : []));
        }

        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t[required ? "Disclosures.IsOn" : "Disclosures.IsOff"])), cancellationToken);
    }

    private static string Said(List<string> languages) =>
        languages.Count == 0 ? "off" : string.Create(CultureInfo.InvariantCulture, $"on: {string.Join(',', languages.Order(StringComparer.Ordinal))}");
}
