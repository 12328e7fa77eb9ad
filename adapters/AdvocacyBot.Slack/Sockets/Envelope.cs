using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvocacyBot.Slack.Sockets;

/// <summary>One frame of Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode).</summary>
internal sealed record Envelope
{
    /// <summary>"hello", "disconnect", or what the payload is: "events_api", "interactive", "slash_commands".</summary>
    public string? Type { get; init; }

    public string? EnvelopeId { get; init; }

    /// <summary>The same as over HTTP.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>An answer may come with the acknowledgement.</summary>
    public bool AcceptsResponsePayload { get; init; }

    /// <summary>Which repetition of an event it is.</summary>
    [JsonConverter(typeof(LooseNumber))]
    public int RetryAttempt { get; init; }

    /// <summary>With "disconnect": why.</summary>
    public string? Reason { get; init; }
}

/// <summary>A small number where there is one; anything else is none.</summary>
internal sealed class LooseNumber : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            return number;
        }

        reader.Skip();
        return 0;
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;
