using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.TestHost;

namespace AdvocacyBot.Tests.Web.Support;

/// <summary>One person's client of the API.</summary>
public sealed class Caller(WebHost host, string person) : IDisposable
{
    public HttpClient Http { get; } = Client(host, person);

    public static Task<WebHost> HostAsync(TimeProvider? clock = null, string? databaseFile = null, params (string Key, string Value)[] settings) =>
        WebHost.StartAsync(builder => builder.UseTestServer(), clock, databaseFile, settings);

    public async Task<JsonNode> GetAsync(string path) => (await JsonNode.ParseAsync(await Http.GetStreamAsync(path)))!;

    public async Task<JsonNode> PostAsync(string path, object body) => (await SendAsync(path, body, HttpStatusCode.OK))!;

    public async Task<JsonNode> SendAsync(string path, object body, HttpStatusCode expected)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<HttpResponseMessage> RawAsync(string path, string body) =>
        await Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    public Task<JsonNode> SayAsync(string channel, string text, string? id = null) => PostAsync("/web/api/messages", new { channel, text, id });

    public Task<JsonNode> PressAsync(JsonNode message, int button = 0, string? id = null) => PostAsync("/web/api/actions", new
    {
        channel = (string)message["channel"]!,
        messageId = (string)message["id"]!,
        token = (string)message["card"]!["actions"]![button]!["data"]!["t"]!,
        inputs = new { },
        id,
    });

    public async Task<IReadOnlyList<JsonNode>> ReadAsync(string channel) =>
        [.. (await GetAsync($"/web/api/channels/{channel}/messages"))["messages"]!.AsArray().Select(m => m!)];

    public Task<Events> ListenAsync(long? after = null, string? lastEventId = null) => Events.OpenAsync(Http, person, after, lastEventId);

    public void Dispose() => Http.Dispose();

    private static HttpClient Client(WebHost host, string person)
    {
        var client = host.App.GetTestClient();
        client.DefaultRequestHeaders.Add("X-Person", person);
        return client;
    }
}

/// <summary>An open stream of live updates.</summary>
public sealed class Events : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<string>> items;

    private Events(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items)
    {
        this.response = response;
        this.items = items;
    }

    public static async Task<Events> OpenAsync(HttpClient http, string person, long? after, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/web/hub?person={person}{(after is null ? "" : $"&after={after}")}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var opened = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        opened.EnsureSuccessStatusCode();
        var events = new Events(opened, SseParser.Create(await opened.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
        var ready = await events.NextAsync();
        Assert.Equal("ready", ready.Type);
        return events;
    }

    /// <summary>Waits for the next event; the test runner's own limit ends a wait in vain.</summary>
    public async Task<(string Type, JsonNode Data, string? Id)> NextAsync()
    {
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)), "The stream ended.");
        return (items.Current.EventType, JsonNode.Parse(items.Current.Data)!, items.Current.EventId);
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        try
        {
            await items.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // A read was under way.
        }
    }
}
