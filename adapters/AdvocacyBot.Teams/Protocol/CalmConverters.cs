using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>A date where there is one; anything else is null instead of an error.</summary>
internal sealed class CalmInstantConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant))
        {
            return instant;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } instant)
        {
            writer.WriteStringValue(instant);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

/// <summary>Other channels put what they like into <c>channelData</c>: what is no object is null.</summary>
internal sealed class CalmChannelDataConverter : JsonConverter<TeamsChannelData>
{
    public override TeamsChannelData? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return JsonSerializer.Deserialize(ref reader, ActivityJson.Default.TeamsChannelData);
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, TeamsChannelData value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, ActivityJson.Default.TeamsChannelData);
}
