using System.Text.Json;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>Reads Teams' own part of an activity. Other channels put what they like there: what is no object is null.</summary>
internal static class ChannelDataReader
{
    public static TeamsChannelData? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? kind = null;
        IdAndName? tenant = null, channel = null, source = null;
        TeamInfo? team = null;
        TeamsSettings? settings = null;
        while (WireReader.Next(ref reader))
        {
            if (reader.ValueTextEquals("tenant"u8))
            {
                tenant = IdAndName(ref reader);
            }
            else if (reader.ValueTextEquals("team"u8))
            {
                team = JsonSerializer.Deserialize(ref reader, ActivityJson.Default.TeamInfo);
            }
            else if (reader.ValueTextEquals("channel"u8))
            {
                channel = IdAndName(ref reader);
            }
            else if (reader.ValueTextEquals("source"u8))
            {
                source = IdAndName(ref reader);
            }
            else if (reader.ValueTextEquals("eventType"u8))
            {
                kind = WireReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("settings"u8))
            {
                settings = JsonSerializer.Deserialize(ref reader, ActivityJson.Default.TeamsSettings);
            }
            else
            {
                reader.Skip();
            }
        }

        return new TeamsChannelData { EventType = kind, Tenant = tenant, Team = team, Channel = channel, Settings = settings, Source = source };
    }

    private static IdAndName? IdAndName(ref Utf8JsonReader reader)
    {
        if (!WireReader.Enter(ref reader))
        {
            return null;
        }

        string? id = null, name = null;
        while (WireReader.Next(ref reader))
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = WireReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = WireReader.Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new IdAndName(id, name);
    }
}
