using System.Text.Json.Serialization;

namespace AdvocacyBot.Slack.Api;

/// <summary><c>chat.postMessage</c>; links are our cards' own and get no previews.</summary>
internal sealed record PostMessage(string Channel, string Text, RawJson Blocks)
{
    public string? ThreadTs { get; init; }

    public MessageMetadata? Metadata { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool UnfurlLinks { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool UnfurlMedia { get; init; }
}

/// <summary>Invisible to people, readable by apps in the channel: names what a message is, never who.</summary>
internal sealed record MessageMetadata(string EventType, DeliveryPayload EventPayload)
{
    public const string Delivery = "advocacybot_delivery";
}

/// <param name="DeliveryId">Our delivery, 32 hexadecimal digits.</param>
internal sealed record DeliveryPayload(string DeliveryId);

/// <summary><c>chat.update</c>; metadata left out is kept as it is.</summary>
internal sealed record UpdateMessage(string Channel, string Ts, string Text, RawJson Blocks);

/// <summary><c>chat.postEphemeral</c>.</summary>
internal sealed record PostEphemeral(string Channel, string User, string Text, RawJson Blocks)
{
    public string? ThreadTs { get; init; }
}

/// <summary><c>views.open</c> and <c>views.push</c>.</summary>
internal sealed record OpenView(string TriggerId, RawJson View);

/// <summary><c>views.update</c>; with <paramref name="Hash"/> only where nobody has changed the view meanwhile.</summary>
internal sealed record UpdateView(string ViewId, RawJson View, string? Hash);

/// <summary><c>views.publish</c>: the Home tab.</summary>
internal sealed record PublishView(string UserId, RawJson View);

/// <summary>What is posted to a <c>response_url</c>.</summary>
internal sealed record ResponseMessage
{
    /// <summary>"ephemeral" or "in_channel".</summary>
    public string? ResponseType { get; init; }

    public bool? ReplaceOriginal { get; init; }

    public bool? DeleteOriginal { get; init; }

    public string? ThreadTs { get; init; }

    public string? Text { get; init; }

    public RawJson? Blocks { get; init; }
}
