using System.Text.Json;
using System.Text.Json.Serialization;
using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Slack.Replies;

/// <summary>
/// What a view carries in <c>private_metadata</c> and brings back: which form it is and where it was opened, since a modal stands in no channel. Short names: there is
/// room for 3000 characters, and an address from Slack takes a part of it.
/// </summary>
internal sealed record FormMeta
{
    /// <summary>The form's token; null for a view that only shows something.</summary>
    [JsonPropertyName("t")]
    public string? Token { get; init; }

    /// <summary>The action that the view's submit button stands for.</summary>
    [JsonPropertyName("a")]
    public string? Primary { get; init; }

    /// <summary>The conversation, as the programme knows it.</summary>
    [JsonPropertyName("c")]
    public required string Conversation { get; init; }

    [JsonPropertyName("k")]
    public ConversationKind Kind { get; init; }

    /// <summary>Slack's channel where answers can be posted.</summary>
    [JsonPropertyName("p")]
    public string? PostTo { get; init; }

    [JsonPropertyName("h")]
    public string? Thread { get; init; }

    [JsonPropertyName("r")]
    public string? ResponseUrl { get; init; }

    /// <summary>Unix seconds.</summary>
    [JsonPropertyName("e")]
    public long ResponseUntil { get; init; }

    /// <summary>Timestamp of the message it was opened from.</summary>
    [JsonPropertyName("m")]
    public string? Message { get; init; }

    /// <summary>What that message is.</summary>
    [JsonPropertyName("s")]
    public Source Source { get; init; }

    public string Write() => JsonSerializer.Serialize(this, FormMetaJson.Default.FormMeta);

    /// <returns>Null: the view is none of ours, or of another version.</returns>
    public static FormMeta? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, FormMetaJson.Default.FormMeta);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(FormMeta))]
internal sealed partial class FormMetaJson : JsonSerializerContext;
