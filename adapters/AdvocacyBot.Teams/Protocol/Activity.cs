using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>
/// What Teams sends (Bot Framework Activity schema, microsoft/botframework-sdk specs/botframework-activity). Fields and kinds that are not known here are
/// skipped; ids are opaque and compared ordinally, and never parsed.
/// </summary>
[JsonConverter(typeof(ActivityConverter))]
internal sealed record Activity
{
    /// <summary>One of <see cref="ActivityTypes"/>, or something newer.</summary>
    public string? Type { get; init; }

    /// <summary>May be absent, and starts with <c>f:</c> for events.</summary>
    public string? Id { get; init; }

    /// <summary>The sender's clock, UTC; null where it is absent or no date, which is no reason to refuse.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>IANA zone of the person.</summary>
    public string? LocalTimezone { get; init; }

    /// <summary><c>msteams</c>.</summary>
    public string? ChannelId { get; init; }

    /// <summary>Where answers go; it can change from one activity to the next.</summary>
    public string? ServiceUrl { get; init; }

    public ChannelAccount? From { get; init; }

    public ChannelAccount? Recipient { get; init; }

    public ConversationAccount? Conversation { get; init; }

    /// <summary>The message that is answered, reacted to, or whose card was used.</summary>
    public string? ReplyToId { get; init; }

    public IReadOnlyList<Entity> Entities { get; init; } = [];

    public TeamsChannelData? ChannelData { get; init; }

    public string? Locale { get; init; }

    public string? Text { get; init; }

    public string? TextFormat { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>What an invoke or a card's submit carries.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>What an invoke or event is about, e.g. <c>adaptiveCard/action</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>installationUpdate</c>: <c>add</c>, <c>remove</c>, <c>add-upgrade</c>, <c>remove-upgrade</c>.</summary>
    public string? Action { get; init; }

    public IReadOnlyList<ChannelAccount> MembersAdded { get; init; } = [];

    public IReadOnlyList<ChannelAccount> MembersRemoved { get; init; } = [];

    public IReadOnlyList<MessageReaction> ReactionsAdded { get; init; } = [];

    public IReadOnlyList<MessageReaction> ReactionsRemoved { get; init; } = [];

    public string? DeliveryMode { get; init; }

    /// <summary>What is said in the conversation is to be in the answer to the request.</summary>
    public bool ExpectsReplies => DeliveryMode == "expectReplies";

    /// <summary>Conversation, id, type and name: equal for two deliveries of the same thing. Null where the sender gave no id.</summary>
    public string? DeliveryKey => Id is { Length: > 0 } id ? $"{Conversation?.Id}|{id}|{Type}|{Name}" : null;

    /// <summary>The tenant, from the conversation or the channel data; null where neither says it.</summary>
    public string? TenantId => Conversation?.TenantId ?? ChannelData?.Tenant?.Id;
}

internal static class ActivityTypes
{
    public const string Message = "message";
    public const string MessageUpdate = "messageUpdate";
    public const string MessageDelete = "messageDelete";
    public const string MessageReaction = "messageReaction";
    public const string ConversationUpdate = "conversationUpdate";
    public const string InstallationUpdate = "installationUpdate";
    public const string Invoke = "invoke";
    public const string Event = "event";
    public const string Typing = "typing";
}

/// <param name="Id">A person is <c>29:…</c> (per bot), a bot <c>28:…</c>.</param>
/// <param name="Name">Display name; may be absent.</param>
/// <param name="AadObjectId">Entra object id; not always a GUID outside real tenants.</param>
/// <param name="TenantId">Where it differs from the conversation's.</param>
/// <param name="IsTargeted">Of a recipient: only this person sees the message.</param>
internal sealed record ChannelAccount(string? Id = null, string? Name = null, string? AadObjectId = null, string? TenantId = null, bool? IsTargeted = null);

/// <param name="Id">Personal <c>a:1…</c>, group <c>19:…@thread.v2</c>, channel <c>19:…@thread.tacv2</c> with <c>;messageid=…</c> in a thread.</param>
/// <param name="Name">Of a channel or group, where it is said.</param>
/// <param name="ConversationType"><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</param>
/// <param name="TenantId">Entra tenant.</param>
/// <param name="IsGroup">More than two members.</param>
internal sealed record ConversationAccount(
    string? Id = null, string? Name = null, string? ConversationType = null, string? TenantId = null, bool? IsGroup = null);

internal sealed record MessageReaction(string? Type = null);

/// <param name="ContentType">MIME type; a <c>text/html</c> one repeats the message's own text.</param>
/// <param name="ContentUrl">Where the content is.</param>
/// <param name="Content">The content itself.</param>
/// <param name="Name">File name.</param>
internal sealed record Attachment(string? ContentType = null, string? ContentUrl = null, JsonElement? Content = null, string? Name = null);
