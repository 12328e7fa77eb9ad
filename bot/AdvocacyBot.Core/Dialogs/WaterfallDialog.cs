using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Core.Dialogs;

/// <summary>A step of a <see cref="WaterfallDialog"/>: prompts, begins another dialog, goes on or ends.</summary>
public delegate Task<DialogTurnResult> WaterfallStep(WaterfallStepContext step, CancellationToken cancellationToken);

/// <summary>Steps in order; each begins where the one before it got its answer.</summary>
public class WaterfallDialog(string id, params IReadOnlyList<WaterfallStep> steps) : Dialog(id)
{
    /// <summary>Set once, by the constructor of a dialog whose steps are its own methods.</summary>
    protected IReadOnlyList<WaterfallStep> Steps { get; init; } = steps;

    public override Task<DialogTurnResult> BeginDialogAsync(DialogContext context, JsonObject options, CancellationToken cancellationToken) =>
        RunStepAsync(context, 0, result: null, cancellationToken);

    /// <summary>A waterfall waits through the prompts it begins; input that reaches it itself shows the current step again.</summary>
    public override Task<DialogTurnResult> ContinueDialogAsync(DialogContext context, DialogInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return RunStepAsync(context, context.Active.Step, result: null, cancellationToken);
    }

    public override Task<DialogTurnResult> ResumeDialogAsync(DialogContext context, JsonNode? result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return RunStepAsync(context, context.Active.Step + 1, result, cancellationToken);
    }

    internal async Task<DialogTurnResult> RunStepAsync(DialogContext context, int index, JsonNode? result, CancellationToken cancellationToken)
    {
        if (index >= Steps.Count)
        {
            return await context.EndDialogAsync(result, Reply.None, cancellationToken);
        }

        var instance = context.Active;
        instance.Step = index;
        return await Steps[index](new WaterfallStepContext(this, context, instance, result), cancellationToken);
    }
}

/// <summary>What a step sees and can do.</summary>
public sealed class WaterfallStepContext(WaterfallDialog dialog, DialogContext context, DialogInstance instance, JsonNode? result)
{
    public DialogContext Context { get; } = context;

    public TurnContext Turn => Context.Turn;

    public int Index => instance.Step;

    public JsonObject Options => instance.Options;

    /// <summary>Kept from step to step.</summary>
    public JsonObject Values => instance.Values;

    /// <summary>The answer to the step before.</summary>
    public JsonNode? Result { get; } = result;

    /// <summary>Shows a form and waits; its valid answer is the next step's <see cref="Result"/>.</summary>
    /// <param name="promptId">Id of a <see cref="FormPrompt"/> in the set.</param>
    /// <param name="form">The form; the prompt gives it its token.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    public Task<DialogTurnResult> PromptAsync(string promptId, Form form, CancellationToken cancellationToken) =>
        Context.BeginDialogAsync(promptId, FormPrompt.OptionsFor(form), cancellationToken);

    public Task<DialogTurnResult> BeginDialogAsync(string id, JsonObject? options, CancellationToken cancellationToken) =>
        Context.BeginDialogAsync(id, options, cancellationToken);

    public Task<DialogTurnResult> NextAsync(JsonNode? value, CancellationToken cancellationToken) =>
        dialog.RunStepAsync(Context, instance.Step + 1, value, cancellationToken);

    /// <summary>Runs another step of this waterfall, for "Back".</summary>
    public Task<DialogTurnResult> GoToStepAsync(int index, CancellationToken cancellationToken) =>
        dialog.RunStepAsync(Context, index, result: null, cancellationToken);

    public Task<DialogTurnResult> EndDialogAsync(JsonNode? value, Reply reply, CancellationToken cancellationToken) =>
        Context.EndDialogAsync(value, reply, cancellationToken);
}
