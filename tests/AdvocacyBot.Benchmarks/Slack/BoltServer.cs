using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace AdvocacyBot.Benchmarks.Slack;

/// <summary>An app of @slack/bolt on the first processor. Its packages come from <c>tests/conformance/bolt</c>: run <c>npm ci</c> there once.</summary>
internal sealed class BoltServer : IDisposable
{
    private readonly Process process;

    private BoltServer(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<BoltServer> StartAsync(string secret, string messageFile)
    {
        var start = new ProcessStartInfo("taskset", ["-c", "0", "node", "bench-server.mjs", secret, messageFile])
        {
            WorkingDirectory = Folder(),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["NODE_ENV"] = "production";
        var started = Process.Start(start) ?? throw new InvalidOperationException("taskset did not start.");
        var line = await started.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("bolt did not start: run 'npm ci' in tests/conformance/bolt.");
        return new BoltServer(started, int.Parse(line, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "conformance", "bolt"));
}
