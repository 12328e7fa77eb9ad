using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AdvocacyBot.Benchmarks.Teams;

/// <summary>One connection, either way; one message is under way at a time.</summary>
internal sealed class Wire : IDisposable
{
    private static readonly byte[] Created =
        [.. "HTTP/1.1 201 Created\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 22\r\n\r\n{\"id\":\"1795325033372\"}"u8];

    private static readonly byte[] NoMembers =
        [.. "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 14\r\n\r\n{\"members\":[]}"u8];

    private readonly Socket socket;
    private readonly byte[] buffer = new byte[131_072];
    private int filled;
    private long sentAt;

    private Wire(Socket socket)
    {
        this.socket = socket;
        socket.NoDelay = true;
    }

    public int Descriptor => (int)socket.Handle;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(sentAt);

    public static Wire Of(Socket accepted) => new(accepted);

    public static Wire To(int port)
    {
        var made = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        made.Connect(IPAddress.Loopback, port);
        return new Wire(made);
    }

    public void Send(ArraySegment<byte> request)
    {
        sentAt = Stopwatch.GetTimestamp();
        socket.Send(request);
    }

    /// <returns>Null while the answer is not whole; whether it is 200.</returns>
    public bool? ReceiveAnswer()
    {
        var read = socket.Receive(buffer.AsSpan(filled));
        if (read == 0)
        {
            throw new IOException("The host closed a connection.");
        }

        filled += read;
        if (Length() is not { } length || filled < length)
        {
            return null;
        }

        filled = 0;
        return buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8);
    }

    /// <summary>Takes what the bot sends and answers it.</summary>
    /// <returns>How many cards arrived; -1 where the host closed the connection.</returns>
    public int TakeRequests()
    {
        var read = socket.Receive(buffer.AsSpan(filled));
        if (read == 0)
        {
            return -1;
        }

        filled += read;
        if (Length() is not { } length || filled < length)
        {
            return 0;
        }

        var isCard = buffer.AsSpan(0, length).IndexOf("application/vnd.microsoft.card.adaptive"u8) >= 0;
        var isPost = buffer.AsSpan().StartsWith("POST "u8);
        filled = 0;
        socket.Send(isPost ? Created : NoMembers);
        return isPost && isCard ? 1 : 0;
    }

    public void Dispose() => socket.Dispose();

    /// <returns>Of head and body; null while the head is not whole.</returns>
    private int? Length()
    {
        var message = buffer.AsSpan(0, filled);
        var head = message.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return null;
        }

        var at = message[..head].IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return head + 4;
        }

        var digits = message[(at + 16)..];
        return head + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
