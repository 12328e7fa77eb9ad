using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>The bodies with which invokes are answered.</summary>
internal static class Answers
{
    private const string CardType = "application/vnd.microsoft.card.adaptive";
    private const string MessageType = "application/vnd.microsoft.activity.message";
    private const string ErrorType = "application/vnd.microsoft.error";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    /// <summary>Closes a dialog.</summary>
    public static InvokeResponse Empty { get; } = new(200);

    /// <summary>To <c>adaptiveCard/action</c>: takes the card's place, for the presser (learn.microsoft.com, universal-action-model).</summary>
    /// <param name="card">UTF-8 JSON, as messages have it.</param>
    public static InvokeResponse Card(ReadOnlyMemory<byte> card) => Action(200, CardType, json => json.WriteRawValue(card.Span, skipInputValidation: true));

    /// <summary>To <c>adaptiveCard/action</c>: a line that only the presser sees.</summary>
    public static InvokeResponse Message(string text) => Action(200, MessageType, json => json.WriteStringValue(Directed(text)));

    /// <summary>To <c>adaptiveCard/action</c>: what came is not one of our presses.</summary>
    public static InvokeResponse BadRequest(string text) => Action(400, ErrorType, json =>
    {
        json.WriteStartObject();
        json.WriteString("code"u8, "BadRequest"u8);
        json.WriteString("message"u8, Directed(text));
        json.WriteEndObject();
    });

    /// <summary>To <c>task/*</c> and <c>composeExtension/*Task</c>: shows a card in the dialog.</summary>
    public static InvokeResponse Dialog(string title, AdaptiveCard card, DialogSize size) => Task("continue", json =>
    {
        json.WriteStartObject();
        json.WriteString("title"u8, Directed(title));
        json.WriteString("height"u8, size.Height);
        json.WriteString("width"u8, size.Width);
        json.WriteStartObject("card"u8);
        json.WriteString("contentType"u8, CardType);
        json.WritePropertyName("content"u8);
        json.WriteRawValue(TeamsCards.Write(card, CardPlace.Dialog).Span, skipInputValidation: true);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>To <c>task/*</c>: says a line in the dialog, which ends with it.</summary>
    public static InvokeResponse DialogMessage(string text) => Task("message", json => json.WriteStringValue(Directed(text)));

    // Plain lines have no direction of their own: the client's would put the full stop on the wrong side.
    private static string Directed(string text) => Bidi.IsRightToLeft(text) == true ? $"\u2067{text}\u2069" : text;

    // The HTTP status is 200 whenever our code ran; with another one the client shows an error of its own.
    private static InvokeResponse Action(int status, string type, Action<Utf8JsonWriter> value) => Write(json =>
    {
        json.WriteNumber("statusCode"u8, status);
        json.WriteString("type"u8, type);
        json.WritePropertyName("value"u8);
        value(json);
    });

    private static InvokeResponse Task(string type, Action<Utf8JsonWriter> value) => Write(json =>
    {
        json.WriteStartObject("task"u8);
        json.WriteString("type"u8, type);
        json.WritePropertyName("value"u8);
        value(json);
        json.WriteEndObject();
    });

    private static InvokeResponse Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        return new InvokeResponse(200, buffer.WrittenMemory);
    }
}

/// <summary><c>small</c>, <c>medium</c> or <c>large</c> each (msteams-docs task-modules/invoking-task-modules.md).</summary>
internal sealed record DialogSize(string Width, string Height)
{
    public static readonly DialogSize Note = new("small", "small");
    public static readonly DialogSize Card = new("medium", "medium");
    public static readonly DialogSize LongForm = new("medium", "large");
}

/// <summary>What a card says where only a line of plain text is shown.</summary>
internal static class PlainText
{
    /// <returns>Null for a card that says more than one thing.</returns>
    public static string? Of(AdaptiveCard card) => card is { Actions: null, Body: [TextBlock only] } ? Unescape(only.Text) : null;

    /// <summary>The first text of a card; "" where it has none.</summary>
    public static string FirstLine(AdaptiveCard card) => First(card.Body) is { } text ? Unescape(text.Text) : "";

    private static TextBlock? First(IReadOnlyList<CardElement> elements) => elements
        .Select(element => element switch
        {
            TextBlock text => text,
            Container container => First(container.Items),
            _ => null,
        })
        .FirstOrDefault(text => text is not null);

    /// <summary>Without the backslashes of <see cref="CardText.Escape"/>.</summary>
    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && char.IsAscii(text[i + 1]) && !char.IsAsciiLetterOrDigit(text[i + 1]) && !char.IsWhiteSpace(text[i + 1]))
            {
                i++;
            }

            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
