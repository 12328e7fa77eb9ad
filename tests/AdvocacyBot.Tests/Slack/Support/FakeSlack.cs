using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>
/// A Slack on loopback: Web API, <c>response_url</c>s and Socket Mode. As strict as the documented one: an unknown method or argument, a missing scope, a token that is not
/// its own, too many blocks, a used or expired trigger are refused, and what our code must never do (an unknown method) fails the test.
/// </summary>
internal sealed partial class FakeSlack : IAsyncDisposable
{
    public const string BotToken = "xoxb-1111-2222-test";
    public const string AppToken = "xapp-1-A0001-test";
    public const string SigningSecret = "8f742231b10e8888abcd99baac22";
    public const string Team = "T0001";
    public const string Bot = "U0BOT";
    public const string General = "C0GEN";
    public const string Hadashot = "C0HEB";

    private readonly WebApplication server;
    private readonly Lock gate = new();
    private readonly List<TaskCompletionSource> waiting = [];
    private int numbers;
    private long lastTimestamp;

    private FakeSlack(WebApplication server, TimeProvider clock)
    {
        this.server = server;
        Clock = clock;
    }

    public TimeProvider Clock { get; }

    public Uri Root { get; private set; } = null!;

    public Uri Api => new(Root, "api/");

    public ConcurrentDictionary<string, FakeUser> Users { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, FakeChannel> Channels { get; } = new(StringComparer.Ordinal);

    public List<FakeMessage> Messages { get; } = [];

    public List<FakeView> Views { get; } = [];

    public Dictionary<string, FakeTrigger> Triggers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, FakeResponse> Responses { get; } = new(StringComparer.Ordinal);

    /// <summary>Methods that were called, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What our code did that the real Slack would not let pass; every test ends by looking at it.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Answers the next calls of a method instead of carrying them out.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Task>>> Next { get; } = new(StringComparer.Ordinal);

    /// <summary>What the bot token may do.</summary>
    public HashSet<string> Scopes { get; } =
    [
        "app_mentions:read", "channels:read", "chat:write", "commands", "groups:read", "im:history", "im:write", "reactions:read", "users:read", "channels:history", "groups:history",
    ];

    /// <summary>Bot tokens that work, by workspace.</summary>
    public ConcurrentDictionary<string, string> Tokens { get; } = new(StringComparer.Ordinal);

    public static async Task<FakeSlack> StartAsync(TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var slack = new FakeSlack(app, clock ?? TimeProvider.System);
        slack.Tokens[BotToken] = Team;
        app.UseWebSockets();
        app.Map("/api/{method}", slack.CallAsync);
        app.MapPost("/response/{id}", slack.RespondAsync);
        app.Map("/link", slack.LinkAsync);
        app.MapGet("/authorize", () => Results.Text("the page where people allow it"));
        await app.StartAsync();
        slack.Root = new Uri(app.Urls.Single() + "/");
        slack.Populate();
        return slack;
    }

    public string Number(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{Interlocked.Increment(ref numbers):D8}");

    /// <summary>Slack's timestamps: microseconds, none twice.</summary>
    public string Timestamp()
    {
        lock (gate)
        {
            lastTimestamp = Math.Max(lastTimestamp + 1, (Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            return string.Create(CultureInfo.InvariantCulture, $"{lastTimestamp / 1_000_000}.{lastTimestamp % 1_000_000:D6}");
        }
    }

    public string Trigger(string user)
    {
        var trigger = new FakeTrigger(Number("trigger."), user, Clock.GetUtcNow());
        lock (gate)
        {
            Triggers[trigger.Id] = trigger;
        }

        return trigger.Id;
    }

    public string ResponseUrl(string channel, string user, FakeMessage? source)
    {
        var id = Number("r");
        lock (gate)
        {
            Responses[id] = new FakeResponse { Channel = channel, User = user, Source = source, At = Clock.GetUtcNow() };
        }

        return new Uri(Root, $"response/{id}").AbsoluteUri;
    }

    /// <summary>Waits until something is so; looks again whenever anything changes.</summary>
    public async Task<T> AwaitAsync<T>(Func<FakeSlack, T?> look, string what)
        where T : class
    {
        using var longEnough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            TaskCompletionSource changed;
            lock (gate)
            {
                if (look(this) is { } found)
                {
                    return found;
                }

                changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting.Add(changed);
            }

            try
            {
                await changed.Task.WaitAsync(longEnough.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new Xunit.Sdk.XunitException($"Slack saw no {what}. Calls: {string.Join(", ", Calls)}. Faults: {string.Join("; ", Faults)}. Messages: {string.Join(" | ", Messages.Select(m => $"{m.Channel}/{m.OnlyFor}: {m.Text}"))}", e);
            }
        }
    }

    /// <summary>Reads or changes what is kept, with nobody in between.</summary>
    public T With<T>(Func<FakeSlack, T> use)
    {
        lock (gate)
        {
            return use(this);
        }
    }

    public void AssertNoFaults()
    {
        lock (gate)
        {
            Assert.Empty(Faults);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in sockets)
        {
            socket.Abort();
        }

        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await server.StopAsync(soon.Token);
        await server.DisposeAsync();
    }

    private void Changed(Action change)
    {
        TaskCompletionSource[] told;
        lock (gate)
        {
            change();
            told = [.. waiting];
            waiting.Clear();
        }

        foreach (var one in told)
        {
            one.TrySetResult();
        }
    }

    private void Fault(string what) => Changed(() => Faults.Add(what));

    private void Populate()
    {
        FakeUser[] people =
        [
            new("U0CARMEN", "Carmen Cole"), new("U0ALICE", "Alice Bennett"), new("U0BEN", "Ben Carter"), new("U0CHLOE", "Chloe Davies"), new("U0EMILY", "Emily Foster"),
            new("U0DANA", "דנה כהן", "he-IL", "Asia/Jerusalem"), new("U0NOA", "נועה לוי", "he-IL", "Asia/Jerusalem"), new("U0ITAI", "איתי מזרחי", "he-IL", "Asia/Jerusalem"),
            new("U0TAMAR", "תמר פרץ", "he-IL", "Asia/Jerusalem"), new("U0OMER", "עומר ביטון", "he-IL", "Asia/Jerusalem"),
            new("U0GUEST", "A Guest") { Guest = true }, new("U0OTHERBOT", "Another bot") { Bot = true }, new(Bot, "AdvocacyBot") { Bot = true },
        ];
        foreach (var person in people)
        {
            Users[person.Id] = person;
        }

        Channels[General] = new FakeChannel(General, "general");
        Channels[Hadashot] = new FakeChannel(Hadashot, "hadashot");
        Channels[General].Members.UnionWith(["U0CARMEN", "U0ALICE", "U0BEN", "U0CHLOE", "U0EMILY", "U0GUEST", "U0OTHERBOT"]);
        Channels[Hadashot].Members.UnionWith(["U0DANA", "U0NOA", "U0ITAI", "U0TAMAR", "U0OMER", "U0GUEST"]);
    }

    /// <summary>A direct conversation's id.</summary>
    public static string Direct(string user) => "D0" + user;

    private static JsonNode Copy(JsonNode node) => node.DeepClone();
}
