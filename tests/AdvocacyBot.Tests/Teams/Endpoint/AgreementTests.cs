using System.Text.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>Microsoft's <c>botframework-connector</c> for Node judges the same tokens; where we are stricter is written down here, and nowhere are we milder.</summary>
public sealed class AgreementTests
{
    /// <summary>What that library takes and we do not, and why.</summary>
    private static readonly Dictionary<string, string> Stricter = new(StringComparer.Ordinal)
    {
        ["RS512"] = "It allows RS256, RS384 and RS512; Teams signs with RS256, and so do its documents say.",
        ["without an end"] = "It does not ask for an expiry.",
        ["key without endorsements"] = "It looks at endorsements only where a key has some; the .NET library and the documentation want them.",
        ["skill"] = "It tells skills' tokens apart before this check, by their issuer.",
    };

    [Fact]
    public async Task We_take_what_Microsofts_library_takes_but_for_the_exceptions_that_are_named()
    {
        await using var host = await TeamsHost.StartAsync(handler: new RecordingTurns());
        TokenCases.AddKeys(host.Login);
        var tokens = TokenCases.All.Keys.ToDictionary(name => name, name => TokenCases.Mint(name, host.Login, host.Connector.ServiceUrl), StringComparer.Ordinal);

        var theirs = await TheirsAsync(host, tokens);
        var differences = new List<string>();
        foreach (var (name, token) in tokens)
        {
            using var response = await host.PostAsync(Activities.Message(host.Connector, name).ToJsonString(), token);
            if (response.IsSuccessStatusCode != theirs[name])
            {
                Assert.False(response.IsSuccessStatusCode, $"We take '{name}', and Microsoft's library does not.");
                differences.Add(name);
            }
        }

        Assert.Equal(Stricter.Keys.Order(StringComparer.Ordinal), differences.Order(StringComparer.Ordinal));
    }

    private static async Task<Dictionary<string, bool>> TheirsAsync(TeamsHost host, Dictionary<string, string?> tokens)
    {
        var input = tokens.Select(token => JsonSerializer.Serialize(new
        {
            name = token.Key, token = token.Value, channelId = "msteams", serviceUrl = host.Connector.ServiceUrl,
        })).Prepend(JsonSerializer.Serialize(new { openIdUrl = host.Login.MetadataUrl.AbsoluteUri, appId = FakeLogin.AppId }));

        var result = await NodeTools.RunAsync(Repository.Folder("tests", "conformance"), "check-bot-tokens.mjs", string.Join('\n', input));

        Assert.True(result.ExitCode == 0, result.Output);
        var answers = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!);
        return answers.ToDictionary(answer => (string)answer["name"]!, answer => (bool)answer["taken"]!, StringComparer.Ordinal);
    }
}
