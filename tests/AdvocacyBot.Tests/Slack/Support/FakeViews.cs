using System.Text.Json.Nodes;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>Modals and Home tabs.</summary>
internal sealed partial class FakeSlack
{
    private JsonObject OpenView(JsonObject arguments)
    {
        var trigger = With(_ => Triggers.GetValueOrDefault((string?)arguments["trigger_id"] ?? ""));
        if (trigger is null)
        {
            Fault("a trigger of nobody's making");
            return Error("invalid_trigger_id");
        }

        if (Clock.GetUtcNow() - trigger.At > TimeSpan.FromSeconds(3))
        {
            return Error("expired_trigger_id");
        }

        if (trigger.Used)
        {
            Fault("a trigger used twice");
            return Error("exchanged_trigger_id");
        }

        trigger.Used = true;
        return Show(arguments["view"], view =>
        {
            var made = new FakeView { Id = Number("V"), User = trigger.User, Content = view };
            Views.Add(made);
            return made;
        });
    }

    private JsonObject UpdateView(JsonObject arguments)
    {
        var shown = With(_ => Views.Find(v => v.Id == (string?)arguments["view_id"]));
        if (shown is null or { Open: false })
        {
            return Error("not_found");
        }

        return (string?)arguments["hash"] is { } hash && hash != shown.Hash ? Error("hash_conflict") : Show(arguments["view"], view => Renewed(shown, view));
    }

    private JsonObject PublishView(JsonObject arguments)
    {
        var user = (string?)arguments["user_id"] ?? "";
        return Users.ContainsKey(user)
            ? Show(arguments["view"], view =>
            {
                if (Views.Find(v => v.User == user && (string?)v.Content["type"] == "home") is { } home)
                {
                    return Renewed(home, view);
                }

                var made = new FakeView { Id = Number("V"), User = user, Content = view };
                Views.Add(made);
                return made;
            })
            : Error("user_not_found");
    }

    private static FakeView Renewed(FakeView shown, JsonObject content)
    {
        shown.Content = content;
        shown.Version++;
        return shown;
    }

    private JsonObject Show(JsonNode? view, Func<JsonObject, FakeView> show)
    {
        if (BlockRules.View(view) is { } bad)
        {
            Fault(bad);
            return Error("invalid_arguments");
        }

        var content = (JsonObject)Copy(view!);
        content["blocks"] = WithIds((JsonArray)content["blocks"]!.DeepClone());
        FakeView made = null!;
        Changed(() => made = show(content));
        return new JsonObject { ["ok"] = true, ["view"] = new JsonObject { ["id"] = made.Id, ["hash"] = made.Hash } };
    }

    /// <summary>A view that came as the answer to a form.</summary>
    public void UpdateByAnswer(FakeView shown, JsonNode? view)
    {
        Assert.Null(BlockRules.View(view));
        var content = (JsonObject)Copy(view!);
        content["blocks"] = WithIds((JsonArray)content["blocks"]!.DeepClone());
        Changed(() => Renewed(shown, content));
    }

    public void Close(FakeView shown) => Changed(() => shown.Open = false);
}
