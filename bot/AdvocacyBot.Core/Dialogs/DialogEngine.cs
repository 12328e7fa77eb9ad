using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Dialogs;

/// <summary>Section <c>Dialogs</c>.</summary>
public sealed class DialogOptions
{
    public const string Section = "Dialogs";

    /// <summary>How long an unanswered dialog is kept.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);
}

/// <summary>
/// Runs dialogs. A stack belongs to one person in one conversation and lives in the database, written in the turn's transaction, so that a restart, a second
/// host or a repeated answer cannot run a step twice. Scoped: one per turn.
/// </summary>
public sealed class DialogEngine(AdvocacyDb db, DialogSet dialogs, ActionTokens tokens, IOptions<DialogOptions> options)
{
    public const string FormVerb = "form";

    /// <summary>Starts a dialog; one that was open is left as by cancel, so that what it holds is kept.</summary>
    public async Task<Reply> BeginAsync(string dialogId, JsonObject? with, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var state = await LoadAsync(turn.Conversation.Id, turn.Person.Id, cancellationToken);
        var context = Context(state, turn);
        await context.CancelAllDialogsAsync(cancellationToken);
        if (!context.Allows(dialogId))
        {
            Save(state, context, turn);
            return Explanations.RoleLost(turn);
        }

        var result = await context.BeginDialogAsync(dialogId, with, cancellationToken);
        Save(state, context, turn);
        return result.Reply;
    }

    /// <summary>An answer to a form. Null: the form is not what is being waited for (answered already, left, or expired).</summary>
    public async Task<Reply?> ContinueAsync(FormSubmitted form, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        turn = await WhereBegunAsync(token, turn, cancellationToken);
        var state = await LoadAsync(token.Subject, token.PersonId, cancellationToken);
        var context = Context(state, turn);
        if (Expired(state, turn) || context.Stack.Count == 0 || !FormPrompt.Waits(context.Active, token.Text))
        {
            return null;
        }

        if (form.Action != CancelAction && !context.Allows())
        {
            await context.CancelAllDialogsAsync(cancellationToken);
            Save(state, context, turn);
            return Explanations.RoleLost(turn);
        }

        var result = form.Action == CancelAction
            ? await context.CancelAllDialogsAsync(cancellationToken)
            : await context.ContinueDialogAsync(new FormInput(form.Action, form.Inputs), cancellationToken);
        Save(state, context, turn);
        return Said(result, turn);
    }

    /// <summary>The button of every form that leaves the dialog.</summary>
    public const string CancelAction = "cancel";

    /// <summary>Shows again what the open dialog waits for; null where none is open.</summary>
    public async Task<Reply?> RepromptAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var state = await LoadAsync(turn.Conversation.Id, turn.Person.Id, cancellationToken);
        var context = Context(state, turn);
        if (Expired(state, turn) || context.Stack.Count == 0)
        {
            return null;
        }

        return (await context.RepromptDialogAsync(cancellationToken)).Reply;
    }

    /// <summary>Leaves the open dialog; null where none is open.</summary>
    public async Task<Reply?> CancelAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var state = await LoadAsync(turn.Conversation.Id, turn.Person.Id, cancellationToken);
        var context = Context(state, turn);
        if (Expired(state, turn) || context.Stack.Count == 0)
        {
            return null;
        }

        var result = await context.CancelAllDialogsAsync(cancellationToken);
        Save(state, context, turn);
        return Said(result, turn);
    }

    private static Reply Said(DialogTurnResult result, TurnContext turn) =>
        result is { Status: DialogTurnStatus.Cancelled, Reply: NoReply }
            ? Reply.Private(Cards.Notice.Card(turn.Texts, turn.Texts["Dialogs.Cancelled"]))
            : result.Reply;

    // A form may be sent from elsewhere, since a modal stands in no channel: what it is about is where the dialog was begun.
    private async Task<TurnContext> WhereBegunAsync(ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        if (token.Subject == turn.Conversation.Id)
        {
            return turn;
        }

        var conversation = await db.Conversations.AsNoTracking().FirstAsync(c => c.Id == token.Subject && c.WorkspaceId == turn.Workspace.Id, cancellationToken);
        return turn with { Conversation = People.ConversationInfo.From(conversation, turn.Workspace) };
    }

    private static bool Expired(DialogState? state, TurnContext turn) => state is null || state.ExpiresAt <= turn.Now;

    private Task<DialogState?> LoadAsync(long conversationId, long personId, CancellationToken cancellationToken) =>
        db.DialogStates.FirstOrDefaultAsync(s => s.ConversationId == conversationId && s.PersonId == personId, cancellationToken);

    private DialogContext Context(DialogState? state, TurnContext turn)
    {
        var stack = state is null || state.ExpiresAt <= turn.Now
            ? []
            : JsonSerializer.Deserialize(state.Stack, DialogJsonContext.Default.ListDialogInstance) ?? [];
        return new DialogContext(dialogs, stack, turn, tokens, options.Value);
    }

    private void Save(DialogState? state, DialogContext context, TurnContext turn)
    {
        if (context.Stack.Count == 0)
        {
            if (state is not null)
            {
                db.DialogStates.Remove(state);
            }

            return;
        }

        var json = JsonSerializer.Serialize(context.Stack, DialogJsonContext.Readable.ListDialogInstance);
        if (state is null)
        {
            db.DialogStates.Add(new DialogState
            {
                ConversationId = context.Turn.Conversation.Id,
                PersonId = context.Turn.Person.Id,
                Stack = json,
                Version = 1,
                ExpiresAt = turn.Now + options.Value.Lifetime,
                UpdatedAt = turn.Now,
            });
            return;
        }

        state.Stack = json;
        state.Version++;
        state.ExpiresAt = turn.Now + options.Value.Lifetime;
        state.UpdatedAt = turn.Now;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<DialogInstance>))]
[JsonSerializable(typeof(FormAction[]))]
internal sealed partial class DialogJsonContext : JsonSerializerContext
{
    private static readonly JsonSerializerOptions JsonOptions = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static readonly DialogJsonContext Readable = new(new JsonSerializerOptions(JsonOptions) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
}
