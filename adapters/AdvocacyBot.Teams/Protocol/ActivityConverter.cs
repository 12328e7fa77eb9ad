using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>Reads an <see cref="Activity"/>. Members that are not known are passed over; ours are written by <see cref="OutboundActivity"/>.</summary>
internal sealed class ActivityConverter : JsonConverter<Activity>
{
    public override Activity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? type = null, id = null, zone = null, channel = null, service = null, replyTo = null, locale = null, text = null, format = null, name = null, action = null, delivery = null;
        DateTimeOffset? at = null;
        ChannelAccount? from = null, recipient = null;
        ConversationAccount? conversation = null;
        TeamsChannelData? data = null;
        JsonElement? value = null;
        IReadOnlyList<Entity> entities = [];
        IReadOnlyList<Attachment> attachments = [];
        IReadOnlyList<ChannelAccount> added = [], removed = [];
        IReadOnlyList<MessageReaction> reactions = [], withdrawn = [];

        // The outermost value: what is no object is no activity.
        if (!WireReader.Enter(ref reader))
        {
            throw new JsonException("An object is expected.");
        }

        while (WireReader.Next(ref reader))
        {
            switch (Name(ref reader))
            {
                case Member.Type: type = Known(ref reader, ActivityTypes.Message, ActivityTypes.Invoke); break;
                case Member.Id: id = WireReader.Text(ref reader); break;
                case Member.Timestamp: at = WireReader.Instant(ref reader); break;
                case Member.LocalTimezone: zone = WireReader.Text(ref reader); break;
                case Member.ChannelId: channel = Known(ref reader, "msteams", "emulator"); break;
                case Member.ServiceUrl: service = WireReader.Text(ref reader); break;
                case Member.From: from = AccountReader.Account(ref reader); break;
                case Member.Recipient: recipient = AccountReader.Account(ref reader); break;
                case Member.Conversation: conversation = AccountReader.Conversation(ref reader); break;
                case Member.ReplyToId: replyTo = WireReader.Text(ref reader); break;
                case Member.Entities: entities = WireReader.List(ref reader, EntityReader.Entity); break;
                case Member.ChannelData: data = ChannelDataReader.Read(ref reader); break;
                case Member.Locale: locale = WireReader.Text(ref reader); break;
                case Member.Text: text = WireReader.Text(ref reader); break;
                case Member.TextFormat: format = WireReader.Text(ref reader); break;
                case Member.Attachments: attachments = WireReader.List(ref reader, Attachment); break;
                case Member.Value: value = Value(ref reader); break;
                case Member.Name: name = WireReader.Text(ref reader); break;
                case Member.Action: action = WireReader.Text(ref reader); break;
                case Member.MembersAdded: added = WireReader.List(ref reader, AccountReader.Account); break;
                case Member.MembersRemoved: removed = WireReader.List(ref reader, AccountReader.Account); break;
                case Member.ReactionsAdded: reactions = WireReader.List(ref reader, Reaction); break;
                case Member.ReactionsRemoved: withdrawn = WireReader.List(ref reader, Reaction); break;
                case Member.DeliveryMode: delivery = WireReader.Text(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new Activity
        {
            Type = type,
            Id = id,
            Timestamp = at,
            LocalTimezone = zone,
            ChannelId = channel,
            ServiceUrl = service,
            From = from,
            Recipient = recipient,
            Conversation = conversation,
            ReplyToId = replyTo,
            Entities = entities,
            ChannelData = data,
            Locale = locale,
            Text = text,
            TextFormat = format,
            Attachments = attachments,
            Value = value,
            Name = name,
            Action = action,
            MembersAdded = added,
            MembersRemoved = removed,
            ReactionsAdded = reactions,
            ReactionsRemoved = withdrawn,
            DeliveryMode = delivery,
        };
    }

    public override void Write(Utf8JsonWriter writer, Activity value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Activities that are sent are written by OutboundActivity.");

    private static Member Name(ref Utf8JsonReader reader)
    {
        // By length first: one comparison of texts at most, but for a few.
        var length = reader.HasValueSequence || reader.ValueIsEscaped ? -1 : reader.ValueSpan.Length;
        foreach (var (name, member) in Names)
        {
            if ((length < 0 || name.Length == length) && reader.ValueTextEquals(name))
            {
                return member;
            }
        }

        return Member.Other;
    }

    /// <summary>A text that is mostly one of two.</summary>
    private static string? Known(ref Utf8JsonReader reader, string one, string other)
    {
        var before = reader;
        before.Read();
        if (before.TokenType == JsonTokenType.String)
        {
            if (before.ValueTextEquals(one))
            {
                reader = before;
                return one;
            }

            if (before.ValueTextEquals(other))
            {
                reader = before;
                return other;
            }
        }

        return WireReader.Text(ref reader);
    }

    private static JsonElement? Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : JsonElement.ParseValue(ref reader);
    }

    private static Attachment? Attachment(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, ActivityJson.Default.Attachment);

    private static MessageReaction? Reaction(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, ActivityJson.Default.MessageReaction);

    private enum Member
    {
        Other, Type, Id, Timestamp, LocalTimezone, ChannelId, ServiceUrl, From, Recipient, Conversation, ReplyToId, Entities, ChannelData, Locale, Text, TextFormat, Attachments, Value,
        Name, Action, MembersAdded, MembersRemoved, ReactionsAdded, ReactionsRemoved, DeliveryMode,
    }

    private static readonly (byte[] Name, Member Member)[] Names =
    [
        .. Enum.GetValues<Member>().Where(member => member != Member.Other)
            .Select(member => (System.Text.Encoding.ASCII.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(member.ToString())), member)),
    ];
}
