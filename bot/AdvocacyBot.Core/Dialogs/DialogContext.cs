using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Dialogs;

/// <summary>A person's dialog stack in one conversation during one turn.</summary>
public sealed class DialogContext(DialogSet dialogs, List<DialogInstance> stack, TurnContext turn, ActionTokens tokens, DialogOptions options)
{
    public TurnContext Turn { get; } = turn;

    /// <summary>Bottom first.</summary>
    public List<DialogInstance> Stack { get; } = stack;

    /// <summary>The dialog whose code is running.</summary>
    public DialogInstance Active => Stack[^1];

    /// <summary>Whether the person has the roles that the dialogs on the stack, and the one to be begun, ask for.</summary>
    internal bool Allows(string? next = null) => Stack.Select(instance => instance.Id).Append(next ?? "")
        .All(id => dialogs.Find(id) is not { For: not Roles.None } dialog || Turn.Person.Has(dialog.For));

    /// <summary>Puts a dialog on top of the stack and runs it to its first wait.</summary>
    public async Task<DialogTurnResult> BeginDialogAsync(string id, JsonObject? options, CancellationToken cancellationToken)
    {
        var dialog = dialogs.Find(id) ?? throw new InvalidOperationException($"No dialog '{id}' in the set.");
        Stack.Add(new DialogInstance { Id = id, Options = options ?? [] });
        return await dialog.BeginDialogAsync(this, Active.Options, cancellationToken);
    }

    /// <summary>Hands the person's input to the dialog on top.</summary>
    public async Task<DialogTurnResult> ContinueDialogAsync(DialogInput input, CancellationToken cancellationToken)
    {
        if (Stack.Count == 0 || dialogs.Find(Active.Id) is not { } dialog)
        {
            return new DialogTurnResult(DialogTurnStatus.Empty, Reply.None);
        }

        return await dialog.ContinueDialogAsync(this, input, cancellationToken);
    }

    /// <summary>Takes the top dialog off and resumes the one below with its result.</summary>
    public async Task<DialogTurnResult> EndDialogAsync(JsonNode? result, Reply reply, CancellationToken cancellationToken)
    {
        Stack.RemoveAt(Stack.Count - 1);
        if (Stack.Count == 0)
        {
            return DialogTurnResult.Complete(reply, result);
        }

        var parent = dialogs.Find(Active.Id) ?? throw new InvalidOperationException($"No dialog '{Active.Id}' in the set.");
        return await parent.ResumeDialogAsync(this, result, cancellationToken);
    }

    public async Task<DialogTurnResult> ReplaceDialogAsync(string id, JsonObject? options, CancellationToken cancellationToken)
    {
        Stack.RemoveAt(Stack.Count - 1);
        return await BeginDialogAsync(id, options, cancellationToken);
    }

    public async Task<DialogTurnResult> RepromptDialogAsync(CancellationToken cancellationToken) =>
        Stack.Count == 0 || dialogs.Find(Active.Id) is not { } dialog
            ? new DialogTurnResult(DialogTurnStatus.Empty, Reply.None)
            : await dialog.RepromptDialogAsync(this, cancellationToken);

    /// <summary>Leaves every dialog, top first; the last one that has something to say is heard.</summary>
    public async Task<DialogTurnResult> CancelAllDialogsAsync(CancellationToken cancellationToken)
    {
        Reply? said = null;
        while (Stack.Count > 0)
        {
            if (dialogs.Find(Active.Id) is { } dialog)
            {
                said = await dialog.OnCancelAsync(this, cancellationToken) ?? said;
            }

            Stack.RemoveAt(Stack.Count - 1);
        }

        return new DialogTurnResult(DialogTurnStatus.Cancelled, said ?? Reply.None);
    }

    /// <summary>The token of a form that answers the prompt <paramref name="nonce"/> of this stack.</summary>
    internal string FormToken(string nonce) => tokens.Protect(new ActionToken(
        DialogEngine.FormVerb, Turn.Person.Id, Turn.Conversation.Id, Context: 0, Generation: 0, nonce, Turn.Now + options.Lifetime));
}
