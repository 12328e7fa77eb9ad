using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvocacyBot.Slack.Sockets;

/// <summary>One frame of Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode).</summary>
internal sealed record Envelope
{
    /// <summary>"hello", "disconnect", or what the payload is: "events_api", "interactive", "slash_commands".</summary>
    public string? Type { get; init; }

    public string? EnvelopeId { get; init; }

    /// <summary>The same as over HTTP.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>An answer may come with the acknowledgement.</summary>
    public bool AcceptsResponsePayload { get; init; }

    /// <summary>With "disconnect": why.</summary>
    public string? Reason { get; init; }

    public DebugInfo? DebugInfo { get; init; }
}

/// <param name="ApproximateConnectionTime">Seconds until Slack will want a new connection.</param>
internal sealed record DebugInfo(int? ApproximateConnectionTime = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;
