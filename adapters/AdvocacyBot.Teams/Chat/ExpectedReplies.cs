using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// What a turn says where the channel wants it in the answer to its request instead of as calls of its own (<c>deliveryMode</c> <c>expectReplies</c>,
/// microsoft/botframework-sdk botframework-activity.md). The body is <c>{"activities":[…]}</c>, with an invoke's answer among them as an activity
/// <c>invokeResponse</c>, as botbuilder-dotnet's CloudAdapterBase and TurnContext have it.
/// </summary>
internal sealed class ExpectedReplies
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private readonly List<OutboundActivity> activities = [];
    private readonly Lock gate = new();

    public void Add(OutboundActivity activity)
    {
        lock (gate)
        {
            activities.Add(activity);
        }
    }

    /// <param name="to">What was delivered so.</param>
    /// <param name="invoke">The answer to an invoke; null for a message or event.</param>
    public InvokeResponse Answer(Activity to, InvokeResponse? invoke)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("activities"u8);
            lock (gate)
            {
                activities.ForEach(activity => Write(json, activity, to));
            }

            if (invoke is not null)
            {
                Write(json, invoke);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new InvokeResponse(200, buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, OutboundActivity activity, Activity to)
    {
        json.WriteStartObject();
        json.WriteString("channelId"u8, to.ChannelId);
        json.WriteString("serviceUrl"u8, to.ServiceUrl);
        json.WriteStartObject("conversation"u8);
        json.WriteString("id"u8, to.Conversation?.Id);
        json.WriteEndObject();
        json.WriteStartObject("recipient"u8);
        json.WriteString("id"u8, to.From?.Id);
        json.WriteEndObject();
        (activity.ReplyToId is null && to.Id is not null ? activity with { ReplyToId = to.Id } : activity).WriteFields(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InvokeResponse invoke)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "invokeResponse"u8);
        json.WriteStartObject("value"u8);
        json.WriteNumber("status"u8, invoke.Status);
        if (!invoke.Body.IsEmpty)
        {
            json.WritePropertyName("body"u8);
            json.WriteRawValue(invoke.Body.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
