using System.Text.Json;
using System.Text.Json.Serialization;
using AdvocacyBot.Slack.Installations;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>What the Events API delivers (docs.slack.dev/apis/events-api).</summary>
internal sealed record EventEnvelope
{
    public string? Type { get; init; }

    /// <summary>With <c>url_verification</c>: to be sent back.</summary>
    public string? Challenge { get; init; }

    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    public string? EventId { get; init; }

    /// <summary>One of the installations that may see the event.</summary>
    public IReadOnlyList<Authorization>? Authorizations { get; init; }

    public EventPayload? Event { get; init; }

    /// <summary>Equal for repeated deliveries; null where Slack gave it no id.</summary>
    [JsonIgnore]
    public string? Key => EventId is { Length: > 0 } id ? $"{Origin.Id}:{id}" : null;

    [JsonIgnore]
    public Origin Origin => Authorizations is [{ } first, ..]
        ? new(first.TeamId ?? TeamId, first.EnterpriseId ?? EnterpriseId, first.IsEnterpriseInstall)
        : new(TeamId, EnterpriseId, IsEnterpriseInstall: false);
}

internal sealed record Authorization
{
    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    public string? UserId { get; init; }

    [JsonConverter(typeof(LooseBoolean))]
    public bool IsEnterpriseInstall { get; init; }
}

/// <summary>The fields of all the events we listen to; what one of them is depends on the type.</summary>
internal sealed record EventPayload
{
    public string? Type { get; init; }

    public string? Subtype { get; init; }

    /// <summary>An id, or with <c>team_join</c> and <c>user_change</c> a whole user.</summary>
    public JsonElement? User { get; init; }

    /// <summary>An id, or with <c>channel_rename</c> an object.</summary>
    public JsonElement? Channel { get; init; }

    public string? ChannelType { get; init; }

    public string? Inviter { get; init; }

    public string? Text { get; init; }

    public string? Ts { get; init; }

    public string? ThreadTs { get; init; }

    public string? EventTs { get; init; }

    public string? BotId { get; init; }

    public string? Reaction { get; init; }

    public ReactedItem? Item { get; init; }

    /// <summary>"home" or "messages".</summary>
    public string? Tab { get; init; }

    public RevokedTokens? Tokens { get; init; }

    [JsonIgnore]
    public string? UserId => Id(User);

    [JsonIgnore]
    public string? ChannelId => Id(Channel);

    [JsonIgnore]
    public string? ChannelName => Channel is { ValueKind: JsonValueKind.Object } channel && channel.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        ? name.GetString()
        : null;

    private static string? Id(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } whole when whole.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ => null,
    };
}

internal sealed record ReactedItem(string? Type = null, string? Channel = null, string? Ts = null);

/// <summary>Ids of users and bots whose tokens were revoked, not the tokens.</summary>
internal sealed record RevokedTokens(IReadOnlyList<string>? Oauth = null, IReadOnlyList<string>? Bot = null);
