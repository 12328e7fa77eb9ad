using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>A conversation as activities name it.</summary>
/// <param name="Id">With <c>;messageid=…</c> in a thread.</param>
/// <param name="Type"><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</param>
/// <param name="Team">Of a channel.</param>
internal sealed record TeamsPlace(string Id, string Type, string? Team = null)
{
    public bool IsPersonal => Type == "personal";

    public JsonObject Conversation => new() { ["id"] = Id, ["conversationType"] = Type, ["isGroup"] = !IsPersonal, ["tenantId"] = FakeConnector.Tenant };

    public JsonObject ChannelData
    {
        get
        {
            var data = new JsonObject { ["tenant"] = new JsonObject { ["id"] = FakeConnector.Tenant } };
            if (Team is not null)
            {
                data["team"] = new JsonObject { ["id"] = Team };
                data["channel"] = new JsonObject { ["id"] = Id.Split(';')[0] };
            }

            return data;
        }
    }

    public TeamsPlace Thread(string messageId) => this with { Id = $"{Id.Split(';')[0]};messageid={messageId}" };
}

internal static class TeamsWords
{
    /// <summary>A text with its commands as they are said in Teams.</summary>
    public static string AsSaid(this string text) => text.Replace("/advocate ", "@AdvocacyBot ", StringComparison.Ordinal);
}
