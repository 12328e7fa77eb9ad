using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>Socket Mode: addresses that are good for one connection, and envelopes that want an acknowledgement.</summary>
internal sealed partial class FakeSlack
{
    private readonly ConcurrentDictionary<string, byte> tickets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> unacknowledged = new(StringComparer.Ordinal);
    private readonly List<WebSocket> sockets = [];

    /// <summary>Connections that are open, the oldest first.</summary>
    public IReadOnlyList<WebSocket> Sockets => With(_ => sockets.Where(socket => socket.State == WebSocketState.Open).ToList());

    /// <summary>Connections there ever were.</summary>
    public int Connections { get; private set; }

    private JsonObject Connection()
    {
        var ticket = Number("ticket");
        tickets[ticket] = 0;
        return new JsonObject { ["ok"] = true, ["url"] = $"ws://{Root.Authority}/link?ticket={ticket}&app_id=A0001" };
    }

    private async Task LinkAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest || !tickets.TryRemove(http.Request.Query["ticket"].ToString(), out _))
        {
            http.Response.StatusCode = StatusCodes.Status408RequestTimeout;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await SendAsync(socket, new JsonObject
        {
            ["type"] = "hello",
            ["num_connections"] = 1,
            ["connection_info"] = new JsonObject { ["app_id"] = "A0001" },
            ["debug_info"] = new JsonObject { ["host"] = "applink-1", ["approximate_connection_time"] = 18060 },
        });
        Changed(() =>
        {
            sockets.Add(socket);
            Connections++;
        });
        try
        {
            await ReadAsync(socket);
        }
        catch (WebSocketException)
        {
            // Cut.
        }

        Changed(() => sockets.Remove(socket));
    }

    private async Task ReadAsync(WebSocket socket)
    {
        var buffer = new byte[1024 * 1024];
        while (true)
        {
            var filled = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None);
                filled += received.Count;
            }
            while (!received.EndOfMessage);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return;
            }

            if (JsonNode.Parse(buffer.AsSpan(0, filled)) is not JsonObject frame || (string?)frame["envelope_id"] is not { } id || !unacknowledged.TryRemove(id, out var done))
            {
                Fault("an acknowledgement of nothing");
                continue;
            }

            if (frame.FirstOrDefault(field => field.Key is not ("envelope_id" or "payload")).Key is { } unknown)
            {
                Fault($"an acknowledgement has no {unknown}");
            }

            done.TrySetResult(frame);
        }
    }

    /// <summary>Sends an envelope through the newest connection and waits for its acknowledgement.</summary>
    /// <returns>What came with it, or null.</returns>
    public async Task<JsonNode?> DeliverAsync(string type, JsonObject payload, bool acceptsPayload)
    {
        var socket = await AwaitAsync(slack => slack.sockets.FindLast(s => s.State == WebSocketState.Open), "Socket Mode connection");
        var id = Guid.NewGuid().ToString();
        var done = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        unacknowledged[id] = done;
        await SendAsync(socket, new JsonObject { ["envelope_id"] = id, ["type"] = type, ["payload"] = payload.DeepClone(), ["accepts_response_payload"] = acceptsPayload });
        var acknowledgement = await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var answer = acknowledgement["payload"];

        // Slack's own client always sends an object.
        if (answer is JsonObject { Count: > 0 } && !acceptsPayload)
        {
            Fault("a payload where none is accepted");
        }

        return answer?.DeepClone();
    }

    /// <summary>Says that a connection is about to end, or why there will be none.</summary>
    public static Task DisconnectAsync(WebSocket socket, string reason) => SendAsync(socket, new JsonObject { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "applink-1" } });

    private static Task SendAsync(WebSocket socket, JsonObject frame) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
