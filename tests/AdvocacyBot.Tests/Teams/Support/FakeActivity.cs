using System.Text.Json.Nodes;

namespace AdvocacyBot.Tests.Teams.Support;

/// <summary>What an activity of the bot's may hold.</summary>
internal static class FakeActivity
{
    /// <exception cref="InvalidOperationException">Teams has no use for it, or the bot must not send it.</exception>
    public static void Check(JsonObject activity)
    {
        OnlyHas(activity, "type", "text", "textFormat", "summary", "attachments", "replyToId", "recipient", "entities", "channelData", "from");
        if (activity["from"] is { } from)
        {
            OnlyHas(from.AsObject(), "id", "name");
            Require((string?)from["id"] == $"28:{FakeLogin.AppId}", "the bot speaks for itself");
        }

        Require((string?)activity["type"] == "message", "only messages are sent");
        var text = (string?)activity["text"];
        var attachments = activity["attachments"]?.AsArray();
        Require((text is { Length: > 0 }) != (attachments is { Count: > 0 }), "text and card in one activity are split in two, and the id is lost; empty ones are refused");
        if (attachments is not null)
        {
            Require(attachments.Count == 1, "one card");
            Card(attachments[0]!.AsObject());
        }

        foreach (var entity in activity["entities"]?.AsArray() ?? [])
        {
            Entity(entity!.AsObject(), text ?? "");
        }
    }

    public static void OnlyHas(JsonObject json, params string[] names)
    {
        var other = json.Select(property => property.Key).Except(names).ToList();
        Require(other.Count == 0, $"unknown: {string.Join(", ", other)}");
        var empty = json.Where(property => property.Value is null).Select(property => property.Key).ToList();
        Require(empty.Count == 0, $"null: {string.Join(", ", empty)}");
    }

    public static JsonNode Member(string id, string? email) => new JsonObject
    {
        ["id"] = id, ["name"] = $"Person {id[3..]}", ["objectId"] = $"aad-{id[3..]}", ["tenantId"] = FakeConnector.Tenant, ["userRole"] = "user", ["email"] = email,
    };

    private static void Card(JsonObject attachment)
    {
        OnlyHas(attachment, "contentType", "content");
        Require((string?)attachment["contentType"] == "application/vnd.microsoft.card.adaptive", "an adaptive card");
        var card = attachment["content"]!.AsObject();
        Require((string?)card["type"] == "AdaptiveCard", "the content is a card");
        Require((string?)card["version"] is "1.0" or "1.1" or "1.2" or "1.3" or "1.4" or "1.5", "Teams takes cards up to 1.5");
        Require(card["body"]?.AsArray().Count > 0 || card["actions"]?.AsArray().Count > 0, "a card shows something");
    }

    private static void Entity(JsonObject entity, string text)
    {
        switch ((string?)entity["type"])
        {
            case "mention":
                OnlyHas(entity, "type", "text", "mentioned");
                Require(text.Contains((string)entity["text"]!, StringComparison.Ordinal), "Mention entity does not match text");
                break;
            case "targetedMessageInfo":
                OnlyHas(entity, "type", "messageId");
                break;
            default:
                throw new InvalidOperationException($"unknown entity {entity["type"]}");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
