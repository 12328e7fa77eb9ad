using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace AdvocacyBot.Benchmarks.Broadcasts;

/// <summary>
/// <c>broadcast bare PORT COUNT AT-ONCE</c>: posts a message of the usual size again and again with an <see cref="HttpClient"/> and does nothing else; so many are on their way
/// at a time. Says how many it posts in a second.
/// </summary>
internal static class BareLoop
{
    /// <summary>A campaign's card as Slack gets it has about this size.</summary>
    private static readonly byte[] Message = Encoding.UTF8.GetBytes($$"""{"channel":"U0","text":"Our story","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"{{new string('x', 900)}}"}}]}""");

    public static async Task<int> RunAsync(string port, string count, string atOnce)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/") };
        var left = int.Parse(count, CultureInfo.InvariantCulture);
        await LoopAsync(http, 2000, int.Parse(atOnce, CultureInfo.InvariantCulture));
        var watch = Stopwatch.StartNew();
        await LoopAsync(http, left, int.Parse(atOnce, CultureInfo.InvariantCulture));
        Console.WriteLine((left / watch.Elapsed.TotalSeconds).ToString("F0", CultureInfo.InvariantCulture));
        return 0;
    }

    public static async Task<double> RunApartAsync(int port, int count, int atOnce)
    {
        using var process = Redirects.Processes.Start(
            0, "broadcast", "bare", port.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture), atOnce.ToString(CultureInfo.InvariantCulture));
        return double.Parse(await process.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
    }

    private static Task LoopAsync(HttpClient http, int count, int atOnce) => Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
    {
        while (Interlocked.Decrement(ref count) >= 0)
        {
            using var content = new ByteArrayContent(Message) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
            using var response = await http.PostAsync("chat.postMessage", content);
            await response.Content.ReadAsByteArrayAsync();
        }
    }));
}
