using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>The fake is as strict as the real one: what the documentation says is refused, is.</summary>
public sealed class FakeSlackTests
{
    [Fact]
    public async Task What_the_documentation_says_is_refused_is_refused()
    {
        var clock = new ManualTimeProvider();
        await using var slack = await FakeSlack.StartAsync(clock);
        slack.Channels[FakeSlack.General].Members.Add(FakeSlack.Bot);
        var block = new JsonObject { ["type"] = "divider" };
        JsonObject Message(params JsonNode[] blocks) => new() { ["channel"] = FakeSlack.General, ["text"] = "x", ["blocks"] = new JsonArray(blocks) };
        JsonObject View(string trigger, int blocks = 1) => new()
        {
            ["trigger_id"] = trigger,
            ["view"] = new JsonObject { ["type"] = "modal", ["title"] = new JsonObject { ["type"] = "plain_text", ["text"] = "T" }, ["blocks"] = new JsonArray([.. Enumerable.Range(0, blocks).Select(_ => block.DeepClone())]) },
        };

        Assert.Null(await CallAsync(slack, "chat.postMessage", Message(block.DeepClone())));
        Assert.Equal("unknown_method", await CallAsync(slack, "chat.shout", Message(block.DeepClone())));
        Assert.Equal("invalid_auth", await CallAsync(slack, "chat.postMessage", Message(block.DeepClone()), "xoxb-nobodys"));
        Assert.Equal("invalid_arguments", await CallAsync(slack, "chat.postMessage", new JsonObject { ["channel"] = FakeSlack.General, ["text"] = "x", ["colour"] = "red" }));
        Assert.Equal("invalid_blocks", await CallAsync(slack, "chat.postMessage", Message([.. Enumerable.Range(0, 51).Select(_ => block.DeepClone())])));
        Assert.Equal("invalid_blocks", await CallAsync(slack, "chat.postMessage", Message(new JsonObject { ["type"] = "input" })));
        slack.Scopes.Remove("chat:write");
        Assert.Equal("missing_scope", await CallAsync(slack, "chat.postMessage", Message(block.DeepClone())));
        slack.Scopes.Add("chat:write");

        var trigger = slack.Trigger("U0ALICE");
        Assert.Null(await CallAsync(slack, "views.open", View(trigger, blocks: 100)));
        Assert.Equal("exchanged_trigger_id", await CallAsync(slack, "views.open", View(trigger)));
        Assert.Equal("invalid_trigger_id", await CallAsync(slack, "views.open", View("made-up")));
        var late = slack.Trigger("U0ALICE");
        clock.Advance(TimeSpan.FromSeconds(3.1));
        Assert.Equal("expired_trigger_id", await CallAsync(slack, "views.open", View(late)));
        Assert.Equal("invalid_arguments", await CallAsync(slack, "views.open", View(slack.Trigger("U0ALICE"), blocks: 101)));

        string? limited = null;
        for (var i = 0; i < 20 && limited is null; i++)
        {
            limited = await CallAsync(slack, "chat.postMessage", Message(block.DeepClone()));
        }

        Assert.Equal("429 after 1", limited);
        Assert.Equal(5, slack.Faults.Count(fault => !fault.Contains("trigger", StringComparison.Ordinal)));
    }

    private static async Task<string?> CallAsync(FakeSlack slack, string method, JsonObject arguments, string token = FakeSlack.BotToken)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(slack.Api, method)) { Content = JsonContent.Create(arguments) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode == 429
            ? $"429 after {response.Headers.RetryAfter}"
            : (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["error"];
    }
}
