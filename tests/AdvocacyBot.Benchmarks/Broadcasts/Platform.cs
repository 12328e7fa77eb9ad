using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Benchmarks.Broadcasts;

/// <summary>What the platform saw.</summary>
/// <param name="Taken">Messages that it took.</param>
/// <param name="Refused">Calls that it refused with 429.</param>
/// <param name="Calls">All calls.</param>
/// <param name="Seconds">From the message that begins the measurement to the last.</param>
/// <param name="People">Conversations that have a message.</param>
internal sealed record PlatformCount(long Taken, long Refused, long Calls, double Seconds, int People);

/// <summary>
/// <c>broadcast platform strict|free SPEED BEGIN</c>: Slack's Web API and Teams' connector in one, in a process of its own. Strict: Teams' 50 in a second for a tenant, 7 in 1 s, 8 in 2 s,
/// 60 in 30 s and 1800 in an hour for a conversation; Slack's one message per second and channel, and tier 3 (50 in a minute) for <c>conversations.*</c> and <c>chat.update</c>.
/// </summary>
/// <param name="strict">Whether there are limits.</param>
/// <param name="clock">By which they hold.</param>
/// <param name="begin">Messages taken before the measurement begins; with the next one it does.</param>
internal sealed class Platform(bool strict, TimeProvider clock, int begin)
{
    private const int Teams = 50;

    private readonly ConcurrentDictionary<string, Window> windows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> people = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private long taken;
    private long refused;
    private long calls;
    private long first;
    private long last;

    public static async Task<int> RunAsync(string mode, string speed, string begin)
    {
        var platform = new Platform(mode == "strict", new FastTime(double.Parse(speed, CultureInfo.InvariantCulture)), int.Parse(begin, CultureInfo.InvariantCulture));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/count", () => Results.Json(platform.Count()));
        app.MapPost("/api/{method}", platform.SlackAsync);
        app.MapPost("/emea/v3/conversations/{id}/activities", platform.TeamsAsync);
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.Single()).Port);
        await ((IHost)app).WaitForShutdownAsync();
        return 0;
    }

    private PlatformCount Count()
    {
        lock (gate)
        {
            return new(taken, refused, calls, clock.GetElapsedTime(first, last).TotalSeconds, people.Count);
        }
    }

    private async Task SlackAsync(HttpContext http)
    {
        var method = (string)http.Request.RouteValues["method"]!;
        if (method != "chat.postMessage")
        {
            // Those come as forms, and nothing in them is looked at.
            await WriteAsync(http, method == "auth.test"
                ? """{"ok":true,"team":"Example","team_id":"T0001","user_id":"U0BOT","bot_id":"B0BOT","is_enterprise_install":false}"""
                : """{"ok":false,"error":"not_in_the_benchmark"}""");
            return;
        }

        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var channel = body.RootElement.GetProperty("channel").GetString()!;
        if (Refuse([("s" + channel, 1, 1.0)]))
        {
            await RefuseAsync(http);
            return;
        }

        await WriteAsync(http, $$"""{"ok":true,"channel":"D{{channel[1..]}}","ts":"{{Take(channel)}}.000100"}""");
    }

    private async Task TeamsAsync(HttpContext http)
    {
        var conversation = (string)http.Request.RouteValues["id"]!;
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        if (Refuse([("tenant", Teams, 1.0), (conversation + "1", 7, 1.0), (conversation + "2", 8, 2.0), (conversation + "3", 60, 30.0), (conversation + "4", 1800, 3600.0)]))
        {
            await RefuseAsync(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status201Created;
        await WriteAsync(http, $$"""{"id":"{{Take(conversation)}}"}""");
    }

    private static Task WriteAsync(HttpContext http, string json)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(json);
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }

    private long Take(string conversation)
    {
        people.AddOrUpdate(conversation, 1, static (_, count) => count + 1);
        lock (gate)
        {
            last = clock.GetTimestamp();
            first = taken == begin ? last : first;
            return ++taken;
        }
    }

    private bool Refuse(ReadOnlySpan<(string Key, int Most, double Seconds)> rules)
    {
        Interlocked.Increment(ref calls);
        if (!strict)
        {
            return false;
        }

        var now = clock.GetTimestamp();
        lock (gate)
        {
            foreach (var (key, most, seconds) in rules)
            {
                if (!windows.GetOrAdd(key, _ => new Window(most, clock)).HasRoom(now, seconds))
                {
                    refused++;
                    return true;
                }
            }

            foreach (var (key, _, _) in rules)
            {
                windows[key].Add(now);
            }

            return false;
        }
    }

    /// <summary>The last so many times.</summary>
    private sealed class Window(int most, TimeProvider clock)
    {
        private readonly Queue<long> times = new();

        public bool HasRoom(long now, double seconds)
        {
            while (times.TryPeek(out var oldest) && clock.GetElapsedTime(oldest, now).TotalSeconds > seconds)
            {
                times.Dequeue();
            }

            return times.Count < most;
        }

        public void Add(long now) => times.Enqueue(now);
    }
}

/// <summary>That process, seen from outside.</summary>
internal sealed class PlatformProcess : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly System.Diagnostics.Process process;
    private readonly HttpClient http;

    private PlatformProcess(System.Diagnostics.Process process, int port)
    {
        this.process = process;
        Port = port;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/") };
    }

    public int Port { get; }

    public static async Task<PlatformProcess> StartAsync(bool strict, int speed, int begin)
    {
        var started = Redirects.Processes.Start(
            1, "broadcast", "platform", strict ? "strict" : "free", speed.ToString(CultureInfo.InvariantCulture), begin.ToString(CultureInfo.InvariantCulture));
        var line = await started.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The platform ended before it listened.");
        return new PlatformProcess(started, int.Parse(line, CultureInfo.InvariantCulture));
    }

    public async Task<PlatformCount> CountAsync() => JsonSerializer.Deserialize<PlatformCount>(await http.GetStringAsync("count"), Web)!;

    public void Dispose()
    {
        http.Dispose();
        process.Kill();
        process.Dispose();
    }
}
