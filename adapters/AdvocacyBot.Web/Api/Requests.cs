using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvocacyBot.Web.Api;

/// <summary>A POST's body. Every member may be missing in what arrives; the endpoint says which one it misses.</summary>
internal interface IRequest
{
    string? Channel { get; }

    /// <summary>Made by the client: equal for a repetition of the same request.</summary>
    string? Id { get; }
}

internal sealed record MessageRequest(string? Channel, string? Text, string? Id) : IRequest;

internal sealed record ActionRequest(
    string? Channel,
    string? MessageId,
    string? Token,
    [property: JsonConverter(typeof(InputsConverter))] IReadOnlyDictionary<string, string>? Inputs,
    string? Id) : IRequest;

internal sealed record FormRequest(
    string? Channel,
    string? MessageId,
    string? Token,
    string? Action,
    [property: JsonConverter(typeof(InputsConverter))] IReadOnlyDictionary<string, string>? Inputs,
    string? Id) : IRequest;

internal sealed record ReactionRequest(string? Channel, string? MessageId, string? Reaction, bool? Added, string? Id) : IRequest;

/// <summary>Values by input id. Numbers and truth values are taken for their text, null for no value.</summary>
internal sealed class InputsConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    private const int MaxInputs = 100;

    public override IReadOnlyDictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var value = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
                JsonTokenType.True => "true",
                JsonTokenType.False => "false",
                JsonTokenType.Null => null,
                _ => throw new JsonException(),
            };
            if (value is not null)
            {
                inputs[Clean(name)] = Clean(value);
            }

            if (inputs.Count > MaxInputs)
            {
                throw new JsonException();
            }
        }

        return inputs;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are only read.");

    /// <summary>PostgreSQL stores no U+0000.</summary>
    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(FormRequest))]
[JsonSerializable(typeof(ReactionRequest))]
internal sealed partial class RequestJson : JsonSerializerContext;
