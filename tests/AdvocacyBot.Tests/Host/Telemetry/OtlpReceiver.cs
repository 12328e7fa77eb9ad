using System.Collections.Concurrent;
using System.Text;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Tests.Host.Telemetry;

/// <summary>A collector on loopback that keeps what it is sent over OTLP/HTTP: bodies are protobuf, in which names stand as they are.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> bodies = new(StringComparer.Ordinal);
    private LoopbackServer server = null!;

    public Uri Endpoint => server.Address;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        receiver.server = await LoopbackServer.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    /// <param name="path"><c>/v1/traces</c> or <c>/v1/metrics</c>.</param>
    public bool Has(string path, string words) => bodies.TryGetValue(path, out var all) && all.Any(body => body.Contains(words, StringComparison.Ordinal));

    public string All => string.Concat(bodies.Values.SelectMany(all => all));

    public IEnumerable<string> Paths => bodies.Keys;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        Assert.Equal("application/x-protobuf", http.Request.ContentType);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        bodies.GetOrAdd(http.Request.Path.Value!, _ => new()).Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }
}
