using System.Text.Json.Nodes;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>The short form of a suggestion. Who has not joined the programme agrees to what is kept of this one suggestion, and to nothing else.</summary>
public sealed class SuggestDialog : WaterfallDialog
{
    public const string DialogId = "suggest";
    public const string PromptId = "suggest.form";
    private readonly RecordSuggestion record;
    private readonly SuggestionCards cards;

    public SuggestDialog(RecordSuggestion record, SuggestionCards cards)
        : base(DialogId)
    {
        this.record = record;
        this.cards = cards;
        Steps = [AskAsync, SaveAsync];
    }

    /// <param name="draft">Shown in the form.</param>
    /// <param name="note">Said above it.</param>
    public static JsonObject With(SuggestionDraft draft, string? note)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return new JsonObject
        {
            ["link"] = draft.Link,
            ["title"] = draft.Title,
            ["why"] = draft.Why,
            ["text"] = draft.Text,
            ["mediaUrl"] = draft.MediaUrl,
            ["language"] = draft.Language,
            ["byName"] = draft.ByName,
            ["note"] = note,
        };
    }

    /// <summary>The fields that say what is suggested, for the suggester and for those who edit it.</summary>
    internal static IReadOnlyList<CardElement> Fields(SuggestionDraft draft, Texts t) =>
    [
        new InputText { Id = "link", Label = t["Suggestions.Link"], Style = "Url", Value = draft.Link, Placeholder = "https://" },
        new InputText { Id = "title", Label = t["Suggestions.Title"], Value = draft.Title },
        new InputText { Id = "why", Label = t["Suggestions.Why"], IsMultiline = true, Value = draft.Why },
        new InputText { Id = "text", Label = t["Suggestions.Text"], IsMultiline = true, Value = draft.Text },
        new InputText { Id = "mediaUrl", Label = t["Suggestions.Media"], Style = "Url", Value = draft.MediaUrl, Placeholder = "https://" },
        ComposeForms.LanguageChoice("language", t["Suggestions.Language"], draft.Language, t),
    ];

    private static Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var t = step.Turn.Texts;
        var draft = new SuggestionDraft
        {
            Link = Given("link"),
            Title = Given("title"),
            Why = Given("why"),
            Text = Given("text"),
            MediaUrl = Given("mediaUrl"),
            Language = Given("language"),
            ByName = (bool?)step.Options["byName"] == true,
        };
        var joined = step.Turn.Person.ConsentedAt is not null;
        return step.PromptAsync(
            PromptId,
            new Form
            {
                Token = "",
                Title = t["Suggestions.FormTitle"],
                Card = Notice.For(t,
                [
                    .. (string?)step.Options["note"] is { } note ? [new TextBlock(note) { Color = "Warning" }] : Array.Empty<CardElement>(),
                    new TextBlock(t["Suggestions.FormHint"]) { IsSubtle = true },
                    .. Fields(draft, t),
                    new InputToggle { Id = "appear", Label = t["Suggestions.AppearLabel"], Title = t["Suggestions.Appear"], Value = draft.ByName ? "true" : "false" },
                    .. joined ? Array.Empty<CardElement>() : [new InputToggle { Id = "agree", Label = t["Suggestions.AgreeLabel"], Title = t["Suggestions.Agree"], Value = "false" }],
                ]),
                Actions = [new FormAction("suggest", t["Suggestions.Send"]), ComposeForms.Cancel(t)],
            },
            cancellationToken);

        string Given(string name) => (string?)step.Options[name] ?? "";
    }

    private async Task<DialogTurnResult> SaveAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var (suggestion, outcome) = await record.RunAsync(SuggestValidation.Draft(FormPrompt.InputOf(step.Result)), step.Turn, cancellationToken);
        return await step.EndDialogAsync(null, Reply.Private(cards.Received(suggestion, outcome, step.Turn)), cancellationToken);
    }
}
