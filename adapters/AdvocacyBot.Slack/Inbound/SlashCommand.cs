using System.Text.Json.Serialization;
using AdvocacyBot.Slack.Installations;
using Microsoft.Extensions.Primitives;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>A slash command: a form over HTTP, the same as JSON over Socket Mode.</summary>
internal sealed record SlashCommand
{
    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    /// <summary>"true" or "false".</summary>
    [JsonConverter(typeof(LooseBoolean))]
    public bool IsEnterpriseInstall { get; init; }

    public string? ChannelId { get; init; }

    public string? ChannelName { get; init; }

    public string? UserId { get; init; }

    public string? Text { get; init; }

    public string? ResponseUrl { get; init; }

    public string? TriggerId { get; init; }

    [JsonIgnore]
    public Origin Origin => new(TeamId, EnterpriseId, IsEnterpriseInstall);

    public static SlashCommand From(IReadOnlyDictionary<string, StringValues> form)
    {
        return new SlashCommand
        {
            TeamId = Field("team_id"),
            EnterpriseId = Field("enterprise_id"),
            IsEnterpriseInstall = Field("is_enterprise_install") == "true",
            ChannelId = Field("channel_id"),
            ChannelName = Field("channel_name"),
            UserId = Field("user_id"),
            Text = Field("text"),
            ResponseUrl = Field("response_url"),
            TriggerId = Field("trigger_id"),
        };

        string? Field(string name) => form.TryGetValue(name, out var value) ? value.ToString() is { Length: > 0 } text ? text : null : null;
    }
}
