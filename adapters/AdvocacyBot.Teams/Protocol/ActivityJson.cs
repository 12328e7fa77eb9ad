using System.Text.Json.Serialization;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>The wire's JSON: camelCase, nulls left out, unknown fields skipped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = false)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(TeamInfo))]
[JsonSerializable(typeof(TeamsSettings))]
[JsonSerializable(typeof(Attachment))]
[JsonSerializable(typeof(MessageReaction))]
[JsonSerializable(typeof(ResourceId))]
[JsonSerializable(typeof(CreatedConversation))]
[JsonSerializable(typeof(MembersPage))]
[JsonSerializable(typeof(TeamChannels))]
[JsonSerializable(typeof(ConnectorError))]
internal sealed partial class ActivityJson : JsonSerializerContext;
