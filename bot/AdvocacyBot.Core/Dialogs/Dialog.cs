using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Dialogs;

/// <summary>As in Bot Framework: a piece of conversation that can be begun, continued with what the person said, and resumed when a dialog it began ends.</summary>
public abstract class Dialog(string id)
{
    /// <summary>Stored in dialog stacks; do not rename once released.</summary>
    public string Id { get; } = id;

    /// <summary>Roles that may use it; none: everybody. Looked at when it is begun and at every answer.</summary>
    public virtual Roles For => Roles.None;

    public abstract Task<DialogTurnResult> BeginDialogAsync(DialogContext context, JsonObject options, CancellationToken cancellationToken);

    public abstract Task<DialogTurnResult> ContinueDialogAsync(DialogContext context, DialogInput input, CancellationToken cancellationToken);

    public abstract Task<DialogTurnResult> ResumeDialogAsync(DialogContext context, JsonNode? result, CancellationToken cancellationToken);

    /// <summary>Shows again what is being waited for, after an interruption.</summary>
    public virtual Task<DialogTurnResult> RepromptDialogAsync(DialogContext context, CancellationToken cancellationToken) =>
        Task.FromResult(DialogTurnResult.Waiting(Reply.None));

    /// <summary>The dialog is left before its end, by cancel or by another dialog taking its place.</summary>
    /// <returns>Something to say, or null for the usual "cancelled".</returns>
    public virtual Task<Reply?> OnCancelAsync(DialogContext context, CancellationToken cancellationToken) => Task.FromResult<Reply?>(null);
}

/// <summary>What the person gave: a sent form or a line of text.</summary>
public abstract record DialogInput;

/// <param name="Action">Which button sent it.</param>
/// <param name="Inputs">By input id.</param>
public sealed record FormInput(string Action, IReadOnlyDictionary<string, string> Inputs) : DialogInput
{
    /// <summary>The trimmed value of an input, or "".</summary>
    public string this[string id] => Inputs.TryGetValue(id, out var value) ? value.Trim() : "";
}

public sealed record TextInput(string Text) : DialogInput;

public enum DialogTurnStatus
{
    /// <summary>Nothing was active.</summary>
    Empty = 0,
    Waiting = 1,
    Complete = 2,
    Cancelled = 3,
}

/// <param name="Status">Where the stack stands after the turn.</param>
/// <param name="Reply">What the person is shown.</param>
/// <param name="Result">What an ended dialog hands to the one that began it.</param>
public sealed record DialogTurnResult(DialogTurnStatus Status, Reply Reply, JsonNode? Result = null)
{
    public static DialogTurnResult Waiting(Reply reply) => new(DialogTurnStatus.Waiting, reply);

    public static DialogTurnResult Complete(Reply reply, JsonNode? result = null) => new(DialogTurnStatus.Complete, reply, result);
}

/// <summary>One active dialog on a stack; stored as JSON.</summary>
public sealed class DialogInstance
{
    public required string Id { get; init; }

    /// <summary>What it was begun with.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>What it remembers between turns.</summary>
    public JsonObject Values { get; init; } = [];

    /// <summary>Waterfall: index of the current step.</summary>
    public int Step { get; set; }
}

/// <summary>The dialogs that can be begun, by id.</summary>
public sealed class DialogSet(IEnumerable<Dialog> dialogs)
{
    private readonly Dictionary<string, Dialog> byId = dialogs.ToDictionary(dialog => dialog.Id, StringComparer.Ordinal);

    public IEnumerable<Dialog> All => byId.Values;

    public Dialog? Find(string id) => byId.GetValueOrDefault(id);
}
