using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Slack.Inbound;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;

namespace AdvocacyBot.Tests.Slack.Inbound;

/// <summary>Slack's own receiver (@slack/bolt) and ours give the same verdicts on the same bytes.</summary>
public sealed class BoltAgreementTests
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const string JsonType = "application/json";

    [Fact]
    public async Task Both_let_the_same_requests_in()
    {
        await using var world = await SlackWorld.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var command = "token=x&team_id=T0001&user_id=U0ALICE&channel_id=C0GEN&command=%2Fadvocate&text=help&trigger_id=1.2";
        var mention = """{"type":"event_callback","team_id":"T0001","event_id":"Ev1","event":{"type":"app_mention","user":"U0ALICE","channel":"C0GEN","text":"<@U0BOT> help","ts":"1764000000.000100"}}""";
        List<(string What, Sent Request)> requests =
        [
            ("signed command", Signed("/slack/commands", command, FormType, now)),
            ("signed event", Signed("/slack/events", mention, JsonType, now)),
            ("challenge", Signed("/slack/events", """{"type":"url_verification","challenge":"abc","token":"x"}""", JsonType, now)),
            ("four minutes old", Signed("/slack/commands", command, FormType, now - 240)),
            ("six minutes old", Signed("/slack/commands", command, FormType, now - 360)),
            ("other secret", Signed("/slack/commands", command, FormType, now, secret: "not the secret")),
            ("one byte changed", Signed("/slack/commands", command, FormType, now) with { Body = command.Replace("help", "held", StringComparison.Ordinal) }),
            ("timestamp changed", Changed(Signed("/slack/commands", command, FormType, now), "X-Slack-Request-Timestamp", (now - 1).ToString(CultureInfo.InvariantCulture))),
            ("version changed", Changed(Signed("/slack/commands", command, FormType, now), "X-Slack-Signature", "v1=" + new string('a', 64))),
            ("signature cut", Changed(Signed("/slack/commands", command, FormType, now), "X-Slack-Signature", "v0=abc")),
            ("no signature", Without(Signed("/slack/commands", command, FormType, now), "X-Slack-Signature")),
            ("no timestamp", Without(Signed("/slack/commands", command, FormType, now), "X-Slack-Request-Timestamp")),
            ("timestamp in words", Changed(Signed("/slack/commands", command, FormType, now), "X-Slack-Request-Timestamp", "yesterday")),
            ("unsigned", new Sent("/slack/events", mention, new() { ["Content-Type"] = JsonType })),
            ("certificate check", new Sent("/slack/commands", "ssl_check=1&token=x", new() { ["Content-Type"] = FormType })),
            ("certificate check with a command in it", new Sent("/slack/commands", command + "&ssl_check=1", new() { ["Content-Type"] = FormType })),
        ];

        var theirs = await BoltAsync(requests.ConvertAll(request => request.Request));
        var ours = new List<(int Status, bool Empty)>();
        foreach (var (_, request) in requests)
        {
            ours.Add(await SendAsync(world.Http, request));
        }

        Assert.All(requests.Select((request, i) => (request.What, Ours: ours[i], Theirs: theirs[i])), verdict =>
        {
            Assert.True(verdict.Ours.Status == verdict.Theirs.Status, $"{verdict.What}: {verdict.Ours.Status} here, {verdict.Theirs.Status} in bolt");
            Assert.True(verdict.Ours.Status == 200 || verdict.Ours.Empty, $"{verdict.What}: a refusal says nothing");
        });
        Assert.Contains(ours, verdict => verdict.Status == 200);
        Assert.Contains(ours, verdict => verdict.Status == 401);
        Assert.Equal(0, theirs[^1].Dispatched);
        Assert.Equal(1, theirs[0].Dispatched);

        // Bolt looks for old timestamps only; Slack's page asks for both directions.
        var future = Signed("/slack/commands", command, FormType, now + 3600);
        Assert.Equal(401, (await SendAsync(world.Http, future)).Status);
    }

    private static async Task<List<(int Status, int Dispatched)>> BoltAsync(List<Sent> requests)
    {
        var lines = requests.Select(request => new JsonObject
        {
            ["path"] = request.Path,
            ["headers"] = new JsonObject(request.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
            ["body"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(request.Body)),
        }.ToJsonString());
        var result = await NodeTools.RunAsync(Repository.Folder("tests", "conformance", "bolt"), "verdicts.mjs", string.Join('\n', lines) + "\n", FakeSlack.SigningSecret);
        Assert.True(result.ExitCode == 0, result.Output);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).Select(line => ((int)line["status"]!, (int)line["dispatched"]!))];
    }

    private static async Task<(int Status, bool Empty)> SendAsync(HttpClient http, Sent sent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, sent.Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sent.Body)) };
        foreach (var (name, value) in sent.Headers)
        {
            if (name == "Content-Type")
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length == 0);
    }

    private static Sent Signed(string path, string body, string type, long at, string secret = FakeSlack.SigningSecret)
    {
        var timestamp = at.ToString(CultureInfo.InvariantCulture);
        return new Sent(path, body, new()
        {
            ["Content-Type"] = type,
            ["X-Slack-Request-Timestamp"] = timestamp,
            ["X-Slack-Signature"] = SlackSignature.Sign(Encoding.UTF8.GetBytes(body), timestamp, Encoding.UTF8.GetBytes(secret)),
        });
    }

    private static Sent Changed(Sent sent, string header, string value) => sent with { Headers = new(sent.Headers) { [header] = value } };

    private static Sent Without(Sent sent, string header)
    {
        var headers = new Dictionary<string, string>(sent.Headers);
        headers.Remove(header);
        return sent with { Headers = headers };
    }

    private sealed record Sent(string Path, string Body, Dictionary<string, string> Headers);
}
