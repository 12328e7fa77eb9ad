using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>Whatever comes to the address, from strangers or with a good token, the fault is never ours.</summary>
public sealed class FuzzTests
{
    private const int Requests = 600;

    private static readonly string[] Names =
    [
        "adaptiveCard/action", "task/fetch", "task/submit", "composeExtension/query", "composeExtension/fetchTask", "composeExtension/submitAction", "composeExtension/queryLink",
        "signin/verifyState", "application/search", "fileConsent/invoke", "config/fetch", "message/submitAction", "nonsense", "",
    ];

    private static readonly string[] Types =
    [
        "message", "messageUpdate", "messageDelete", "messageReaction", "conversationUpdate", "installationUpdate", "invoke", "event", "typing", "endOfConversation", "tomorrow", " ",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_request_is_answered_with_a_server_error(int seed)
    {
        await using var host = await TeamsHost.StartAsync();
        host.Connector.AddPersonal("29:dana");
        var random = new Random(seed);
        var token = host.Login.Mint(host.Connector.ServiceUrl);
        var seen = new Dictionary<int, int>();

        for (var i = 0; i < Requests; i++)
        {
            var body = Body(random, host.Connector);
            var request = Compose(random, host.Http.BaseAddress!.Authority, random.Next(12) == 0 ? Token(random, token) : token, body);

            var status = await StatusAsync(host.Http.BaseAddress!.Port, request);

            seen[status] = seen.GetValueOrDefault(status) + 1;
            Assert.True(
                status < 500 || (status == 501 && Encoding.UTF8.GetString(body).Contains("invoke", StringComparison.Ordinal)),
                $"{status} for request {i} of seed {seed}:\n{Encoding.Latin1.GetString(request.AsSpan(0, Math.Min(3000, request.Length)))}");
        }

        Assert.All([200, 400, 401, 403], status => Assert.True(seen.GetValueOrDefault(status) > 0, $"{status} never came: {string.Join(", ", seen)}"));
    }

    private static byte[] Compose(Random random, string authority, string token, byte[] body)
    {
        var head = new StringBuilder($"POST /api/messages HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n");
        head.Append("Authorization: ").Append(random.Next(20) == 0 ? Pick(random, ["", "Bearer", "Basic x", "bearer\t"]) : "Bearer ").Append(token).Append("\r\n");
        head.Append("Content-Type: ").Append(random.Next(15) == 0 ? Pick(random, ["text/plain", "application/json; charset=utf-16", "x", ""]) : "application/json").Append("\r\n");
        head.Append("Content-Length: ").Append((random.Next(25) == 0 ? random.Next(body.Length + 1) : body.Length).ToString(System.Globalization.CultureInfo.InvariantCulture)).Append("\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }

    private static byte[] Body(Random random, FakeConnector connector) => random.Next(12) switch
    {
        0 => Noise(random),
        1 => Encoding.UTF8.GetBytes(new string('[', random.Next(3000)) + new string(']', random.Next(3000))),
        2 => Encoding.UTF8.GetBytes("{\"type\":\"message\",\"value\":" + string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 201)),
        3 => Truncated(random, Activity(random, connector)),
        4 => Flipped(random, Activity(random, connector)),
        5 => Encoding.Unicode.GetBytes(Activity(random, connector).ToJsonString()),
        6 => Encoding.UTF8.GetBytes("{\"type\":\"message\",\"text\":\"" + new string('x', 1100 * 1024) + "\"}"),
        _ => Encoding.UTF8.GetBytes(Activity(random, connector).ToJsonString()),
    };

    /// <summary>An activity as Teams sends it, with one to four things in it replaced or taken out.</summary>
    private static JsonObject Activity(Random random, FakeConnector connector)
    {
        var activity = random.Next(2) == 0
            ? Activities.Message(connector, Pick(random, ["help", "<at>AdvocacyBot</at> help", "/advocate", "campaigns x", "\u202e", "", "new https://example.com/\u0000"]))
            : Activities.Invoke(connector, Pick(random, Names), Value(random));
        if (random.Next(3) == 0)
        {
            activity["type"] = Pick(random, Types);
        }

        for (var i = random.Next(5); i > 0; i--)
        {
            var names = activity.Select(property => property.Key).Concat(["value", "entities", "attachments", "membersAdded", "reactionsAdded", "replyToId", "action"]).ToArray();
            var name = Pick(random, [.. names.Where(name => name is not "serviceUrl" and not "channelId" || random.Next(10) == 0)]);
            if (random.Next(4) == 0)
            {
                activity.Remove(name);
            }
            else
            {
                activity[name] = Odd(random);
            }
        }

        return activity;
    }

    private static JsonObject Value(Random random) => new()
    {
        ["action"] = random.Next(4) == 0 ? Odd(random) : new JsonObject { ["type"] = "Action.Execute", ["verb"] = "share.start", ["data"] = random.Next(3) == 0 ? Odd(random) : new JsonObject { ["t"] = "x" } },
        ["data"] = Odd(random),
        ["commandId"] = Pick(random, ["suggest", "newCampaign", ""]),
        ["messagePayload"] = Odd(random),
        ["parameters"] = Odd(random),
    };

    private static JsonNode? Odd(Random random) => random.Next(11) switch
    {
        0 => null,
        1 => JsonValue.Create(random.NextInt64()),
        2 => JsonValue.Create(value: true),
        3 => new JsonArray(1, null, "x", new JsonObject()),
        4 => new JsonArray([new JsonObject { ["id"] = "29:other", ["type"] = "like" }]),
        5 => new JsonObject { ["id"] = "", ["type"] = "mention", ["tenantId"] = FakeConnector.Tenant },
        6 => new JsonObject { ["t"] = new JsonObject(), ["data"] = new JsonArray(), ["msteams"] = 1 },
        7 => JsonValue.Create(new string('a', 40_000)),
        8 => JsonValue.Create("\u0000\u202e\ud83e\udd8a; DROP TABLE people"),
        9 => JsonValue.Create("9999-99-99T99:99:99Z"),
        _ => JsonValue.Create(""),
    };

    private static byte[] Truncated(Random random, JsonObject activity)
    {
        var bytes = Encoding.UTF8.GetBytes(activity.ToJsonString());
        return bytes[..random.Next(bytes.Length)];
    }

    private static byte[] Flipped(Random random, JsonObject activity)
    {
        var bytes = Encoding.UTF8.GetBytes(activity.ToJsonString());
        for (var i = random.Next(8); i >= 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(500)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Token(Random random, string token) => random.Next(5) switch
    {
        0 => "",
        1 => token[..random.Next(token.Length)],
        2 => token + token,
        3 => new string('.', random.Next(6)),
        _ => token.Replace(token[random.Next(token.Length)], (char)random.Next(33, 126)),
    };

    private static async Task<int> StatusAsync(int port, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request);
        }
        catch (IOException)
        {
            // The server answered without reading it all.
        }

        var buffer = new byte[4096];
        var filled = 0;
        try
        {
            int read;
            while (filled < 12 && (read = await stream.ReadAsync(buffer.AsMemory(filled))) > 0)
            {
                filled += read;
            }
        }
        catch (IOException)
        {
            // Closed on what is too long.
        }

        return filled < 12 ? 0 : int.Parse(Encoding.ASCII.GetString(buffer, 9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
