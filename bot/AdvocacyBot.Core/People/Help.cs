using System.Collections.Concurrent;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.People;

/// <summary><c>/advocate help</c>: what this is, what the person can do, and the way back to a dialog that is open.</summary>
public sealed class Help(HelpPages pages, QuickReads reads, ActionTokens tokens) : ICommandHandler
{
    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var page = pages.For(turn);
        if (!await IsDialogOpenAsync(turn, cancellationToken))
        {
            return Reply.Private(page);
        }

        var t = turn.Texts;
        return Reply.Private(Notice.For(
            t,
            [.. page.Body, new TextBlock(t["Dialogs.Open"]) { Separator = true }],
            [Button(t["Dialogs.Continue"], ResumeDialog.Verb, turn), Button(t["Dialogs.Leave"], ResumeDialog.LeaveVerb, turn)]));
    }

    /// <summary>Everybody begins with help: asked by a statement that stays prepared.</summary>
    private async ValueTask<bool> IsDialogOpenAsync(TurnContext turn, CancellationToken cancellationToken) => await reads.FirstAsync(
        new("""SELECT "ExpiresAt" FROM dialog_states WHERE "ConversationId" = $1 AND "PersonId" = $2""", turn.Conversation.Id, turn.Person.Id),
        static row => row.Number(0),
        cancellationToken) > turn.Now.ToUnixTimeMilliseconds();

    private ExecuteAction Button(string title, string verb, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, turn.Conversation.Id, 0, 0, "", turn.Now.AddDays(1)))),
    };
}

/// <summary>The page that help shows where no dialog is open: the same card for all who may do the same, so that adapters can keep what they made of it.</summary>
public sealed class HelpPages(RouteTable routes)
{
    private readonly ConcurrentDictionary<(Language Language, Roles Roles), AdaptiveCard> pages = new();

    public AdaptiveCard For(TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return pages.GetOrAdd(
            (turn.Language, turn.Person.Roles),
            static (_, made) => Notice.For(made.turn.Texts, [new TextBlock(made.turn.Texts["Chat.HelpIntro"]), .. HelpCards.Commands(made.turn, made.routes)]) with { IsShared = true },
            (turn, routes));
    }
}

/// <summary>The buttons that go back to an open dialog or leave it.</summary>
public sealed class ResumeDialog(DialogEngine dialogs) : IActionHandler
{
    public const string Verb = "dialog.resume";
    public const string LeaveVerb = "dialog.leave";

    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var reply = token.Verb == Verb ? await dialogs.RepromptAsync(turn, cancellationToken) : await dialogs.CancelAsync(turn, cancellationToken);
        return reply ?? Reply.Private(Notice.Card(turn.Texts, turn.Texts["Dialogs.NoneOpen"]));
    }
}

/// <summary><c>/advocate cancel</c>: leaves the open dialog.</summary>
public sealed class Cancel(DialogEngine dialogs) : ICommandHandler
{
    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return await dialogs.CancelAsync(turn, cancellationToken) ?? Reply.Private(Notice.Card(turn.Texts, turn.Texts["Dialogs.NoneOpen"]));
    }
}

/// <summary>Plain words to the bot: "cancel" and "help" in either language, else the way to what it can do.</summary>
public sealed class HearMessage(DialogEngine dialogs, Help help, Cancel cancel) : IInteractionHandler<MessageReceived>
{
    public async Task<Reply> HandleAsync(MessageReceived interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var command = new CommandInvoked
        {
            Name = interaction.Text.Trim().ToLowerInvariant(),
            Workspace = interaction.Workspace,
            Conversation = interaction.Conversation,
            Person = interaction.Person,
            DedupKey = interaction.DedupKey,
            At = interaction.At,
        };
        switch (command.Name)
        {
            case "cancel" or "ביטול":
                return await cancel.HandleAsync(command, turn, cancellationToken);
            case "help" or "עזרה":
                return await help.HandleAsync(command, turn, cancellationToken);
            default:
                return await dialogs.RepromptAsync(turn, cancellationToken)
                    ?? Reply.Private(Notice.Card(turn.Texts, turn.Texts["Chat.SmallTalk"]));
        }
    }
}
