using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;

namespace AdvocacyBot.Tests.Slack;

/// <summary>Signed nonsense: random, cut short, wrongly encoded, deep, huge. Never a 5xx, and nothing but 200, 400, 401, 413 and 415.</summary>
public sealed class SlackFuzzTests
{
    private static readonly HttpStatusCode[] Allowed =
        [HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType];

    private static readonly string[] Paths = ["/slack/commands", "/slack/interactions", "/slack/events", "/slack/options"];
    private static readonly string[] Types = ["application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data; boundary=x"];

    [Fact]
    public async Task No_request_is_answered_with_a_failure_of_ours()
    {
        await using var world = await SlackWorld.StartAsync();
        var random = new Random(20261122);
        var corpus = PayloadCorpus.All().Select(entry => entry.Payload).ToList();
        var seen = new HashSet<HttpStatusCode>();

        foreach (var path in Paths)
        {
            foreach (var body in Bodies(random, corpus, path))
            {
                var type = random.Next(8) == 0 ? Types[random.Next(Types.Length)] : path == "/slack/events" ? "application/json" : "application/x-www-form-urlencoded";
                using var request = HttpTransport.Signed(path, body, type, TimeProvider.System.GetUtcNow());
                using var response = await world.Http.SendAsync(request);
                Assert.True(Allowed.Contains(response.StatusCode), $"{(int)response.StatusCode} from {path} to {Convert.ToBase64String(body.AsSpan(0, Math.Min(300, body.Length)))}");
                seen.Add(response.StatusCode);
            }
        }

        Assert.Contains(HttpStatusCode.OK, seen);
        Assert.Contains(HttpStatusCode.BadRequest, seen);
        Assert.Contains(HttpStatusCode.UnsupportedMediaType, seen);
    }

    [Fact]
    public async Task What_is_too_long_is_refused_without_being_read_to_its_end()
    {
        await using var world = await SlackWorld.StartAsync();
        foreach (var path in Paths)
        {
            using var request = HttpTransport.Signed(path, new byte[(1024 * 1024) + 1], "application/json", TimeProvider.System.GetUtcNow());
            request.Headers.ExpectContinue = true;
            using var response = await world.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
    }

    private static IEnumerable<byte[]> Bodies(Random random, List<JsonObject> corpus, string path)
    {
        foreach (var fixedBody in new[] { "", "null", "[]", "{}", "\"x\"", "payload=", "payload=null", "payload=%7B%7D", "payload=[]", "payload=%ff%fe", "ssl_check=", "&&&===", "user_id=U1&user_id=U2", "{\"type\":\"event_callback\"}", "{\"type\":\"event_callback\",\"event\":{}}" })
        {
            yield return Encoding.UTF8.GetBytes(fixedBody);
        }

        yield return Wrap(path, new string('[', 5000));
        yield return Wrap(path, string.Concat(Enumerable.Repeat("{\"a\":", 500)));
        yield return Wrap(path, "{\"type\":\"event_callback\",\"team_id\":\"T0001\",\"event_id\":\"E\\ud800\",\"event\":{\"type\":\"app_mention\",\"user\":\"U0ALICE\",\"channel\":\"C0GEN\",\"text\":\"\\ud800\",\"ts\":\"1.1\"}}");
        yield return Wrap(path, "{\"type\":\"block_actions\",\"user\":{\"id\":\"U0ALICE\"},\"actions\":[{\"action_id\":\"press.0\",\"value\":\"\\udc00\"}],\"view\":7}");
        for (var i = 0; i < 60; i++)
        {
            var noise = new byte[random.Next(400)];
            random.NextBytes(noise);
            yield return noise;
        }

        for (var i = 0; i < 250; i++)
        {
            var json = Mutated(random, corpus[random.Next(corpus.Count)]).ToJsonString();
            if (random.Next(4) == 0)
            {
                json = json[..random.Next(json.Length)];
            }

            var body = Wrap(path, json);
            if (random.Next(6) == 0 && body.Length > 0)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            yield return body;
        }
    }

    private static byte[] Wrap(string path, string json) => path switch
    {
        "/slack/events" => Encoding.UTF8.GetBytes(json),
        "/slack/commands" when !json.Contains("\\ud", StringComparison.Ordinal) && Parse(json) is { } fields => HttpTransport.Form(fields),
        _ => HttpTransport.Form(new JsonObject { ["payload"] = json }),
    };

    private static JsonObject? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>One field, somewhere, is gone or something else.</summary>
    private static JsonObject Mutated(Random random, JsonObject payload)
    {
        var copy = (JsonObject)payload.DeepClone();
        for (var change = random.Next(3); change >= 0; change--)
        {
            var at = copy;
            while (true)
            {
                if (at.Count == 0)
                {
                    break;
                }

                var (key, value) = at.ElementAt(random.Next(at.Count));
                if (value is JsonObject inner && random.Next(3) > 0)
                {
                    at = inner;
                    continue;
                }

                at[key] = random.Next(9) switch
                {
                    0 => null,
                    1 => 7,
                    2 => true,
                    3 => "",
                    4 => new string('x', 5000),
                    5 => "\0\u202E<!channel>",
                    6 => new JsonArray(1, "two", new JsonObject()),
                    7 => new JsonObject { ["id"] = random.Next().ToString(CultureInfo.InvariantCulture) },
                    _ => "U0ALICE",
                };
                break;
            }
        }

        return copy;
    }
}
