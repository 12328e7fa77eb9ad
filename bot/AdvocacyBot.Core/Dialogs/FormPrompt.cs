using System.Text.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Core.Dialogs;

/// <summary>Judges what was sent.</summary>
/// <param name="input">The values by input id and the button.</param>
/// <param name="context">The turn; the dialog that prompted is below the prompt on the stack.</param>
/// <param name="cancellationToken">Cancels the turn.</param>
/// <returns>Messages by input id, empty where all is well; "" is about the whole form.</returns>
public delegate Task<IReadOnlyDictionary<string, string>> FormValidator(FormInput input, DialogContext context, CancellationToken cancellationToken);

/// <summary>
/// Shows a form and waits for an answer that its validator accepts. Ends with <c>{"action": …, "inputs": {…}}</c>. The form stays in the stack, so that it
/// can be shown again after an interruption or a restart.
/// </summary>
public sealed class FormPrompt(string id, FormValidator? validator = null) : Dialog(id)
{
    private const string FormKey = "form";
    private const string NonceKey = "nonce";

    /// <summary>The answer's button.</summary>
    public static string ActionOf(JsonNode? result) => (string?)result?["action"] ?? "";

    /// <summary>The answer's values by input id.</summary>
    public static FormInput InputOf(JsonNode? result) => new(
        ActionOf(result),
        result?["inputs"] is JsonObject inputs ? inputs.ToDictionary(pair => pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal) : new Dictionary<string, string>());

    internal static JsonObject OptionsFor(Form form) => new()
    {
        [FormKey] = new JsonObject
        {
            ["title"] = form.Title,
            ["card"] = JsonNode.Parse(CardJson.Serialize(form.Card)),
            ["actions"] = JsonSerializer.SerializeToNode(form.Actions.ToArray(), DialogJsonContext.Default.FormActionArray),
        },
    };

    /// <summary>Whether the answer belongs to what this instance asked; an older form of the same dialog does not.</summary>
    internal static bool Waits(DialogInstance instance, string nonce) => (string?)instance.Values[NonceKey] == nonce;

    public override Task<DialogTurnResult> BeginDialogAsync(DialogContext context, JsonObject options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Active.Values[NonceKey] = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));
        return RepromptDialogAsync(context, cancellationToken);
    }

    public override async Task<DialogTurnResult> ContinueDialogAsync(DialogContext context, DialogInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (input is not FormInput form)
        {
            return await RepromptDialogAsync(context, cancellationToken);
        }

        var actions = Show(context).Actions;
        var action = actions.FirstOrDefault(candidate => candidate.Id == form.Action) ?? actions[0];
        if (action.Validates && validator is not null)
        {
            var errors = await validator(form, context, cancellationToken);
            if (errors.Count > 0)
            {
                return DialogTurnResult.Waiting(Reply.FormErrors(errors, Show(context)));
            }
        }

        var inputs = new JsonObject();
        foreach (var (name, value) in form.Inputs)
        {
            inputs[name] = value;
        }

        return await context.EndDialogAsync(new JsonObject { ["action"] = action.Id, ["inputs"] = inputs }, Reply.None, cancellationToken);
    }

    public override Task<DialogTurnResult> ResumeDialogAsync(DialogContext context, JsonNode? result, CancellationToken cancellationToken) =>
        RepromptDialogAsync(context, cancellationToken);

    public override Task<DialogTurnResult> RepromptDialogAsync(DialogContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult(DialogTurnResult.Waiting(Reply.OpenForm(Show(context))));
    }

    private static Form Show(DialogContext context)
    {
        var form = context.Active.Options[FormKey] ?? throw new InvalidOperationException("A form prompt is begun with its form.");
        return new Form
        {
            Token = context.FormToken((string)context.Active.Values[NonceKey]!),
            Title = (string)form["title"]!,
            Card = CardJson.Deserialize(form["card"]!.ToJsonString()),
            Actions = form["actions"].Deserialize(DialogJsonContext.Default.FormActionArray) ?? [],
        };
    }
}
