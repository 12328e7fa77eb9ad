using System.Text.Json;
using System.Text.Json.Serialization;
using AdvocacyBot.Slack.Api;

namespace AdvocacyBot.Slack.Inbound;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SlashCommand))]
[JsonSerializable(typeof(InteractionPayload))]
[JsonSerializable(typeof(EventEnvelope))]
[JsonSerializable(typeof(ViewPayload))]
[JsonSerializable(typeof(UserObject))]
internal sealed partial class InboundJson : JsonSerializerContext;

/// <summary>Slack writes some truths as text.</summary>
internal sealed class LooseBoolean : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        JsonTokenType.String => reader.ValueTextEquals("true"u8),
        _ => throw new JsonException("Neither true nor false."),
    };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}
