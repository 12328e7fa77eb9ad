using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Tests.Web.Support;

/// <summary>A little programme behind the real router: enough commands, buttons and one form to drive the channel with.</summary>
public sealed class FakeProgramme
{
    public const string FormDialog = "fake";
    public const string FormPromptId = "fake.form";

    /// <summary>Everything the handlers were given, in order.</summary>
    public ConcurrentQueue<Interaction> Seen { get; } = new();

    public static RouteTable Routes { get; } = new(
        [
            new CommandRoute("help", typeof(HelpCommand)),
            new CommandRoute("content", typeof(ContentCommand)),
            new CommandRoute("suggest", typeof(FormCommand), Usage: "<link>"),
            new CommandRoute("broadcast", typeof(BroadcastCommand), Roles.Comms, "<link>"),
        ],
        [
            new ActionRoute("count", typeof(CountAction)),
            new ActionRoute("form", typeof(FormAction)),
            new ActionRoute("tell", typeof(TellAction)),
        ]);

    /// <summary>A card whose button counts its own presses.</summary>
    public static AdaptiveCard CountCard(ActionTokens tokens, TurnContext turn, int count) => new()
    {
        Lang = turn.Language.Code,
        Rtl = turn.Language.RightToLeft,
        Body =
        [
            new TextBlock(turn.Language.RightToLeft ? "החדשות של השבוע" : "This week's news") { Size = "Large", Weight = "Bolder", Style = "heading" },
            new TextBlock(turn.Language.RightToLeft ? $"נלחץ **{count}** פעמים" : $"Pressed **{count}** times"),
            new HorizontalBarChart { Title = "Shares", Data = [new("LinkedIn", 3)], Fallback = new TextBlock("LinkedIn: 3") },
        ],
        Actions =
        [
            Button(tokens, turn, turn.Language.RightToLeft ? "עוד אחת" : "One more", "count", count, "positive"),
            Button(tokens, turn, turn.Language.RightToLeft ? "טופס" : "Suggest a story", "form", 0),
            new OpenUrlAction { Title = turn.Language.RightToLeft ? "קריאה" : "Read it", Url = "https://example.com/news" },
        ],
    };

    public static ExecuteAction Button(ActionTokens tokens, TurnContext turn, string title, string verb, int generation, string? style = null) => new()
    {
        Title = title,
        Verb = verb,
        Style = style,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, 0, 1, 0, generation, "", turn.Now + TimeSpan.FromDays(30)))),
    };

    public static Task<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken) => step.PromptAsync(
        FormPromptId,
        new Form
        {
            Token = "",
            Title = step.Turn.Language.RightToLeft ? "הצעת סיפור" : "Suggest a story",
            Card = new AdaptiveCard
            {
                Lang = step.Turn.Language.Code,
                Rtl = step.Turn.Language.RightToLeft,
                Body =
                [
                    new TextBlock(step.Turn.Language.RightToLeft ? "מה כדאי לספר?" : "What is worth telling? A link and a line are enough."),
                    new InputText { Id = "title", Label = step.Turn.Language.RightToLeft ? "כותרת" : "Title", IsRequired = true, Placeholder = "…" },
                    new InputText { Id = "link", Label = step.Turn.Language.RightToLeft ? "קישור" : "Link", Style = "Url", Placeholder = "https://" },
                    new InputText { Id = "note", Label = step.Turn.Language.RightToLeft ? "הערה" : "Note", IsMultiline = true },
                    new InputChoiceSet
                    {
                        Id = "networks", Label = step.Turn.Language.RightToLeft ? "רשתות" : "Networks", IsMultiSelect = true, Style = "expanded",
                        Choices = [new("LinkedIn", "linkedin"), new("Facebook", "facebook"), new("X", "x")], Value = "linkedin",
                    },
                    new InputDate { Id = "date", Label = step.Turn.Language.RightToLeft ? "תאריך" : "Date" },
                    new InputToggle { Id = "ok", Title = step.Turn.Language.RightToLeft ? "אפשר להזכיר אותי בשם" : "You may mention my name" },
                ],
            },
            Actions =
            [
                new("send", step.Turn.Language.RightToLeft ? "שליחה" : "Send"),
                new("cancel", step.Turn.Language.RightToLeft ? "ביטול" : "Cancel", Validates: false),
            ],
        },
        cancellationToken);

    public static Task<DialogTurnResult> ThankAsync(WaterfallStepContext step, CancellationToken cancellationToken) => step.EndDialogAsync(
        null,
        Reply.ReplaceCard(Notice.Card(step.Turn.Texts, $"Thanks for “{CardText.Escape(FormPrompt.InputOf(step.Result)["title"])}”")),
        cancellationToken);

    public static Task<IReadOnlyDictionary<string, string>> JudgeAsync(FormInput input, DialogContext context, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string>();
        if (input["title"].Length < 3)
        {
            errors["title"] = "A title has three letters or more.";
        }

        if (!input["link"].StartsWith("https://", StringComparison.Ordinal))
        {
            errors["link"] = "A link begins with https://";
        }

        return Task.FromResult<IReadOnlyDictionary<string, string>>(errors);
    }
}

public sealed class HelpCommand(FakeProgramme programme, ActionTokens tokens) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        programme.Seen.Enqueue(interaction);
        return Task.FromResult(Reply.Private(Notice.For(
            turn.Texts,
            [new TextBlock("Here to help")],
            [FakeProgramme.Button(tokens, turn, "Tell everybody", "tell", 0)])));
    }
}

public sealed class ContentCommand(FakeProgramme programme, ActionTokens tokens) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        programme.Seen.Enqueue(interaction);
        return Task.FromResult(Reply.Private(FakeProgramme.CountCard(tokens, turn, 0)));
    }
}

public sealed class BroadcastCommand(FakeProgramme programme, ActionTokens tokens) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        programme.Seen.Enqueue(interaction);
        return Task.FromResult(Reply.Public(FakeProgramme.CountCard(tokens, turn, 0)));
    }
}

public sealed class FormCommand(FakeProgramme programme, DialogEngine dialogs) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        programme.Seen.Enqueue(interaction);
        return dialogs.BeginAsync(FakeProgramme.FormDialog, new JsonObject(), turn, cancellationToken);
    }
}

public sealed class CountAction(FakeProgramme programme, ActionTokens tokens) : IAppendingActionHandler
{
    public ValueTask<Appending> DecideAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        programme.Seen.Enqueue(press);
        return ValueTask.FromResult(Appending.Nothing(Reply.ReplaceCard(FakeProgramme.CountCard(tokens, turn, token.Generation + 1))));
    }
}

public sealed class FormAction(FakeProgramme programme, DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        programme.Seen.Enqueue(press);
        return dialogs.BeginAsync(FakeProgramme.FormDialog, new JsonObject(), turn, cancellationToken);
    }
}

public sealed class TellAction(FakeProgramme programme) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        programme.Seen.Enqueue(press);
        return Task.FromResult(Reply.Public(Notice.Card(turn.Texts, "For everybody")));
    }
}

public sealed class Listener(FakeProgramme programme) : IInteractionHandler<MessageReceived>, IInteractionHandler<ReactionChanged>
{
    public Task<Reply> HandleAsync(MessageReceived interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        programme.Seen.Enqueue(interaction);
        return Task.FromResult(Reply.Private(Notice.Card(turn.Texts, $"You said: {CardText.Escape(interaction.Text)}")));
    }

    public Task<Reply> HandleAsync(ReactionChanged interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        programme.Seen.Enqueue(interaction);
        return Task.FromResult(Reply.None);
    }
}
