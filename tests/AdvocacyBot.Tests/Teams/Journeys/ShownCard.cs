using System.Text.Json.Nodes;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>What an invoke was answered with.</summary>
internal sealed record TeamsAnswer(JsonObject? Body, TeamsPlace Place, string? MessageId, string Invoke)
{
    /// <summary>The card that takes the pressed one's place, or stands in the dialog.</summary>
    public ShownCard Card => Body?["task"] is { } task ? InDialog(task) : InPlace();

    /// <summary>The line that is shown instead of a card.</summary>
    public string? Line => (Body?["task"] is { } task
        ? (string?)task["type"] == "message" ? (string?)task["value"] : null
        : (string?)Body?["type"] == "application/vnd.microsoft.activity.message" ? (string?)Body!["value"] : null) is { } line ? Read(line) : null;

    /// <summary>A Hebrew line says its direction, since nothing around it does.</summary>
    private static string Read(string line)
    {
        Assert.Equal(line.Any(letter => letter is >= 'א' and <= 'ת'), line.StartsWith('\u2067') && line.EndsWith('\u2069'));
        return line.Trim('\u2067', '\u2069');
    }

    private ShownCard InPlace()
    {
        Assert.Equal((200, "application/vnd.microsoft.card.adaptive"), ((int?)Body?["statusCode"], (string?)Body?["type"]));
        return new ShownCard(Body!["value"]!.AsObject(), Place, MessageId, InDialog: false, "");
    }

    private ShownCard InDialog(JsonNode task)
    {
        Assert.Equal("continue", (string?)task["type"]);
        var value = task["value"]!;
        Assert.InRange(Read((string)value["title"]!).Length, 1, 64);
        Assert.All(["width", "height"], side => Assert.Contains((string?)value[side], (string[])["small", "medium", "large"]));
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)value["card"]!["contentType"]);
        var isExtension = Invoke.StartsWith("composeExtension/", StringComparison.Ordinal);
        return new ShownCard(value["card"]!["content"]!.AsObject(), Place, MessageId, InDialog: true, isExtension ? "composeExtension/submitAction" : "task/submit")
        {
            CommandId = isExtension ? "campaign" : null,
        };
    }
}

/// <summary>A card on the screen, with its buttons as Teams has them: which kind goes where is held strictly.</summary>
internal sealed record ShownCard(JsonObject Json, TeamsPlace Place, string? MessageId, bool InDialog, string Submits)
{
    public string? CommandId { get; init; }

    public string Text => string.Join('\n', Elements(Json).SelectMany(Lines));

    public bool? Rtl => (bool?)Json["rtl"];

    public IEnumerable<string> Buttons => Actions().Select(action => (string)action["title"]!);

    public IEnumerable<JsonObject> Inputs => Elements(Json).Where(element => ((string)element["type"]!).StartsWith("Input.", StringComparison.Ordinal));

    public IEnumerable<JsonObject> All => Elements(Json);

    /// <summary>Presses a button with the fields as they stand, but for what is changed.</summary>
    public Task<TeamsAnswer> PressAsync(TeamsUser user, string title, params (string Id, string Value)[] changed)
    {
        var action = Actions().FirstOrDefault(action => (string?)action["title"] == title)
            ?? throw new Xunit.Sdk.XunitException($"No button '{title}' among: {string.Join(", ", Buttons)}; the card says: {Text}");
        var data = action["data"]!.DeepClone().AsObject();
        if ((string?)action["associatedInputs"] != "none")
        {
            Fill(data, changed);
        }

        switch ((string?)action["type"])
        {
            case "Action.Execute":
                Assert.False(InDialog, "A dialog sends with Action.Submit only.");
                return user.InvokeAsync(Place, "adaptiveCard/action", new JsonObject
                {
                    ["action"] = new JsonObject { ["type"] = "Action.Execute", ["title"] = title, ["verb"] = action["verb"]!.DeepClone(), ["data"] = data },
                    ["trigger"] = "manual",
                }, MessageId);
            case "Action.Submit" when InDialog:
                Assert.Null(data["msteams"]);
                var value = new JsonObject { ["data"] = data, ["context"] = new JsonObject { ["theme"] = "default" } };
                if (CommandId is not null)
                {
                    value["commandId"] = CommandId;
                    value["commandContext"] = "compose";
                }

                return user.InvokeAsync(Place, Submits, value, MessageId);
            default:
                Assert.Equal("task/fetch", (string?)data["msteams"]?["type"]);
                return user.InvokeAsync(Place, "task/fetch", new JsonObject { ["data"] = data, ["context"] = new JsonObject { ["theme"] = "default" } }, MessageId);
        }
    }

    private static IEnumerable<JsonObject> Elements(JsonNode? node) => node switch
    {
        JsonObject json => (json["type"] is JsonValue type && !((string)type!).StartsWith("Action.", StringComparison.Ordinal) ? [json] : Array.Empty<JsonObject>())
            .Concat(json.Where(property => property.Key is "body" or "items" or "columns" or "fallback").SelectMany(property => Elements(property.Value))),
        JsonArray list => list.SelectMany(Elements),
        _ => [],
    };

    private static IEnumerable<string> Lines(JsonObject element) =>
        new[] { "text", "title", "label" }.Select(name => element[name]).OfType<JsonValue>().Select(value => value.ToString())
            .Concat((element["facts"]?.AsArray() ?? []).Select(fact => $"{fact!["title"]}: {fact["value"]}"));

    private IEnumerable<JsonObject> Actions() => Elements(Json).Select(element => element["actions"]).OfType<JsonArray>().SelectMany(actions => actions).Select(action => action!.AsObject());

    // Teams leaves empty fields out, and refuses to send while a required one is empty.
    private void Fill(JsonObject data, (string Id, string Value)[] changed)
    {
        var fields = Inputs.ToDictionary(input => (string)input["id"]!);
        Assert.All(changed, change => Assert.True(fields.ContainsKey(change.Id), $"The form has no input '{change.Id}' among {string.Join(", ", fields.Keys)}."));
        foreach (var (id, input) in fields)
        {
            var value = changed.FirstOrDefault(change => change.Id == id).Value ?? input["value"]?.ToString() ?? "";
            if (value.Length > 0)
            {
                data[id] = value;
            }
            else
            {
                Assert.True((bool?)input["isRequired"] != true, $"Teams would not send the form without '{id}'.");
            }
        }
    }
}
