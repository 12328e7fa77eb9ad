using System.Text.Json;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>Reads entities calmly: whatever stands in one, it is no reason to refuse the activity.</summary>
internal static class EntityReader
{
    public static Entity? Entity(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            return isNull ? null : new Entity { Type = "" };
        }

        string? type = null, text = null, locale = null, zone = null;
        ChannelAccount? mentioned = null;
        while (WireReader.Next(ref reader))
        {
            if (reader.ValueTextEquals("type"u8))
            {
                type = WireReader.AnyText(ref reader);
            }
            else if (reader.ValueTextEquals("locale"u8))
            {
                locale = WireReader.AnyText(ref reader);
            }
            else if (reader.ValueTextEquals("timezone"u8))
            {
                zone = WireReader.AnyText(ref reader);
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                text = WireReader.AnyText(ref reader);
            }
            else if (reader.ValueTextEquals("mentioned"u8))
            {
                mentioned = Mentioned(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return type switch
        {
            Protocol.Entity.MentionType => new Entity { Type = Protocol.Entity.MentionType, Text = text, Mentioned = mentioned },
            Protocol.Entity.ClientInfoType => new Entity { Type = Protocol.Entity.ClientInfoType, Locale = locale, Timezone = zone },
            _ => new Entity { Type = type ?? "" },
        };
    }

    private static ChannelAccount? Mentioned(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? id = null, name = null, entra = null;
        while (WireReader.Next(ref reader))
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = WireReader.AnyText(ref reader);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = WireReader.AnyText(ref reader);
            }
            else if (reader.ValueTextEquals("aadObjectId"u8))
            {
                entra = WireReader.AnyText(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ChannelAccount(id, name, entra);
    }
}
