using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>
/// A message that we send: text or a card, never both, because Teams splits such a message in two and gives the id of neither
/// (learn.microsoft.com, bots rate-limit).
/// </summary>
internal sealed record OutboundActivity
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private OutboundActivity() { }

    public string? Text { get; private init; }

    /// <summary>UTF-8 JSON of an adaptive card.</summary>
    public ReadOnlyMemory<byte> Card { get; private init; }

    /// <summary>The bot; null: the client says it.</summary>
    public ChannelAccount? From { get; init; }

    /// <summary>The toast's one line.</summary>
    public string? Summary { get; init; }

    /// <summary>A message of the thread or chat that this answers.</summary>
    public string? ReplyToId { get; init; }

    /// <summary>People whose <c>&lt;at&gt;Name&lt;/at&gt;</c> stands in <see cref="Text"/>.</summary>
    public IReadOnlyList<(ChannelAccount Account, string Text)> Mentions { get; init; } = [];

    /// <summary>The targeted message (slash command) that this answers.</summary>
    public string? TargetedMessageId { get; init; }

    /// <summary>The whole, written once for a message that many get; holds as long as it answers nothing and is for nobody in particular.</summary>
    public ReadOnlyMemory<byte> Written { get; private init; }

    /// <summary>Set by the client for a message that only one person sees.</summary>
    internal string? TargetedRecipient { get; init; }

    /// <param name="text">Markdown subset of Teams.</param>
    public static OutboundActivity OfText(string text) => new() { Text = text };

    /// <param name="card">UTF-8 JSON of an adaptive card, at most 1.5.</param>
    public static OutboundActivity OfCard(ReadOnlyMemory<byte> card) => new() { Card = card };

    /// <summary>The same with <see cref="Written"/>.</summary>
    public OutboundActivity WriteOnce()
    {
        var buffer = new ArrayBufferWriter<byte>(Card.Length + 1024);
        Write(buffer);
        return this with { Written = buffer.WrittenMemory };
    }

    public void Write(IBufferWriter<byte> buffer)
    {
        using var json = new Utf8JsonWriter(buffer, Readable);
        json.WriteStartObject();
        WriteFields(json);
        json.WriteEndObject();
    }

    /// <summary>The same without the braces, so that others can stand beside it.</summary>
    public void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, ActivityTypes.Message);
        if (From is { } bot)
        {
            json.WriteStartObject("from"u8);
            json.WriteString("id"u8, bot.Id);
            if (bot.Name is not null)
            {
                json.WriteString("name"u8, bot.Name);
            }

            json.WriteEndObject();
        }

        if (ReplyToId is not null)
        {
            json.WriteString("replyToId"u8, ReplyToId);
        }

        if (Summary is not null)
        {
            json.WriteString("summary"u8, Summary);
        }

        if (TargetedRecipient is not null)
        {
            json.WriteStartObject("recipient"u8);
            json.WriteString("id"u8, TargetedRecipient);
            json.WriteBoolean("isTargeted"u8, value: true);
            json.WriteEndObject();
        }

        if (Card.IsEmpty)
        {
            json.WriteString("textFormat"u8, "markdown"u8);
            json.WriteString("text"u8, Text);
        }
        else
        {
            json.WriteStartArray("attachments"u8);
            json.WriteStartObject();
            json.WriteString("contentType"u8, "application/vnd.microsoft.card.adaptive"u8);
            json.WritePropertyName("content"u8);
            json.WriteRawValue(Card.Span, skipInputValidation: true);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        WriteEntities(json);
    }

    private void WriteEntities(Utf8JsonWriter json)
    {
        if (Mentions.Count == 0 && TargetedMessageId is null)
        {
            return;
        }

        json.WriteStartArray("entities"u8);
        foreach (var (account, text) in Mentions)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, Entity.MentionType);
            json.WriteString("text"u8, text);
            json.WriteStartObject("mentioned"u8);
            json.WriteString("id"u8, account.Id);
            json.WriteString("name"u8, account.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (TargetedMessageId is not null)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "targetedMessageInfo"u8);
            json.WriteString("messageId"u8, TargetedMessageId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
