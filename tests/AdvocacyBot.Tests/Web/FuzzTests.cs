using System.Text;
using AdvocacyBot.Tests.Web.Support;

namespace AdvocacyBot.Tests.Web;

public sealed class FuzzTests
{
    private static readonly string[] Paths = ["/web/api/messages", "/web/api/actions", "/web/api/forms", "/web/api/reactions"];
    private static readonly string[] Fields = ["channel", "text", "messageId", "token", "action", "inputs", "id", "reaction", "added", "x"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_body_brings_the_server_down(int seed)
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        var card = (await alice.SayAsync("general", "/advocate content"))["message"]!;
        var random = new Random(seed);
        var known = new Known((string)card["id"]!, (string)card["card"]!["actions"]![0]!["data"]!["t"]!);

        for (var i = 0; i < 400; i++)
        {
            var path = Paths[random.Next(Paths.Length)];
            var body = Body(random, known);
            using var response = await alice.Http.PostAsync(path, new ByteArrayContent(body));

            Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} for {path}: {Encoding.UTF8.GetString(body)}");
        }
    }

    [Fact]
    public async Task No_address_brings_the_server_down()
    {
        await using var host = await Caller.HostAsync();
        using var alice = new Caller(host, "alice");
        string[] odd = ["..%2f..", "%F0%9F%98%80", "'; --", new string('a', 3000), "%ff", "dm-", "", "null", "-1"];

        foreach (var part in odd)
        {
            foreach (var path in new[]
            {
                $"/web/api/channels/{part}/messages", $"/web/api/channels/general/messages?before={part}&limit={part}",
                $"/web/api/commands?prefix={part}", $"/web/{part}", $"/web/hub?person={part}", $"/web/hub?person=alice{part}&after={part}",
            })
            {
                using var response = await alice.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
                Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} for {path}");
            }

            using var deleted = await alice.Http.DeleteAsync($"/web/api/messages/{part}");
            Assert.True((int)deleted.StatusCode < 500, $"{(int)deleted.StatusCode} for DELETE {part}");
        }
    }

    private static byte[] Body(Random random, Known known)
    {
        if (random.Next(10) == 0)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }

        if (random.Next(20) == 0)
        {
            var depth = random.Next(2000);
            return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"inputs\":", depth)) + "1" + new string('}', depth));
        }

        var json = new StringBuilder("{");
        foreach (var field in Fields.Where(_ => random.Next(4) > 0))
        {
            json.Append(json.Length > 1 ? "," : "").Append('"').Append(field).Append("\":").Append(Value(random, field, known));
        }

        var bytes = Encoding.UTF8.GetBytes(json.Append('}').ToString());
        return random.Next(6) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static string Value(Random random, string field, Known known) => random.Next(3) > 0
        ? field switch
        {
            "channel" => "\"general\"",
            "messageId" => $"\"{known.MessageId}\"",
            "token" => $"\"{known.Token}\"",
            "inputs" => """{"title":"a\u0000b","n":1e400,"b":true,"z":null}""",
            "added" => "true",
            "reaction" => "\"👍\"",
            "text" => "\"/advocate \\u0000 \\u202e help\"",
            _ => "\"send\"",
        }
        : random.Next(12) switch
        {
            0 => "null",
            1 => "-1.5e300",
            2 => "[[[]]]",
            3 => "{\"a\":{\"b\":[1]}}",
            4 => "\"\\ud800\"",
            5 => "\"\\u0000\"",
            6 => "false",
            7 => $"\"{new string('x', random.Next(6000))}\"",
            8 => "\"\"",
            9 => "\"' OR 1=1; DROP TABLE web_messages; --\"",
            10 => "\"\\u202e\\u2066/advocate\"",
            _ => "\"👩‍👩‍👧\"",
        };

    private sealed record Known(string MessageId, string Token);
}
