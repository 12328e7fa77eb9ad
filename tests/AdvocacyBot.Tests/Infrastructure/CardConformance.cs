using System.Text.Json.Nodes;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>Judges cards with <c>tests/conformance/check-cards.mjs</c>, that is with Microsoft's own parser and our channels' needs.</summary>
internal static class CardConformance
{
    /// <summary>Fails with what is wrong with each card.</summary>
    /// <param name="cardJson">One card each, as sent.</param>
    public static async Task AssertValidAsync(params string[] cardJson)
    {
        var result = await CheckAsync(cardJson);
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains($"{cardJson.Length} passed, 0 failed", result.Output, StringComparison.Ordinal);
    }

    /// <summary>The checker's own exit code and report.</summary>
    public static Task<ToolResult> CheckAsync(params string[] cardJson) =>
        NodeTools.RunAsync(Repository.Folder("tests", "conformance"), "check-cards.mjs", string.Join('\n', cardJson.Select(OneLine)));

    private static string OneLine(string json) => JsonNode.Parse(json)?.ToJsonString() ?? "null";
}
