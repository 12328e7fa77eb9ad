using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace AdvocacyBot.Benchmarks.Teams;

/// <summary>
/// Teams in miniature, in one thread with poll(2): keep-alive connections that each send the next activity when the last is answered, and the connector that
/// takes the bot's cards, counts them and gives them ids.
/// </summary>
internal sealed class TurnClient : IDisposable
{
    private const short PollIn = 1;

    private readonly int port;
    private readonly List<ArraySegment<byte>> requests;
    private readonly int[] idAt;
    private readonly int from;
    private readonly bool again;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Wire> wires = [];
    private readonly List<double> latencies = [];
    private readonly long firstId = Stopwatch.GetTimestamp() % 10_000_000_000;
    private PollFd[] polls = [];
    private long sent;
    private long answered;
    private long other;
    private long posted;

    /// <param name="port">The host's, on 127.0.0.1.</param>
    /// <param name="connector">Where cards are taken.</param>
    /// <param name="requests">Whole requests.</param>
    /// <param name="from">Index of the first.</param>
    /// <param name="again">Whether to begin again at the end of the requests, with new activity ids; otherwise the measurement ends there.</param>
    public TurnClient(int port, int connector, List<ArraySegment<byte>> requests, int from, bool again)
    {
        this.port = port;
        this.requests = requests;
        this.from = from;
        this.again = again;
        idAt = [.. requests.Select(request => request.AsSpan().IndexOf(Encoding.ASCII.GetBytes(TurnTemplates.IdMark)))];
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, connector));
        listener.Listen(512);
    }

    public TurnLoad Run(TimeSpan duration, int connections)
    {
        for (var i = 0; i < connections; i++)
        {
            wires.Add(Wire.To(port));
        }

        Arrange();
        var watch = Stopwatch.StartNew();
        wires.ForEach(Send);
        var live = connections;
        while (live > 0)
        {
            if (Poll(polls, (nuint)polls.Length, 100) <= 0)
            {
                continue;
            }

            for (var i = 0; i < wires.Count; i++)
            {
                if (polls[i + 1].Returned == 0 || polls[i + 1].Descriptor < 0)
                {
                    continue;
                }

                if (i >= connections)
                {
                    TakeCards(wires[i], i + 1);
                }
                else if (wires[i].ReceiveAnswer() is { } good)
                {
                    latencies.Add(wires[i].Elapsed.TotalMilliseconds);
                    answered += good ? 1 : 0;
                    other += good ? 0 : 1;
                    if (watch.Elapsed < duration && (again || from + sent < requests.Count))
                    {
                        Send(wires[i]);
                    }
                    else
                    {
                        polls[i + 1].Descriptor = -1;
                        live--;
                    }
                }
            }

            if (polls[0].Returned != 0)
            {
                wires.Add(Wire.Of(listener.Accept()));
                Arrange();
            }
        }

        var seconds = watch.Elapsed.TotalSeconds;
        latencies.Sort();
        return latencies.Count == 0
            ? new(sent, answered, other, posted, seconds, 0, 0)
            : new(sent, answered, other, posted, seconds, latencies[latencies.Count / 2], latencies[latencies.Count * 99 / 100]);
    }

    public void Dispose()
    {
        wires.ForEach(wire => wire.Dispose());
        listener.Dispose();
    }

    private void Send(Wire wire)
    {
        var index = (int)((from + sent) % requests.Count);
        var request = requests[index];
        if (idAt[index] >= 0)
        {
            Utf8Formatter.TryFormat(firstId + sent, request.AsSpan(idAt[index], TurnTemplates.IdMark.Length), out _, new('D', (byte)TurnTemplates.IdMark.Length));
        }

        sent++;
        wire.Send(request);
    }

    private void TakeCards(Wire wire, int poll)
    {
        var taken = wire.TakeRequests();
        if (taken < 0)
        {
            polls[poll].Descriptor = -1;
        }
        else
        {
            posted += taken;
        }
    }

    /// <summary>The listener first, then the wires; those that have ended stay so.</summary>
    private void Arrange()
    {
        var ended = polls.Select(poll => poll.Descriptor < 0).ToList();
        polls =
        [
            new PollFd { Descriptor = (int)listener.Handle, Events = PollIn },
            .. wires.Select((wire, i) => new PollFd { Descriptor = i + 1 < ended.Count && ended[i + 1] ? -1 : wire.Descriptor, Events = PollIn }),
        ];
    }

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
}
