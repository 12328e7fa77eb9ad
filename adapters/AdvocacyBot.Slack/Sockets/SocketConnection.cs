using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using AdvocacyBot.Slack.Replies;

namespace AdvocacyBot.Slack.Sockets;

/// <summary>How a connection ended.</summary>
internal enum SocketEnd
{
    /// <summary>Broken, or closed without a word.</summary>
    Lost = 0,

    /// <summary>Slack wants a new one.</summary>
    Refresh = 1,

    /// <summary>Socket Mode was switched off.</summary>
    Disabled = 2,
}

/// <summary>One WebSocket: reads envelopes, has each handled, and acknowledges it, several at a time.</summary>
internal sealed class SocketConnection(Envelopes envelopes, InFlight inFlight, TimeProvider clock) : IDisposable
{
    private const int LongestFrame = 4 * 1024 * 1024;

    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket socket = new() { Options = { KeepAliveInterval = Ping, KeepAliveTimeout = Ping } };
    private readonly SemaphoreSlim sending = new(1);
    private readonly List<Task> handling = [];

    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken) => await socket.ConnectAsync(address, cancellationToken);

    /// <summary>Reads until the connection ends or Slack wants a new one; afterwards <see cref="DrainAsync"/> reads what still comes.</summary>
    /// <param name="greeted">Told when Slack has said hello.</param>
    public async Task<SocketEnd> RunAsync(Action greeted)
    {
        // Not to be cancelled: that would cut the connection under the acknowledgements. StopAsync ends it.
        while (await ReceiveAsync(CancellationToken.None) is { } frame)
        {
            switch (frame)
            {
                case { Type: "hello" }:
                    greeted();
                    break;
                case { Type: "disconnect", Reason: "link_disabled" }:
                    return SocketEnd.Disabled;
                case { Type: "disconnect" }:
                    return SocketEnd.Refresh;
                case { EnvelopeId: not null }:
                    Begin(frame);
                    break;
            }
        }

        return SocketEnd.Lost;
    }

    /// <summary>After a new connection stands: what arrives here until Slack closes it is still handled.</summary>
    public async Task DrainAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(longest, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            while (await ReceiveAsync(both.Token) is { } frame)
            {
                if (frame.EnvelopeId is not null)
                {
                    Begin(frame);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Long enough.
        }
    }

    /// <summary>Acknowledges what has arrived, but does not wait for it long, and says goodbye; Slack closes the connection then.</summary>
    public async Task StopAsync(TimeSpan longest)
    {
        try
        {
            using var enough = new CancellationTokenSource(longest, clock);
            await FinishAsync(enough.Token);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, enough.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (handling)
        {
            all = Task.WhenAll(handling);
        }

        await all.WaitAsync(cancellationToken);
    }

    // A host that stops finishes what it has begun: neither the request nor its acknowledgement is given up.
    private void Begin(Envelope frame)
    {
        var work = HandleAsync(frame, inFlight.Stopping);
        lock (handling)
        {
            handling.RemoveAll(task => task.IsCompleted);
            handling.Add(work);
        }

        inFlight.Track(work);
    }

    private async Task HandleAsync(Envelope frame, CancellationToken cancellationToken)
    {
        try
        {
            if (await envelopes.HandleAsync(frame, cancellationToken) is not { } acknowledgement)
            {
                return;
            }

            await sending.WaitAsync(cancellationToken);
            try
            {
                await socket.SendAsync(acknowledgement, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection broke under it: Slack delivers events again, and people press again.
        }
    }

    /// <returns>Null: the connection has ended.</returns>
    private async Task<Envelope?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.GetMemory(4096), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                buffer.Advance(received.Count);
                if (buffer.WrittenCount > LongestFrame)
                {
                    return null;
                }

                if (received.EndOfMessage)
                {
                    return Read(buffer.WrittenSpan);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    // What is no envelope is passed over like one that is not for us.
    private static Envelope Read(ReadOnlySpan<byte> frame)
    {
        try
        {
            return JsonSerializer.Deserialize(frame, EnvelopeJson.Default.Envelope) ?? new Envelope();
        }
        catch (JsonException)
        {
            return new Envelope();
        }
    }
}
