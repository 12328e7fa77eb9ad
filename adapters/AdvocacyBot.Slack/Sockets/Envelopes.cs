using System.Text.Json;
using AdvocacyBot.Slack.Inbound;
using AdvocacyBot.Slack.Replies;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.Sockets;

/// <summary>Hands envelopes to the same handlers as HTTP, and makes their acknowledgements.</summary>
internal sealed partial class Envelopes(Requests requests, ILogger<Envelopes> logger)
{
    /// <returns>The acknowledgement; null: there is none, so that Slack delivers it again.</returns>
    public async Task<ReadOnlyMemory<byte>?> HandleAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(envelope, cancellationToken);
        if (answer is null)
        {
            Log.NotUnderstood(logger, envelope.Type ?? "");
        }

        return answer is { IsRefusal: true } ? default(ReadOnlyMemory<byte>?) : Acknowledgement(envelope, answer ?? Answer.Empty);
    }

    private async Task<Answer?> AnswerAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.Payload is not { ValueKind: JsonValueKind.Object } payload)
        {
            return null;
        }

        var json = System.Text.Encoding.UTF8.GetBytes(payload.GetRawText());
        return envelope.Type switch
        {
            "slash_commands" => await requests.CommandAsync(json, cancellationToken),
            "interactive" => await requests.InteractionAsync(json, cancellationToken),
            "events_api" => await requests.EventAsync(json, envelope.RetryAttempt, cancellationToken),
            _ => null,
        };
    }

    private static ReadOnlyMemory<byte> Acknowledgement(Envelope envelope, Answer answer)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("envelope_id"u8, envelope.EnvelopeId);
            if (envelope.AcceptsResponsePayload && !answer.IsEmpty)
            {
                writer.WritePropertyName("payload"u8);
                writer.WriteRawValue(answer.Json.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A Socket Mode envelope of type {Type} was not understood")]
        public static partial void NotUnderstood(ILogger logger, string type);
    }
}
