using System.Text.Json.Serialization;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>The wire's JSON: camelCase, nulls left out, unknown fields skipped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = false)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(TeamsChannelData))]
[JsonSerializable(typeof(ResourceId))]
[JsonSerializable(typeof(CreatedConversation))]
[JsonSerializable(typeof(MembersPage))]
[JsonSerializable(typeof(TeamChannels))]
[JsonSerializable(typeof(ConnectorError))]
internal sealed partial class ActivityJson : JsonSerializerContext;
