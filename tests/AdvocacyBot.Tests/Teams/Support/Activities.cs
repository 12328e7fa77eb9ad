using System.Text.Json.Nodes;

namespace AdvocacyBot.Tests.Teams.Support;

/// <summary>Activities as Teams sends them.</summary>
internal static class Activities
{
    public static JsonObject Message(FakeConnector connector, string text, string? id = null) => new()
    {
        ["type"] = "message",
        ["id"] = id ?? Guid.NewGuid().ToString("N"),
        ["timestamp"] = "2026-11-22T09:00:00Z",
        ["channelId"] = "msteams",
        ["serviceUrl"] = connector.ServiceUrl,
        ["from"] = new JsonObject { ["id"] = "29:dana", ["name"] = "Dana", ["aadObjectId"] = "aad-dana" },
        ["recipient"] = new JsonObject { ["id"] = $"28:{FakeLogin.AppId}", ["name"] = "AdvocacyBot" },
        ["conversation"] = new JsonObject { ["id"] = "a:1-dana", ["conversationType"] = "personal", ["tenantId"] = FakeConnector.Tenant },
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = FakeConnector.Tenant } },
        ["locale"] = "en-GB",
        ["text"] = text,
    };

    public static JsonObject Invoke(FakeConnector connector, string name, JsonObject value)
    {
        var activity = Message(connector, "");
        activity.Remove("text");
        activity["type"] = "invoke";
        activity["name"] = name;
        activity["value"] = value;
        return activity;
    }
}
