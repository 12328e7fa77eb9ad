using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Slack.Inbound;
using AdvocacyBot.Tests.Slack.Support;

namespace AdvocacyBot.Tests.Slack.Inbound;

/// <summary>Every payload of the corpus is read, let through the host's own door, and answered as such.</summary>
public sealed class PayloadTests
{
    public static TheoryData<string, string> Names()
    {
        var names = new TheoryData<string, string>();
        foreach (var (kind, name, _) in PayloadCorpus.All())
        {
            names.Add(kind, name);
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_payload_is_well_formed(string kind, string name)
    {
        var payload = PayloadCorpus.All().Single(entry => entry.Kind == kind && entry.Name == name).Payload;
        var json = Encoding.UTF8.GetBytes(payload.ToJsonString());
        Assert.True(kind switch
        {
            "commands" => CommandRequests.IsWellFormed(JsonSerializer.Deserialize(json, InboundJson.Default.SlashCommand)!),
            "interactions" => InteractivityRequests.IsWellFormed(JsonSerializer.Deserialize(json, InboundJson.Default.InteractionPayload)!),
            _ => EventRequests.IsWellFormed(JsonSerializer.Deserialize(json, InboundJson.Default.EventEnvelope)!),
        });
    }

    [Fact]
    public async Task All_of_them_are_acknowledged()
    {
        await using var world = await SlackWorld.StartAsync();
        foreach (var (kind, name, payload) in PayloadCorpus.All().Where(entry => entry.Name is not ("uninstalled" or "tokens-revoked")))
        {
            switch (kind)
            {
                case "commands":
                    await world.Transport.CommandAsync(payload);
                    break;
                case "interactions":
                    var answer = await world.Transport.InteractionAsync(payload);
                    Assert.True(name != "options-asked-for" || answer?["options"] is JsonArray, name);
                    break;
                default:
                    await world.Transport.EventAsync(payload);
                    break;
            }
        }
    }

    [Theory]
    [InlineData("commands", "is_enterprise_install", "E0001")]
    [InlineData("interactions", "is_enterprise_install", "E0001")]
    [InlineData("events", "authorizations", "E0001")]
    public void An_organisation_goes_by_its_own_id(string kind, string because, string id)
    {
        var payload = PayloadCorpus.All().Single(entry => entry.Kind == kind && entry.Name == "in-an-organisation").Payload;
        Assert.NotNull(payload[because]);
        var json = payload.ToJsonString();
        var origin = kind switch
        {
            "commands" => JsonSerializer.Deserialize(json, InboundJson.Default.SlashCommand)!.Origin,
            "interactions" => JsonSerializer.Deserialize(json, InboundJson.Default.InteractionPayload)!.Origin,
            _ => JsonSerializer.Deserialize(json, InboundJson.Default.EventEnvelope)!.Origin,
        };
        Assert.Equal(id, origin.Id);
    }
}
