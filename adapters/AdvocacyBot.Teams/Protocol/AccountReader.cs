using System.Text.Json;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>Reads who and where.</summary>
internal static class AccountReader
{
    public static ChannelAccount? Account(ref Utf8JsonReader reader)
    {
        if (!WireReader.Enter(ref reader))
        {
            return null;
        }

        string? id = null, name = null, entra = null, tenant = null;
        bool? targeted = null;
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
            else if (reader.ValueTextEquals("aadObjectId"u8))
            {
                entra = WireReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("tenantId"u8))
            {
                tenant = WireReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("isTargeted"u8))
            {
                targeted = WireReader.Truth(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ChannelAccount(id, name, entra, tenant, targeted);
    }

    public static ConversationAccount? Conversation(ref Utf8JsonReader reader)
    {
        if (!WireReader.Enter(ref reader))
        {
            return null;
        }

        string? id = null, name = null, type = null, tenant = null;
        bool? group = null;
        while (WireReader.Next(ref reader))
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = WireReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("conversationType"u8))
            {
                type = WireReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("tenantId"u8))
            {
                tenant = WireReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = WireReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("isGroup"u8))
            {
                group = WireReader.Truth(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ConversationAccount(id, name, type, tenant, group);
    }
}
