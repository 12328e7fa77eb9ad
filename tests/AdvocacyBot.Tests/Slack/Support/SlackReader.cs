using System.Text.Json.Nodes;
using AdvocacyBot.Slack.Rendering;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>Reads messages and views as Slack's client shows them.</summary>
internal static class SlackReader
{
    /// <summary>Whether a text contains words, for somebody who looks at it.</summary>
    public static bool Says(string? text, string words) => text is not null && Plain(text).Contains(Plain(words), StringComparison.Ordinal);

    /// <summary>All that can be read, in order.</summary>
    public static string Text(JsonArray blocks) => string.Join('\n', blocks.SelectMany(block => Texts(block!)));

    public static string Text(FakeMessage message) => Text(message.Blocks);

    public static string Text(FakeView view) => Text(view.Content["blocks"]!.AsArray());

    /// <summary>The button with these words on it, and the block it stands in.</summary>
    public static (JsonNode Button, string Block) Button(JsonArray blocks, string title)
    {
        foreach (var block in blocks.Where(block => (string?)block!["type"] == "actions"))
        {
            foreach (var element in block!["elements"]!.AsArray())
            {
                if (Says((string?)element!["text"]?["text"], title))
                {
                    return (element, (string)block["block_id"]!);
                }
            }
        }

        throw new Xunit.Sdk.XunitException($"No button '{title}' among: {string.Join(", ", Buttons(blocks))}. It says: {Text(blocks)}");
    }

    public static IEnumerable<string> Buttons(JsonArray blocks) => blocks.Where(block => (string?)block!["type"] == "actions")
        .SelectMany(block => block!["elements"]!.AsArray()).Select(element => Plain((string?)element!["text"]?["text"] ?? ""));

    /// <summary>Addresses that buttons open.</summary>
    public static IEnumerable<string> Links(JsonArray blocks) => blocks.Where(block => (string?)block!["type"] == "actions")
        .SelectMany(block => block!["elements"]!.AsArray()).Select(element => (string?)element!["url"]).OfType<string>();

    /// <summary>The view as payloads carry it.</summary>
    public static JsonObject Payload(FakeView view, JsonObject values)
    {
        var payload = (JsonObject)view.Content.DeepClone();
        payload["id"] = view.Id;
        payload["team_id"] = FakeSlack.Team;
        payload["hash"] = view.Hash;
        payload["root_view_id"] = view.Id;
        payload["previous_view_id"] = null;
        payload["app_id"] = "A0001";
        payload["bot_id"] = "B0BOT";
        payload["state"] = new JsonObject { ["values"] = values };
        return payload;
    }

    /// <summary>What stands in the fields after somebody typed.</summary>
    /// <param name="view">With fields.</param>
    /// <param name="typed">By input id; the other fields hold what they opened with.</param>
    /// <param name="complete">As for sending: what is required must be there.</param>
    public static JsonObject State(FakeView view, (string Input, string Value)[] typed, bool complete = false)
    {
        var values = new JsonObject();
        var left = typed.ToDictionary(t => t.Input, t => t.Value, StringComparer.Ordinal);
        foreach (var block in view.Content["blocks"]!.AsArray().Where(block => (string?)block!["type"] == "input"))
        {
            var element = block!["element"]!;
            var action = (string)element["action_id"]!;
            var input = ActionIds.Input(action)!;
            var value = left.Remove(input, out var given) ? Field(element, given) : Initial(element);
            if (complete && (bool?)block["optional"] is not true && IsEmpty(value))
            {
                throw new Xunit.Sdk.XunitException($"Slack's client sends no form without '{(string?)block["label"]!["text"]}'.");
            }

            values[(string)block["block_id"]!] = new JsonObject { [action] = value };
        }

        Assert.True(left.Count == 0, $"The form has no field {string.Join(", ", left.Keys)}.");
        return values;
    }

    public static IReadOnlyDictionary<string, string> Errors(FakeView view, JsonObject errors)
    {
        var fields = view.Content["blocks"]!.AsArray().Where(block => (string?)block!["type"] == "input")
            .ToDictionary(block => (string)block!["block_id"]!, block => ActionIds.Input((string)block!["element"]!["action_id"]!)!, StringComparer.Ordinal);
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.True(fields.ContainsKey(error.Key), $"There is no field {error.Key}."));
        return errors.ToDictionary(error => fields[error.Key], error => (string)error.Value!, StringComparer.Ordinal);
    }

    private static bool IsEmpty(JsonObject value) => value switch
    {
        { } text when text.ContainsKey("value") => string.IsNullOrEmpty((string?)text["value"]),
        { } many when many.ContainsKey("selected_options") => many["selected_options"]!.AsArray().Count == 0,
        { } one when one.ContainsKey("selected_option") => one["selected_option"] is null,
        { } date when date.ContainsKey("selected_date") => date["selected_date"] is null,
        { } time => time["selected_time"] is null,
    };

    private static JsonObject Initial(JsonNode element) => (string?)element["type"] switch
    {
        "checkboxes" or "multi_static_select" => Chosen(element, element["initial_options"]?.AsArray() is { } options ? options.Select(o => (string)o!["value"]!) : []),
        "radio_buttons" or "static_select" => Field(element, (string?)element["initial_option"]?["value"] ?? ""),
        "datepicker" => Field(element, (string?)element["initial_date"] ?? ""),
        "timepicker" => Field(element, (string?)element["initial_time"] ?? ""),
        _ => Field(element, (string?)element["initial_value"] ?? ""),
    };

    private static JsonObject Field(JsonNode element, string value)
    {
        var type = (string?)element["type"];
        switch (type)
        {
            case "checkboxes" or "multi_static_select":
                // A toggle is one box.
                var all = Options(element).ToList();
                return value is "true" or "false" && all.Count == 1 ? Chosen(element, value == "true" ? [all[0]] : []) : Chosen(element, value.Split(',', StringSplitOptions.RemoveEmptyEntries));
            case "radio_buttons" or "static_select":
                Assert.True(value.Length == 0 || Options(element).Contains(value), $"There is no choice {value}.");
                return new JsonObject { ["type"] = type, ["selected_option"] = value.Length == 0 ? null : Option(value) };
            case "datepicker":
                return new JsonObject { ["type"] = type, ["selected_date"] = value.Length == 0 ? null : value };
            case "timepicker":
                return new JsonObject { ["type"] = type, ["selected_time"] = value.Length == 0 ? null : value };
            default:
                Assert.True(value.Length <= ((int?)element["max_length"] ?? 3000), "The field does not take so many characters.");
                return new JsonObject { ["type"] = type, ["value"] = value.Length == 0 ? null : value };
        }
    }

    private static JsonObject Chosen(JsonNode element, IEnumerable<string> values)
    {
        var known = Options(element).ToList();
        var chosen = values.ToList();
        Assert.All(chosen, value => Assert.Contains(value, known));
        return new JsonObject { ["type"] = (string?)element["type"], ["selected_options"] = new JsonArray([.. chosen.Select(value => (JsonNode)Option(value))]) };
    }

    private static IEnumerable<string> Options(JsonNode element) =>
        (element["options"]?.AsArray() ?? new JsonArray([.. element["option_groups"]!.AsArray().SelectMany(group => group!["options"]!.AsArray()).Select(option => option!.DeepClone())]))
            .Select(option => (string)option!["value"]!).ToList();

    private static JsonObject Option(string value) => new() { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value }, ["value"] = value };

    private static IEnumerable<string> Texts(JsonNode node)
    {
        switch (node)
        {
            case JsonObject element when (string?)element["type"] is "text" or "link" or "plain_text" or "mrkdwn":
                yield return Plain((string?)element["text"] ?? (string?)element["url"] ?? "");
                break;
            case JsonObject line when (string?)line["type"] is "rich_text_section" or "rich_text_quote":
                yield return string.Concat(line["elements"]!.AsArray().SelectMany(run => Texts(run!)));
                break;
            case JsonObject element:
                foreach (var text in element.Where(field => field.Key is "text" or "elements" or "label" or "element").SelectMany(field => Texts(field.Value!)))
                {
                    yield return text;
                }

                break;
            case JsonArray list:
                foreach (var text in list.SelectMany(item => Texts(item!)))
                {
                    yield return text;
                }

                break;
        }
    }

    // As eyes do: without the marks that only steer direction.
    public static string Plain(string text) => string.Concat(text.Where(c => c is not ('\u2066' or '\u2067' or '\u2068' or '\u2069' or '\u200E' or '\u200F' or '\u2060')));
}
