using System.Text.Json;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>
/// What stands in a view's or message's fields, in the words of Adaptive Cards: choices joined with commas, a toggle "true" or "false", dates YYYY-MM-DD, times HH:mm,
/// nothing as "". Whatever else arrives is passed over.
/// </summary>
internal static class StateReader
{
    /// <param name="stateOrView">A view, a <c>state</c>, or its <c>values</c>.</param>
    public static IReadOnlyDictionary<string, string> Inputs(JsonElement stateOrView)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        var values = Member(Member(stateOrView, "state") ?? stateOrView, "values") ?? stateOrView;
        if (values.ValueKind != JsonValueKind.Object)
        {
            return inputs;
        }

        foreach (var block in values.EnumerateObject().Where(block => block.Value.ValueKind == JsonValueKind.Object))
        {
            foreach (var field in block.Value.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Object))
            {
                try
                {
                    if (ActionIds.Input(field.Name) is { } input)
                    {
                        inputs[input] = ActionIds.IsToggle(field.Name) ? (Chosen(field.Value).Length > 0 ? "true" : "false") : Value(field.Value);
                    }
                }
                catch (InvalidOperationException)
                {
                    // Half a surrogate pair written as an escape is valid JSON and no string.
                }
            }
        }

        return inputs;
    }

    private static string Value(JsonElement field) =>
        Text(field, "value") ?? Text(field, "selected_date") ?? Text(field, "selected_time") ?? Text(Member(field, "selected_option"), "value") ?? Chosen(field);

    private static string Chosen(JsonElement field)
    {
        if (Member(field, "selected_options") is not { ValueKind: JsonValueKind.Array } options)
        {
            return "";
        }

        return string.Join(',', options.EnumerateArray().Select(option => Text(option, "value")).Where(value => !string.IsNullOrEmpty(value)));
    }

    private static string? Text(JsonElement? element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) ? member : null;
}
