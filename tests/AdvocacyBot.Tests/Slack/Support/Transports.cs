using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AdvocacyBot.Slack.Inbound;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>The way from Slack to the bot.</summary>
internal interface ISlackTransport
{
    /// <returns>What the acknowledgement holds, or null.</returns>
    Task<JsonNode?> CommandAsync(JsonObject fields);

    Task<JsonNode?> InteractionAsync(JsonObject payload);

    Task EventAsync(JsonObject envelope);
}

/// <summary>Signed requests.</summary>
internal sealed class HttpTransport(HttpClient http, TimeProvider clock) : ISlackTransport
{
    public async Task<JsonNode?> CommandAsync(JsonObject fields) => await SendAsync("/slack/commands", Form(fields), "application/x-www-form-urlencoded");

    public async Task<JsonNode?> InteractionAsync(JsonObject payload) =>
        await SendAsync("/slack/interactions", Form(new JsonObject { ["payload"] = payload.ToJsonString() }), "application/x-www-form-urlencoded");

    public async Task EventAsync(JsonObject envelope) => await SendAsync("/slack/events", Encoding.UTF8.GetBytes(envelope.ToJsonString()), "application/json");

    public static HttpRequestMessage Signed(string path, byte[] body, string contentType, DateTimeOffset at, string secret = FakeSlack.SigningSecret)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", SlackSignature.Sign(body, timestamp, Encoding.UTF8.GetBytes(secret)));
        return request;
    }

    public static byte[] Form(JsonObject fields) =>
        Encoding.UTF8.GetBytes(string.Join('&', fields.Where(field => field.Value is not null).Select(field => $"{WebUtility.UrlEncode(field.Key)}={WebUtility.UrlEncode(field.Value!.ToString())}")));

    private async Task<JsonNode?> SendAsync(string path, byte[] body, string contentType)
    {
        using var request = Signed(path, body, contentType, clock.GetUtcNow());
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.Content.ReadAsStringAsync();
        return answer.Length == 0 ? null : JsonNode.Parse(answer);
    }
}

/// <summary>Envelopes through the bot's own connection.</summary>
internal sealed class SocketTransport(FakeSlack slack) : ISlackTransport
{
    public Task<JsonNode?> CommandAsync(JsonObject fields) => slack.DeliverAsync("slash_commands", fields, acceptsPayload: true);

    public Task<JsonNode?> InteractionAsync(JsonObject payload) => slack.DeliverAsync("interactive", payload, (string?)payload["type"] is "view_submission" or "block_suggestion");

    public Task EventAsync(JsonObject envelope) => slack.DeliverAsync("events_api", envelope, acceptsPayload: false);
}
