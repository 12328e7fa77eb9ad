using System.Text.Json;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>Requests that are known to be Slack's, whichever way they came: read, then carried out within Slack's three seconds.</summary>
internal sealed class Requests(TurnRunner runner, EventRunner eventRunner, CommandRequests commands, InteractivityRequests interactivity, EventRequests events)
{
    /// <summary>Slack repeats an event three times (docs.slack.dev/apis/events-api, "Retries").</summary>
    private const int LastAttempt = 3;

    /// <returns>The acknowledgement; null for what is no command.</returns>
    public async Task<Answer?> CommandAsync(SlashCommand command, CancellationToken cancellationToken) =>
        CommandRequests.IsWellFormed(command) ? await runner.RunAsync(stopping => commands.PrepareAsync(command, stopping), cancellationToken) : null;

    /// <inheritdoc cref="CommandAsync(SlashCommand, CancellationToken)"/>
    public async Task<Answer?> CommandAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        Read(json, () => JsonSerializer.Deserialize(json.Span, InboundJson.Default.SlashCommand)) is { } command ? await CommandAsync(command, cancellationToken) : null;

    /// <param name="json">The payload.</param>
    /// <param name="cancellationToken">The request is given up.</param>
    /// <returns>The acknowledgement; null for what is no interaction.</returns>
    public async Task<Answer?> InteractionAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        Read(json, () => JsonSerializer.Deserialize(json.Span, InboundJson.Default.InteractionPayload) is { } payload && InteractivityRequests.IsWellFormed(payload) ? payload : null) is { } read
            ? await runner.RunAsync(stopping => interactivity.PrepareAsync(read, stopping), cancellationToken)
            : null;

    /// <param name="json">The envelope.</param>
    /// <param name="attempt">Which repetition it is; 0 for the first delivery.</param>
    /// <param name="cancellationToken">The request is given up.</param>
    /// <returns>The acknowledgement; null for what is no event.</returns>
    public async Task<Answer?> EventAsync(ReadOnlyMemory<byte> json, int attempt, CancellationToken cancellationToken)
    {
        if (Read(json, () => JsonSerializer.Deserialize(json.Span, InboundJson.Default.EventEnvelope) is { } envelope && EventRequests.IsWellFormed(envelope) ? envelope : null) is not { } read)
        {
            return null;
        }

        return read is { Type: "url_verification", Challenge: { } challenge }
            ? Challenge(challenge)
            : await eventRunner.RunAsync(stopping => events.PrepareAsync(read, stopping), read.Key is { } key ? new IncomingEvent(key, json) : null, attempt < LastAttempt, cancellationToken);
    }

    private static Answer Challenge(string challenge)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("challenge"u8, challenge);
            writer.WriteEndObject();
        }

        return new Answer(stream.ToArray());
    }

    private static T? Read<T>(ReadOnlyMemory<byte> json, Func<T?> read)
        where T : class
    {
        try
        {
            return json.IsEmpty ? null : read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: half a surrogate pair, written as an escape.
            return null;
        }
    }
}
