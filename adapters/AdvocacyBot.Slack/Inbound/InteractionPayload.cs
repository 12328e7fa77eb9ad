using System.Text.Json;
using System.Text.Json.Serialization;
using AdvocacyBot.Slack.Installations;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>Buttons, modals, shortcuts and option menus, one shape for all (docs.slack.dev/reference/interaction-payloads).</summary>
internal sealed record InteractionPayload
{
    public string? Type { get; init; }

    /// <summary>Null for what happens in an organisation rather than a workspace.</summary>
    public IdObject? Team { get; init; }

    public IdObject? Enterprise { get; init; }

    [JsonConverter(typeof(LooseBoolean))]
    public bool IsEnterpriseInstall { get; init; }

    public UserReference? User { get; init; }

    public ChannelReference? Channel { get; init; }

    public string? TriggerId { get; init; }

    public string? ResponseUrl { get; init; }

    public string? CallbackId { get; init; }

    public IReadOnlyList<BlockAction>? Actions { get; init; }

    public JsonElement? View { get; init; }

    public MessagePayload? Message { get; init; }

    public ContainerPayload? Container { get; init; }

    /// <summary><c>{"values": …}</c>: inputs of the message a button stands on.</summary>
    public JsonElement? State { get; init; }

    public string? ActionTs { get; init; }

    [JsonIgnore]
    public Origin Origin => new(Team?.Id ?? User?.TeamId, Enterprise?.Id ?? Team?.EnterpriseId, IsEnterpriseInstall);
}

internal sealed record IdObject(string? Id = null, string? EnterpriseId = null);

internal sealed record UserReference(string? Id = null, string? TeamId = null);

internal sealed record ChannelReference(string? Id = null, string? Name = null);

/// <summary>One pressed button or changed menu.</summary>
internal sealed record BlockAction
{
    public string? ActionId { get; init; }

    public string? Value { get; init; }

    /// <summary>Of an overflow menu.</summary>
    public SelectedOption? SelectedOption { get; init; }

    public string? ActionTs { get; init; }
}

internal sealed record SelectedOption(string? Value = null);

internal sealed record ViewPayload
{
    public string? Id { get; init; }

    public string? Hash { get; init; }

    /// <summary>"modal" or "home".</summary>
    public string? Type { get; init; }

    public string? PrivateMetadata { get; init; }

    /// <exception cref="JsonException">It is no view.</exception>
    public static ViewPayload? Read(JsonElement? view) => view is { ValueKind: JsonValueKind.Object } whole ? whole.Deserialize(InboundJson.Default.ViewPayload) : null;
}

internal sealed record MessagePayload
{
    public string? Ts { get; init; }

    public string? Text { get; init; }

    /// <summary>Pages that a link was unfurled to, and what other apps post so.</summary>
    public IReadOnlyList<AttachmentPayload?>? Attachments { get; init; }
}

/// <param name="TitleLink">Where its title leads.</param>
/// <param name="FromUrl">The page it was made from.</param>
/// <param name="Text">What it says.</param>
/// <param name="Fallback">What it says where it cannot be shown.</param>
internal sealed record AttachmentPayload(string? TitleLink = null, string? FromUrl = null, string? Text = null, string? Fallback = null);

internal sealed record ContainerPayload
{
    /// <summary>"message", "view" or "message_attachment".</summary>
    public string? Type { get; init; }

    public string? MessageTs { get; init; }

    public string? ChannelId { get; init; }

    public string? ThreadTs { get; init; }

    [JsonConverter(typeof(LooseBoolean))]
    public bool IsEphemeral { get; init; }
}
