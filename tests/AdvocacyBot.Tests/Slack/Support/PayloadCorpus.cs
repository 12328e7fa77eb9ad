using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>One payload a file, by the kind of request: <c>commands</c>, <c>interactions</c>, <c>events</c>. In our own words, after Slack's reference pages.</summary>
internal static class PayloadCorpus
{
    private static readonly string Root = Repository.Folder("tests", "AdvocacyBot.Tests", "Slack", "Payloads");

    public static IEnumerable<(string Kind, string Name, JsonObject Payload)> All() =>
        from path in Directory.EnumerateFiles(Root, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        select (Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileNameWithoutExtension(path), JsonNode.Parse(File.ReadAllText(path))!.AsObject());
}
