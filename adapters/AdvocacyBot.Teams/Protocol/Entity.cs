using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>A mention or the client's particulars; of other kinds only the type is kept, whatever they hold.</summary>
[JsonConverter(typeof(EntityConverter))]
internal sealed record Entity
{
    public const string MentionType = "mention";
    public const string ClientInfoType = "clientInfo";

    public required string Type { get; init; }

    /// <summary>Of a mention: who.</summary>
    public ChannelAccount? Mentioned { get; init; }

    /// <summary>Of a mention: how it stands in the message's text, e.g. <c>&lt;at&gt;Relay&lt;/at&gt;</c>.</summary>
    public string? Text { get; init; }

    /// <summary>Of the client: BCP 47.</summary>
    public string? Locale { get; init; }

    /// <summary>Of the client: IANA.</summary>
    public string? Timezone { get; init; }
}

internal sealed class EntityConverter : JsonConverter<Entity>
{
    public override Entity? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        return json.ValueKind != JsonValueKind.Object
            ? new Entity { Type = "" }
            : Text(json, "type") switch
            {
                Entity.MentionType => new Entity
                {
                    Type = Entity.MentionType,
                    Text = Text(json, "text"),
                    Mentioned = json.TryGetProperty("mentioned", out var who) && who.ValueKind == JsonValueKind.Object
                        ? new ChannelAccount(Text(who, "id"), Text(who, "name"), Text(who, "aadObjectId"))
                        : null,
                },
                Entity.ClientInfoType => new Entity { Type = Entity.ClientInfoType, Locale = Text(json, "locale"), Timezone = Text(json, "timezone") },
                var other => new Entity { Type = other ?? "" },
            };
    }

    public override void Write(Utf8JsonWriter writer, Entity value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Entities that are sent are written by OutboundActivity.");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
