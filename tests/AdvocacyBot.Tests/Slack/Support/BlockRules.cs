using System.Text;
using System.Text.Json.Nodes;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>What Slack refuses in blocks and views, as its reference pages document it (docs.slack.dev/reference/block-kit).</summary>
internal static class BlockRules
{
    private static readonly string[] MessageBlocks = ["header", "rich_text", "context", "divider", "image", "actions", "section"];
    private static readonly string[] ViewBlocks = [.. MessageBlocks, "input"];
    private static readonly string[] ViewFields = ["type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "notify_on_close", "clear_on_close", "external_id"];
    private static readonly string[] MultiFields = ["type", "block_id", "elements", "text", "image_url", "alt_text", "label", "element", "optional", "title", "hint", "dispatch_action"];

    /// <returns>Null: Slack takes them.</returns>
    public static string? Message(JsonNode? blocks) => blocks is JsonArray { Count: > 0 and <= 50 } list ? All(list, MessageBlocks) ?? TooLong(list) : "a message has 1 to 50 blocks";

    /// <inheritdoc cref="Message"/>
    public static string? View(JsonNode? node)
    {
        if (node is not JsonObject view)
        {
            return "a view is an object";
        }

        if (view.FirstOrDefault(field => !ViewFields.Contains(field.Key)).Key is { } unknown)
        {
            return $"a view has no {unknown}";
        }

        var type = (string?)view["type"];
        if (type is not ("modal" or "home") || view["blocks"] is not JsonArray { Count: > 0 and <= 100 } blocks)
        {
            return "a view has a type and 1 to 100 blocks";
        }

        if (type == "modal" && Plain(view["title"], 24) is { } badTitle)
        {
            return $"title: {badTitle}";
        }

        foreach (var field in new[] { "submit", "close" })
        {
            if (view[field] is { } text && (type == "home" ? "a Home tab has none" : Plain(text, 24)) is { } bad)
            {
                return $"{field}: {bad}";
            }
        }

        if (blocks.Any(block => (string?)block!["type"] == "input") && type == "modal" && view["submit"] is null)
        {
            return "a view with inputs has a submit";
        }

        return Longer((string?)view["private_metadata"], 3000, "private_metadata")
            ?? Longer((string?)view["callback_id"], 255, "callback_id")
            ?? (Encoding.UTF8.GetByteCount(view.ToJsonString()) > 250_000 ? "view_too_large" : null)
            ?? All(blocks, ViewBlocks);
    }

    private static string? All(JsonArray blocks, string[] allowed)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in blocks)
        {
            if (node is not JsonObject block || (string?)block["type"] is not { } type || !allowed.Contains(type))
            {
                return $"no such block here: {node?["type"]}";
            }

            if (block.FirstOrDefault(field => !MultiFields.Contains(field.Key)).Key is { } unknown)
            {
                return $"{type} has no {unknown}";
            }

            if ((string?)block["block_id"] is { } id && (id.Length is 0 or > 255 || !ids.Add(id)))
            {
                return $"block_id {id} is too long or there twice";
            }

            if (One(type, block) is { } bad)
            {
                return $"{type}: {bad}";
            }
        }

        return null;
    }

    private static string? One(string type, JsonObject block) => type switch
    {
        "header" => Plain(block["text"], 150),
        "section" => Text(block["text"], 3000),
        "context" => block["elements"] is JsonArray { Count: > 0 and <= 10 } elements ? elements.Select(e => Text(e, 2000)).FirstOrDefault(bad => bad is not null) : "1 to 10 elements",
        "divider" => null,
        "image" => Longer((string?)block["image_url"], 3000, "image_url") ?? (string.IsNullOrEmpty((string?)block["alt_text"]) ? "no alt_text" : Longer((string?)block["alt_text"], 2000, "alt_text")),
        "actions" => block["elements"] is JsonArray { Count: > 0 and <= 25 } elements ? Elements(elements) : "1 to 25 elements",
        "input" => Plain(block["label"], 2000) ?? Element(block["element"]),
        "rich_text" => block["elements"] is JsonArray { Count: > 0 } parts ? parts.Select(RichPart).FirstOrDefault(bad => bad is not null) : "no elements",
        _ => "unknown",
    };

    private static string? RichPart(JsonNode? part) => (string?)part?["type"] switch
    {
        "rich_text_section" or "rich_text_quote" or "rich_text_preformatted" => part["elements"] is JsonArray runs ? runs.Select(Run).FirstOrDefault(bad => bad is not null) : "a part has elements",
        "rich_text_list" => part["elements"] is JsonArray items ? items.Select(RichPart).FirstOrDefault(bad => bad is not null) : "a list has elements",
        var other => $"no such part: {other}",
    };

    private static string? Run(JsonNode? run) => (string?)run?["type"] switch
    {
        "text" => string.IsNullOrEmpty((string?)run["text"]) ? "an empty text" : null,
        "link" => Uri.TryCreate((string?)run["url"], UriKind.Absolute, out _) ? null : "a link leads somewhere",
        var other => $"no such run: {other}",
    };

    private static string? Elements(JsonArray elements)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return elements.Select(element => Element(element) ?? ((string?)element!["action_id"] is { } id && !ids.Add(id) ? $"action_id {id} twice" : null)).FirstOrDefault(bad => bad is not null);
    }

    private static string? Element(JsonNode? element)
    {
        if (element is not JsonObject || string.IsNullOrEmpty((string?)element["action_id"]) || ((string)element["action_id"]!).Length > 255)
        {
            return "an element has an action_id of at most 255";
        }

        return (string?)element["type"] switch
        {
            "button" => Plain(element["text"], 75) ?? Longer((string?)element["value"], 2000, "value") ?? Longer((string?)element["url"], 3000, "url") ?? Style((string?)element["style"]),
            "plain_text_input" => Longer((string?)element["initial_value"], (int?)element["max_length"] ?? 3000, "initial_value") ?? Placeholder(element),
            "number_input" => element["is_decimal_allowed"] is null ? "is_decimal_allowed is required" : null,
            "datepicker" or "timepicker" => null,
            "checkboxes" or "radio_buttons" => Options(element["options"], 10),
            "static_select" or "multi_static_select" => element["option_groups"] is JsonArray groups
                ? groups.Count > 100 ? "too many groups" : groups.Select(group => Plain(group!["label"], 75) ?? Options(group["options"], 100)).FirstOrDefault(bad => bad is not null)
                : Options(element["options"], 100),
            var other => $"no such element: {other}",
        };
    }

    private static string? Placeholder(JsonNode element) => element["placeholder"] is { } placeholder ? Plain(placeholder, 150) : null;

    private static string? Style(string? style) => style is null or "primary" or "danger" ? null : $"no style {style}";

    private static string? Options(JsonNode? options, int most) => options is JsonArray { Count: > 0 } list && list.Count <= most
        ? list.Select(option => Plain(option!["text"], 75) ?? ((string?)option["value"] is { Length: > 0 and <= 75 } ? null : "an option has a value of 1 to 75")).FirstOrDefault(bad => bad is not null)
        : $"1 to {most} options";

    private static string? Text(JsonNode? text, int most) => (string?)text?["type"] == "mrkdwn" ? Longer((string?)text["text"], most, "text") : Plain(text, most);

    private static string? Plain(JsonNode? text, int most) =>
        (string?)text?["type"] != "plain_text" ? "wants plain_text" : (string?)text["text"] is not { Length: > 0 } words ? "an empty text" : Longer(words, most, "text");

    private static string? Longer(string? text, int most, string name) => text?.Length > most ? $"{name} has more than {most} characters" : null;

    // slackapi/bolt-js issue 2509: refused from about this size.
    private static string? TooLong(JsonArray blocks) => blocks.ToJsonString().Length > 30_000 ? "msg_blocks_too_long" : null;
}
