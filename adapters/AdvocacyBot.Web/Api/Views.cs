using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace AdvocacyBot.Web.Api;

/// <summary>JSON of the answers; names are in camelCase on the wire. Described in docs/web-channel.md.</summary>
internal sealed record StateView(
    string Programme, IReadOnlyList<PersonView> People, IReadOnlyList<ChannelView> Channels, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Strings);

internal sealed record PersonView(string Id, string Name, IReadOnlyList<string> Roles, string Language, string Dir);

/// <param name="Id">What the other calls take.</param>
/// <param name="Name">As people see it.</param>
/// <param name="Kind">"channel" or "personal".</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Dir">"ltr" or "rtl".</param>
/// <param name="TimeZone">IANA id.</param>
/// <param name="LastSeq">Number of the newest message the person sees there, 0 for none; only where a person asks.</param>
internal sealed record ChannelView(string Id, string Name, string Kind, string Language, string Dir, string TimeZone, long? LastSeq = null);

internal sealed record ChannelsView(IReadOnlyList<ChannelView> Channels);

/// <param name="Id">Names the message in other calls.</param>
/// <param name="Seq">Its place among all messages.</param>
/// <param name="Change">Number of its last change; of two versions the higher is the newer.</param>
/// <param name="Channel">Id of the channel.</param>
/// <param name="Author">Id of the person; left out for the bot.</param>
/// <param name="At">When it was written.</param>
/// <param name="Text">What a person wrote.</param>
/// <param name="Card">An Adaptive Card.</param>
/// <param name="Summary">One line of plain text that stands for the card.</param>
/// <param name="Private">Only the asking person sees the message.</param>
/// <param name="Overlay">Others see another card here.</param>
/// <param name="Reactions">In order of their first appearance.</param>
internal sealed record MessageView(
    string Id,
    long Seq,
    long Change,
    string Channel,
    string? Author,
    DateTimeOffset At,
    string? Text,
    [property: JsonConverter(typeof(RawJsonConverter))] string? Card,
    string? Summary,
    bool Private,
    bool Overlay,
    IReadOnlyList<ReactionView> Reactions);

/// <param name="Reaction">The emoji.</param>
/// <param name="By">Ids of the people, first come first.</param>
internal sealed record ReactionView(string Reaction, IReadOnlyList<string> By);

/// <param name="Messages">Oldest first.</param>
/// <param name="More">There are older ones.</param>
/// <param name="Seq">Number of the last change this reading is sure to contain: where <c>/web/hub?after=</c> goes on from.</param>
internal sealed record MessagesView(IReadOnlyList<MessageView> Messages, bool More, long Seq);

internal sealed record CommandsView(IReadOnlyList<CommandView> Commands);

internal sealed record CommandView(string Name, string Usage, string Description);

/// <param name="Reply">"none", "private", "public", "replaced", "form" or "errors".</param>
internal sealed record ReplyView(string Reply)
{
    public MessageView? Message { get; init; }

    public FormView? Form { get; init; }

    /// <summary>By input id; "" is about the whole form.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    /// <summary>The person's own words as everybody sees them, where the request wrote some.</summary>
    public MessageView? Posted { get; init; }
}

/// <param name="MessageId">The message it was opened from; goes back with the answer.</param>
internal sealed record FormView(
    string Token,
    string Title,
    [property: JsonConverter(typeof(RawJsonConverter))] string Card,
    IReadOnlyList<FormActionView> Actions,
    string? MessageId);

internal sealed record FormActionView(string Id, string Title, bool Validates, bool Destructive);

internal sealed record RemovedView(string Id, string Channel, long Change);

internal sealed record ReactionsView(string Id, string Channel, long Change, IReadOnlyList<ReactionView> Reactions);

/// <param name="Seq">Number of the last change before the stream begins.</param>
internal sealed record ReadyView(long Seq);

/// <summary>RFC 9457.</summary>
/// <param name="Field">The request's field that is wrong, where it is one.</param>
internal sealed record ProblemView(string Title, int Status, string Detail, string? Field = null)
{
    public string Type { get; init; } = "about:blank";
}

/// <summary>JSON that is stored as text and goes out as it is.</summary>
internal sealed class RawJsonConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value, skipInputValidation: true);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StateView))]
[JsonSerializable(typeof(ChannelsView))]
[JsonSerializable(typeof(MessagesView))]
[JsonSerializable(typeof(CommandsView))]
[JsonSerializable(typeof(ReplyView))]
[JsonSerializable(typeof(RemovedView))]
[JsonSerializable(typeof(ReactionsView))]
[JsonSerializable(typeof(ReadyView))]
[JsonSerializable(typeof(ProblemView))]
internal sealed partial class WebJson : JsonSerializerContext;

internal static class Wire
{
    /// <summary>Hebrew readable; still escapes what HTML would take.</summary>
    public static readonly WebJson Json = new(new JsonSerializerOptions(WebJson.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
}
