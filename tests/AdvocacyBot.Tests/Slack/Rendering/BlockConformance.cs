using System.Text.Json.Nodes;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Rendering.Blocks;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Slack.Rendering;

/// <summary>Judges what we send to Slack with <c>tests/conformance/check-blocks.mjs</c>, that is with Slack's own types and the limits they cannot say.</summary>
internal static class BlockConformance
{
    public static async Task AssertValidAsync(params string[] payloads)
    {
        var result = await CheckAsync(payloads);
        Assert.True(result.ExitCode == 0, string.Join('\n', result.Output.Split('\n').Where(line => !line.StartsWith("ok", StringComparison.Ordinal))));
        Assert.Contains($"{payloads.Length} passed, 0 failed", result.Output, StringComparison.Ordinal);
    }

    public static Task<ToolResult> CheckAsync(params string[] payloads) =>
        NodeTools.RunAsync(Repository.Folder("tests", "conformance"), "check-blocks.mjs", string.Join('\n', payloads));

    /// <summary>As the Web API takes it, with all that follows it.</summary>
    public static IEnumerable<string> Json(SlackMessage message) =>
        message.More.SelectMany(Json).Prepend(new JsonObject { ["text"] = message.Text, ["blocks"] = JsonNode.Parse(BlockJson.Serialize(message.Blocks)) }.ToJsonString());

    public static string Json(View view) => BlockJson.Serialize(view);
}
