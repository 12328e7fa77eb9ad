using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Templates;

/// <summary><c>/advocate templates</c>: what helps to compose each kind of content, for this programme.</summary>
public sealed class ChangeTemplates(DialogEngine dialogs) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(TemplatesDialog.DialogId, null, turn, cancellationToken);
}

/// <summary>Asks for a kind of content, shows its template to be changed, and goes back to the product's own where that is wanted.</summary>
public sealed class TemplatesDialog : WaterfallDialog
{
    public const string DialogId = "templates";
    public const string TypePrompt = "templates.type";
    public const string WordsPrompt = "templates.words";
    private const string Default = "default";
    private readonly AdvocacyDb db;
    private readonly NetworkCatalogue networks;
    private readonly AuditLog audit;

    public TemplatesDialog(AdvocacyDb db, NetworkCatalogue networks, AuditLog audit)
        : base(DialogId)
    {
        this.db = db;
        this.networks = networks;
        this.audit = audit;
        Steps = [TypeAsync, WordsAsync, SaveAsync];
    }

    public override Roles For => CampaignRoutes.Managers;

    private async Task<DialogTurnResult> TypeAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var templates = await db.TemplatesAsync(step.Turn.Workspace.Id, cancellationToken);
        return await step.PromptAsync(
            TypePrompt,
            new Form
            {
                Token = "",
                Title = t["Templates.FormTitle"],
                Card = Notice.For(t,
                [
                    new TextBlock(t["Templates.What"]),
                    new InputChoiceSet
                    {
                        Id = "contentType",
                        Label = t["Campaigns.ContentType"],
                        Style = "compact",
                        Value = nameof(ContentType.News),
                        Choices =
                        [
                            .. Enum.GetValues<ContentType>().Select(type => new Choice(
                                templates.IsOwn(type) ? t.Format("Templates.Changed", ("type", t[$"Campaigns.Type{type}"])) : t[$"Campaigns.Type{type}"], type.ToString())),
                        ],
                    },
                ]),
                Actions = [new FormAction("next", t["Campaigns.Next"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);
    }

    private async Task<DialogTurnResult> WordsAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var type = Enum.Parse<ContentType>(FormPrompt.InputOf(step.Result)["contentType"]);
        step.Values["type"] = type.ToString();
        var templates = await db.TemplatesAsync(step.Turn.Workspace.Id, cancellationToken);
        var words = TemplateWords.Of(templates.For(type));
        return await step.PromptAsync(
            WordsPrompt,
            new Form
            {
                Token = "",
                Title = t.Format("Templates.WordsTitle", ("type", t[$"Campaigns.Type{type}"])),
                Card = Notice.For(t,
                [
                    new TextBlock(t[templates.IsOwn(type) ? "Templates.IsOwn" : "Templates.IsDefault"]) { IsSubtle = true },
                    new InputNumber { Id = "minutes", Label = t["Campaigns.Minutes"], Value = words.Minutes, Min = 1, Max = TemplateInput.MostMinutes },
                    new InputChoiceSet
                    {
                        Id = "networks",
                        Label = t["Campaigns.Networks"],
                        IsRequired = true,
                        IsMultiSelect = true,
                        Style = "expanded",
                        ErrorMessage = t["Campaigns.NetworksMissing"],
                        Value = string.Join(',', words.Networks.Where(key => networks.Find(key) is not null)),
                        Choices = [.. networks.All.Select(network => new Choice(network.Name(t.Language), network.Key))],
                    },
                    .. Language.All.OrderBy(language => language != t.Language).SelectMany(language => Fields(words, language, t)),
                ]),
                Actions =
                [
                    new FormAction("save", t["Dialogs.Save"]),
                    .. templates.IsOwn(type) ? [new FormAction(Default, t["Templates.BackToDefault"], Validates: false)] : Array.Empty<FormAction>(),
                    ComposeForms.Cancel(t),
                ],
            },
            cancellationToken);
    }

    private static IEnumerable<CardElement> Fields(TemplateWords words, Language language, Texts t)
    {
        var name = ("language", (object?)t[$"Common.Language_{language.Code}"]);
        var texts = words.Texts.GetValueOrDefault(language.Code, []);
        yield return new TextBlock(t[$"Common.Language_{language.Code}"]) { Weight = "Bolder", Style = "heading", Separator = true };
        yield return new InputText { Id = $"title_{language.Code}", Label = t.Format("Templates.TitleHint", name), Value = words.Titles.GetValueOrDefault(language.Code, "") };
        yield return new InputText { Id = $"summary_{language.Code}", Label = t.Format("Templates.SummaryHint", name), Value = words.Summaries.GetValueOrDefault(language.Code, "") };
        for (var i = 0; i < TemplateInput.MostTexts; i++)
        {
            yield return new InputText
            {
                Id = $"text{i + 1}_{language.Code}",
                Label = t.Format("Templates.ExampleText", ("number", i + 1), name),
                IsMultiline = true,
                Value = i < texts.Count ? texts[i] : "",
            };
        }
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var type = Enum.Parse<ContentType>((string)step.Values["type"]!);
        var stored = await db.OwnTemplates.FirstOrDefaultAsync(o => o.WorkspaceId == step.Turn.Workspace.Id && o.ContentType == type, cancellationToken);
        var before = stored is null ? "default" : "own";
        var said = ("type", (object?)t[$"Campaigns.Type{type}"]);
        if (FormPrompt.ActionOf(step.Result) == Default)
        {
            if (stored is not null)
            {
                db.OwnTemplates.Remove(stored);
                audit.Note(step.Turn, AuditActions.TemplateChanged, 0, $"{type}={before}", $"{type}=default");
            }

            return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Templates.IsBack", said))), cancellationToken);
        }

        var words = TemplateInput.Read(FormPrompt.InputOf(step.Result)).ToJson();
        var isDefault = words == TemplateWords.Of(ContentTemplates.For(type)).ToJson();
        if (isDefault)
        {
            // Saved as it came: whatever a later version brings is followed.
            db.OwnTemplates.RemoveRange(stored is null ? [] : [stored]);
        }
        else if (stored is null)
        {
            db.OwnTemplates.Add(new OwnTemplate { WorkspaceId = step.Turn.Workspace.Id, ContentType = type, Words = words, UpdatedAt = step.Turn.Now });
        }
        else
        {
            (stored.Words, stored.UpdatedAt) = (words, step.Turn.Now);
        }

        audit.Note(step.Turn, AuditActions.TemplateChanged, 0, $"{type}={before}", $"{type}={(isDefault ? "default" : "own")}");
        return await step.EndDialogAsync(null, Reply.Private(Notice.Card(t, t.Format("Templates.Saved", said))), cancellationToken);
    }
}
