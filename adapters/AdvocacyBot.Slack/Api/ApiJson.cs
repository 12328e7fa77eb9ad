using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace AdvocacyBot.Slack.Api;

/// <summary>Slack's spelling: snake_case, nothing for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(PostMessage))]
[JsonSerializable(typeof(UpdateMessage))]
[JsonSerializable(typeof(PostEphemeral))]
[JsonSerializable(typeof(OpenView))]
[JsonSerializable(typeof(UpdateView))]
[JsonSerializable(typeof(PublishView))]
[JsonSerializable(typeof(ResponseMessage))]
[JsonSerializable(typeof(ApiResponse))]
[JsonSerializable(typeof(PostedMessage))]
[JsonSerializable(typeof(ShownView))]
[JsonSerializable(typeof(OpenedConversation))]
[JsonSerializable(typeof(ConversationMembers))]
[JsonSerializable(typeof(ConversationHistory))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(UserObject))]
[JsonSerializable(typeof(AuthTest))]
[JsonSerializable(typeof(SocketAddress))]
[JsonSerializable(typeof(OAuthAccess))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>As the default, with Hebrew readable.</summary>
    public static readonly ApiJson Readable = new(JsonOptions);
}
