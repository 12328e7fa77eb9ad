using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AdvocacyBot.Benchmarks.Interactions;

/// <summary>
/// Keep-alive connections that each send the next request of the list when their last one is answered, served by one thread with poll(2), as
/// <see cref="Redirects.LoadClient"/> is, for requests with bodies.
/// </summary>
/// <param name="port">On 127.0.0.1.</param>
/// <param name="requests">Whole requests.</param>
/// <param name="connections">How many are open.</param>
/// <param name="from">Index of the first request.</param>
/// <param name="again">Whether to begin again at the end of the requests; otherwise the measurement ends there.</param>
/// <param name="anyBody">Whether every answer with 200 is a good one, or only those that changed or made a message of the browser chat.</param>
internal sealed class PressClient(int port, List<ArraySegment<byte>> requests, int connections, int from, bool again, bool anyBody)
{
    private const short PollIn = 1;

    private readonly List<double> latencies = [];
    private long sent;
    private long answered;
    private long other;

    public PressLoad Run(TimeSpan duration)
    {
        var open = Enumerable.Range(0, connections).Select(_ => new Connection(port, anyBody)).ToList();
        var polls = open.Select(connection => new PollFd { Descriptor = connection.Descriptor, Events = PollIn }).ToArray();
        var watch = Stopwatch.StartNew();
        open.ForEach(SendNext);
        var live = open.Count;
        while (live > 0)
        {
            if (Poll(polls, (nuint)polls.Length, 100) <= 0)
            {
                continue;
            }

            for (var i = 0; i < polls.Length; i++)
            {
                if (polls[i].Returned == 0 || polls[i].Descriptor < 0 || open[i].Receive() is not { } good)
                {
                    continue;
                }

                latencies.Add(open[i].Elapsed.TotalMilliseconds);
                answered += good ? 1 : 0;
                other += good ? 0 : 1;

                // At the end every request is waited for, so that all that were sent can be looked up.
                if (watch.Elapsed < duration && (again || from + sent < requests.Count))
                {
                    SendNext(open[i]);
                }
                else
                {
                    polls[i].Descriptor = -1;
                    live--;
                }
            }
        }

        var seconds = watch.Elapsed.TotalSeconds;
        open.ForEach(connection => connection.Dispose());
        latencies.Sort();
        return new(sent, answered, other, seconds, latencies[latencies.Count / 2], latencies[latencies.Count * 99 / 100]);
    }

    private void SendNext(Connection connection) => connection.Send(requests[(int)((from + sent++) % requests.Count)]);

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

    private sealed class Connection : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] buffer = new byte[65536];
        private int filled;
        private long sentAt;

        private readonly bool anyBody;

        public Connection(int port, bool anyBody)
        {
            this.anyBody = anyBody;
            socket.Connect(IPAddress.Loopback, port);
        }

        public int Descriptor => (int)socket.Handle;

        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(sentAt);

        public void Send(ArraySegment<byte> request)
        {
            sentAt = Stopwatch.GetTimestamp();
            socket.Send(request);
        }

        /// <returns>Null while the answer is not whole; whether it is a good one.</returns>
        public bool? Receive()
        {
            var read = socket.Receive(buffer.AsSpan(filled));
            if (read == 0)
            {
                throw new IOException("The host closed a connection.");
            }

            filled += read;
            var answer = buffer.AsSpan(0, filled);
            var head = answer.IndexOf("\r\n\r\n"u8);
            if (head < 0 || !IsWhole(answer, head + 4))
            {
                return null;
            }

            filled = 0;
            return answer.StartsWith("HTTP/1.1 200 "u8)
                && (anyBody || answer.IndexOf("\"reply\":\"replaced\""u8) >= 0 || answer.IndexOf("\"reply\":\"private\""u8) >= 0);
        }

        public void Dispose() => socket.Dispose();

        /// <summary>One request is under way at a time: the answer's end is that of what has arrived.</summary>
        private static bool IsWhole(ReadOnlySpan<byte> answer, int body)
        {
            var length = answer[..body].IndexOf("Content-Length: "u8);
            if (length < 0)
            {
                return answer.EndsWith("0\r\n\r\n"u8);
            }

            var digits = answer[(length + 16)..];
            return answer.Length == body + int.Parse(digits[..digits.IndexOf((byte)'\r')], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
