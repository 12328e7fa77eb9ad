using System.Text.Json.Serialization;

namespace AdvocacyBot.Slack.Api;

/// <summary>What every method answers; HTTP is 200 for failures too.</summary>
internal record ApiResponse
{
    public bool Ok { get; init; }

    public string? Error { get; init; }

    public ResponseMetadata? ResponseMetadata { get; init; }

    /// <summary>Null after the last page.</summary>
    [JsonIgnore]
    public string? NextCursor => string.IsNullOrEmpty(ResponseMetadata?.NextCursor) ? null : ResponseMetadata.NextCursor;
}

internal sealed record ResponseMetadata(string? NextCursor = null);

internal sealed record PostedMessage : ApiResponse
{
    public string? Channel { get; init; }

    public string? Ts { get; init; }
}

internal sealed record ShownView : ApiResponse
{
    public ViewIdentity? View { get; init; }
}

internal sealed record ViewIdentity(string Id, string? Hash = null);

internal sealed record OpenedConversation : ApiResponse
{
    public ConversationObject? Channel { get; init; }
}

internal sealed record ConversationObject(string Id)
{
    public string? Name { get; init; }

    public string? Creator { get; init; }

    /// <summary>The bot is in it.</summary>
    public bool IsMember { get; init; }
}

internal sealed record ConversationMembers : ApiResponse
{
    public IReadOnlyList<string> Members { get; init; } = [];
}

internal sealed record ConversationHistory : ApiResponse
{
    public IReadOnlyList<HistoryMessage> Messages { get; init; } = [];
}

internal sealed record HistoryMessage(string? Ts = null, HistoryMetadata? Metadata = null);

internal sealed record HistoryMetadata(string? EventType = null, HistoryPayload? EventPayload = null);

internal sealed record HistoryPayload(string? DeliveryId = null);

internal sealed record UserAnswer : ApiResponse
{
    public UserObject? User { get; init; }
}

/// <summary>The same in <c>users.info</c> and in the events <c>team_join</c> and <c>user_change</c> (there without a locale).</summary>
internal sealed record UserObject(string Id)
{
    public string? Name { get; init; }

    public string? RealName { get; init; }

    public bool Deleted { get; init; }

    public bool IsBot { get; init; }

    public bool IsAppUser { get; init; }

    /// <summary>Guest of several channels; with <see cref="IsUltraRestricted"/> of one.</summary>
    public bool IsRestricted { get; init; }

    public bool IsUltraRestricted { get; init; }

    /// <summary>Somebody of another organisation in a shared channel.</summary>
    public bool IsStranger { get; init; }

    public string? Tz { get; init; }

    public string? Locale { get; init; }

    public UserProfile? Profile { get; init; }

    [JsonIgnore]
    public string ShownName => new[] { Profile?.DisplayName, Profile?.RealName, RealName, Name }.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)) ?? Id;

    /// <summary>Neither bot nor guest nor deactivated nor of another organisation.</summary>
    [JsonIgnore]
    public bool IsColleague => !Deleted && !IsBot && !IsAppUser && !IsRestricted && !IsUltraRestricted && !IsStranger && Id != "USLACKBOT";
}

/// <param name="DisplayName">As the person wants to be called.</param>
/// <param name="RealName">Their name.</param>
/// <param name="Email">Only with the scope <c>users:read.email</c>.</param>
/// <param name="Title">Their role in the company, as they or the company's directory wrote it.</param>
internal sealed record UserProfile(string? DisplayName = null, string? RealName = null, string? Email = null, string? Title = null);

internal sealed record AuthTest : ApiResponse
{
    public string? Team { get; init; }

    public string? TeamId { get; init; }

    public string? UserId { get; init; }

    public string? EnterpriseId { get; init; }

    public bool IsEnterpriseInstall { get; init; }
}

internal sealed record SocketAddress : ApiResponse
{
    public string? Url { get; init; }
}

/// <summary><c>oauth.v2.access</c>.</summary>
internal sealed record OAuthAccess : ApiResponse
{
    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    /// <summary>Seconds; only with token rotation.</summary>
    public long? ExpiresIn { get; init; }

    public string? Scope { get; init; }

    public string? BotUserId { get; init; }

    public NamedId? Team { get; init; }

    public NamedId? Enterprise { get; init; }

    public bool IsEnterpriseInstall { get; init; }

    public AuthedUser? AuthedUser { get; init; }
}

internal sealed record NamedId(string Id, string? Name = null);

internal sealed record AuthedUser(string Id);
