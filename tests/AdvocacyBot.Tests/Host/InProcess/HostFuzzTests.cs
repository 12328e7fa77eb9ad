using System.Net.Sockets;
using System.Text;
using AdvocacyBot.Tests.Host.Support;

namespace AdvocacyBot.Tests.Host.InProcess;

/// <summary>Whatever is sent to whichever address, it is the sender's mistake: no answer says that the fault is ours.</summary>
public sealed class HostFuzzTests
{
    private const int Requests = 400;

    private static readonly string[] Odd =
    [
        "", "x", "general", "linkedin", "%00", "%ff%fe", "%F0%9F%98%80", "..%2f..%2f", "%2e%2e", "'; DROP TABLE people; --", "%E2%80%AE", "a%20b", "-1", "999999999999999999999", "%",
        "%zz", "{}", "null", new('a', 300), new('k', 9000),
    ];

    private static readonly string[] Types = ["application/json", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=b", "text/plain", "x", ""];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_request_is_answered_with_a_server_error(int seed)
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        var random = new Random(seed);
        var seen = new Dictionary<int, int>();

        for (var i = 0; i < Requests; i++)
        {
            var endpoints = MappedEndpoints.Of(host, _ => Pick(random, Odd));
            var (method, path) = endpoints[random.Next(endpoints.Count)];
            var request = Compose(random, random.Next(10) == 0 ? Pick(random, ["PUT", "PATCH", "OPTIONS", "TRACE", "BREW", "get"]) : method, path, host.Address.Authority);

            var status = await StatusAsync(host.Address.Port, request);

            seen[status] = seen.GetValueOrDefault(status) + 1;
            Assert.True(status < 500, $"{status} for request {i} of seed {seed}:\n{Encoding.Latin1.GetString(request.AsSpan(0, Math.Min(600, request.Length)))}");
        }

        // Not all of it was stopped at the door.
        Assert.All([200, 400, 404], status => Assert.True(seen.GetValueOrDefault(status) > 0, $"{status} never came: {string.Join(", ", seen)}"));
        using var http = host.Http();
        Assert.Contains("carmen", await http.GetStringAsync("/web/api/state"), StringComparison.Ordinal);
    }

    private static byte[] Compose(Random random, string method, string path, string authority)
    {
        var head = new StringBuilder();
        head.Append(method).Append(' ').Append(path.Replace(' ', '+')).Append(random.Next(3) == 0 ? $"?{Query(random)}" : "").Append(" HTTP/1.1\r\n");
        head.Append("Host: ").Append(random.Next(12) == 0 ? Pick(random, ["", "evil.example", "[::1", "a b", "localhost:99999"]) : authority).Append("\r\nConnection: close\r\n");
        head.Append("X-Person: ").Append(Pick(random, ["alice", "carmen", "nobody", "", "\u00e9", new string('p', 500)])).Append("\r\n");
        if (random.Next(3) == 0)
        {
            head.Append(Pick(random,
            [
                "Accept-Language: he;q=x,,;;", "Accept-Language: *", "Origin: ://", "Last-Event-ID: x", "Cookie: =;=", "Range: bytes=9-1", "If-None-Match: \"", "Content-Encoding: gzip",
                "Expect: 200-ok", "User-Agent: \u00ff\u00fe", "X-Forwarded-For: 1.2.3.4, ::, x", "Sec-Purpose: prefetch", "No colon", ": no name", "A: " + new string('h', 20_000),
            ])).Append("\r\n");
        }

        var body = method is "GET" or "HEAD" && random.Next(4) > 0 ? [] : Body(random);
        if (body.Length > 0)
        {
            head.Append("Content-Type: ").Append(Pick(random, Types)).Append("\r\n");
            head.Append("Content-Length: ").Append(random.Next(15) == 0 ? Pick(random, ["-1", "x", "99999999999999999999"]) : body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)).Append("\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private static string Query(Random random) =>
        string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => $"{Pick(random, ["before", "limit", "after", "person", "prefix", "saved", "x"])}={Pick(random, Odd).Replace(' ', '+')}"));

    private static byte[] Body(Random random) => random.Next(8) switch
    {
        0 => Noise(random),
        1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"inputs\":", random.Next(3000)))),
        2 => Encoding.Unicode.GetBytes("{\"channel\":\"general\",\"text\":\"/advocate help\"}"),
        3 => Encoding.ASCII.GetBytes("text=" + string.Concat(Enumerable.Range(0, random.Next(3000)).Select(i => $"&f{i}=%zz"))),
        4 => Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=text\r\n\r\nhalf a part"),
        5 => Encoding.ASCII.GetBytes("generation=1&text=" + new string('a', random.Next(300_000))),
        6 => Encoding.UTF8.GetBytes("{\"channel\":\"general\",\"text\":\"/advocate " + Pick(random, ["help", "campaign", "digest", "broadcast http://[", "me \\u0000", "\\ud800"]) + "\",\"messageId\":\"x\",\"token\":\"a.b\",\"action\":\"next\"}"),
        _ => Encoding.UTF8.GetBytes("{\"channel\":\"general\",\"messageId\":\"" + Pick(random, Odd) + "\",\"reaction\":\"👍\",\"added\":true,\"token\":\"" + new string('t', random.Next(2500)) + "\"}"),
    };

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 2000)];
        random.NextBytes(noise);
        return noise;
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    /// <returns>0 where the connection was closed without an answer, which is one, too.</returns>
    private static async Task<int> StatusAsync(int port, byte[] request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", port);
        var stream = connection.GetStream();
        var line = new byte[12];
        try
        {
            await stream.WriteAsync(request);
            await stream.ReadExactlyAsync(line).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (Exception e) when (e is IOException or EndOfStreamException)
        {
            return 0;
        }

        Assert.StartsWith("HTTP/1.1 ", Encoding.ASCII.GetString(line), StringComparison.Ordinal);
        return int.Parse(line.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }
}
