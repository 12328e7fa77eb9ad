using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace AdvocacyBot.Benchmarks.Redirects;

/// <summary>What a client saw.</summary>
/// <param name="Answered">Redirects received, by position in the list of codes.</param>
/// <param name="Other">Answers that were no redirect.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
internal sealed record LoadResult(long[] Answered, long Other, TimeSpan Elapsed)
{
    public double PerSecond => Answered.Sum() / Elapsed.TotalSeconds;
}

/// <summary>
/// Keep-alive connections that each send a request when the last one is answered, served by one thread with poll(2): .NET's asynchronous sockets
/// would make the client slower than the server it measures.
/// </summary>
internal sealed class LoadClient(int port, IReadOnlyList<string> codes, int connections)
{
    private const short PollIn = 1;

    private static readonly string[] Agents =
    [
        .. Enumerable.Range(0, 20).Select(i =>
            $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{110 + i}.0.0.0 Safari/537.36"),
    ];

    /// <summary>Sends until the time is up or the server is gone.</summary>
    public LoadResult Run(TimeSpan duration)
    {
        var requests = codes.Select((code, i) => Request(code, Agents[i % Agents.Length])).ToArray();
        var answered = new long[codes.Count];
        var other = 0L;
        var open = Enumerable.Range(0, connections).Select(i => new Connection(port, i % codes.Count)).ToList();
        var polls = open.Select(connection => new PollFd { Descriptor = connection.Descriptor, Events = PollIn }).ToArray();
        var watch = Stopwatch.StartNew();
        open.ForEach(connection => connection.Send(requests));
        var live = open.Count;
        while (live > 0 && watch.Elapsed < duration)
        {
            if (Poll(polls, (nuint)polls.Length, 100) <= 0)
            {
                continue;
            }

            for (var i = 0; i < polls.Length; i++)
            {
                if (polls[i].Returned == 0)
                {
                    continue;
                }

                var connection = open[i];
                switch (connection.Receive())
                {
                    case Received.Redirect:
                        answered[connection.Code]++;
                        break;
                    case Received.Other:
                        other++;
                        break;
                    case Received.Part:
                        continue;
                    default:
                        polls[i].Descriptor = -1;
                        live--;
                        continue;
                }

                // With as many codes as connections each keeps its own.
                connection.Code = (connection.Code + connections) % codes.Count;
                if (!connection.Send(requests))
                {
                    polls[i].Descriptor = -1;
                    live--;
                }
            }
        }

        var elapsed = watch.Elapsed;
        open.ForEach(connection => connection.Dispose());
        return new(answered, other, elapsed);
    }

    private static byte[] Request(string code, string agent) => Encoding.ASCII.GetBytes(
        $"GET /l/{code}k HTTP/1.1\r\nHost: links.example.com\r\nUser-Agent: {agent}\r\nAccept: text/html,application/xhtml+xml\r\n"
        + "Accept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br\r\nSec-Fetch-Mode: navigate\r\n\r\n");

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll([In, Out] PollFd[] descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    private enum Received
    {
        Part,
        Redirect,
        Other,
        Closed,
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] buffer = new byte[4096];
        private int filled;

        public Connection(int port, int code)
        {
            socket.Connect(IPAddress.Loopback, port);
            Code = code;
        }

        public int Code { get; set; }

        public int Descriptor => (int)socket.Handle;

        public bool Send(byte[][] requests)
        {
            socket.Send(requests[Code], SocketFlags.None, out var error);
            return error == SocketError.Success;
        }

        public Received Receive()
        {
            var read = socket.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None, out var error);
            if (error != SocketError.Success || read == 0)
            {
                return Received.Closed;
            }

            filled += read;
            var answer = buffer.AsSpan(0, filled);
            if (!answer.EndsWith("\r\n\r\n"u8))
            {
                return Received.Part;
            }

            filled = 0;
            return answer.StartsWith("HTTP/1.1 302 "u8) ? Received.Redirect : Received.Other;
        }

        public void Dispose() => socket.Dispose();
    }
}
