using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>A channel that wants what the bot says in the answer to its request (<c>deliveryMode: expectReplies</c>).</summary>
public sealed class ExpectedRepliesTests
{
    private static readonly Texts T = Texts.In(Language.English);

    [Fact]
    public async Task A_messages_answer_is_in_the_body_and_nothing_is_sent()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddPersonal(alex.Id);
        var message = alex.Activity("message", alex.Personal);
        message["text"] = "help";

        var reply = Assert.Single(await AnsweredAsync(host, message));

        Assert.Equal("message", (string?)reply["type"]);
        Assert.Equal((string?)message["id"], (string?)reply["replyToId"]);
        Assert.Equal((alex.Personal.Id, alex.Id, $"28:{FakeLogin.AppId}"), ((string?)reply["conversation"]!["id"], (string?)reply["recipient"]!["id"], (string?)reply["from"]!["id"]));
        Assert.Contains(T["Chat.HelpIntro"].AsSaid(), new ShownCard(reply["attachments"]![0]!["content"]!.AsObject(), alex.Personal, null, false, "").Text, StringComparison.Ordinal);
        Assert.Equal(0, host.Connector.Writes);
    }

    [Theory]
    [InlineData("help")]
    [InlineData("suggest https://example.com/worth-it")]
    public async Task What_is_delivered_again_gets_the_same_replies_again(string command)
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddPersonal(alex.Id);
        var message = alex.Activity("message", alex.Personal);
        message["text"] = command;

        var first = Assert.Single(await AnsweredAsync(host, message));
        var again = Assert.Single(await AnsweredAsync(host, message));

        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal(0, host.Connector.Writes);
    }

    [Fact]
    public async Task Without_anything_to_say_the_list_is_empty()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");

        Assert.Empty(await AnsweredAsync(host, alex.Activity("typing", alex.Personal)));
    }

    [Fact]
    public async Task What_one_person_alone_may_see_does_not_go_that_way()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddGroup("19:group@thread.v2", alex.Id);
        var message = alex.Activity("message", new TeamsPlace("19:group@thread.v2", "groupChat"));
        message["text"] = "me";
        message["recipient"]!["isTargeted"] = true;

        Assert.Empty(await AnsweredAsync(host, message));
        Assert.Equal(alex.Id, Assert.Single(host.Connector.Messages).VisibleTo);
    }

    [Fact]
    public async Task An_invokes_answer_is_one_of_the_activities()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");
        var press = alex.Activity("invoke", alex.Personal);
        press["name"] = "adaptiveCard/action";
        press["value"] = JsonNode.Parse("""{"action":{"type":"Action.Execute","verb":"share","data":{"t":"forged"}}}""");

        var answer = Assert.Single(await AnsweredAsync(host, press));

        Assert.Equal(("invokeResponse", 200), ((string?)answer["type"], (int?)answer["value"]!["status"]));
        Assert.Equal("application/vnd.microsoft.activity.message", (string?)answer["value"]!["body"]!["type"]);
    }

    private static async Task<IReadOnlyList<JsonNode>> AnsweredAsync(TeamsHost host, JsonObject activity)
    {
        activity["deliveryMode"] = "expectReplies";
        using var response = await host.PostAsync(activity.ToJsonString());
        Assert.Equal(200, (int)response.StatusCode);
        return [.. (await response.Content.ReadFromJsonAsync<JsonObject>())!["activities"]!.AsArray().Select(node => node!)];
    }
}
