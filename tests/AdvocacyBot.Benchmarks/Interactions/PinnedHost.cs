using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AdvocacyBot.Benchmarks.Interactions;

/// <summary>The real host in a process of its own, on the first processor.</summary>
internal sealed partial class PinnedHost : IAsyncDisposable
{
    private static readonly string Host = Path.Combine(AppContext.BaseDirectory, "AdvocacyBot.Host.dll");

    private readonly Process host;
    private bool ended;

    private PinnedHost(Process process, int port)
    {
        host = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Of the process.</summary>
    public int Id => host.Id;

    public TimeSpan ProcessorTime
    {
        get
        {
            host.Refresh();
            return host.TotalProcessorTime;
        }
    }

    /// <summary>Resident, in KB.</summary>
    public long Memory
    {
        get
        {
            host.Refresh();
            return host.WorkingSet64 / 1024;
        }
    }

    /// <param name="folder">The host's working directory.</param>
    /// <param name="settings">Beside the defaults, e.g. <c>Teams:AppId=…</c>.</param>
    public static async Task MigrateAsync(string folder, params IReadOnlyList<string> settings)
    {
        using var process = Start("0", folder, [Host, "migrate", .. settings]);
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("The host could not make its database.");
        }
    }

    /// <inheritdoc cref="MigrateAsync"/>
    public static Task<PinnedHost> StartAsync(string folder, params IReadOnlyList<string> settings) => StartOnAsync("0", folder, settings);

    /// <param name="processors">As <c>taskset</c> takes them.</param>
    /// <param name="folder">The host's working directory.</param>
    /// <param name="settings">Beside the defaults.</param>
    public static async Task<PinnedHost> StartOnAsync(string processors, string folder, params IReadOnlyList<string> settings)
    {
        return await StartProgramAsync(processors, folder, [Host, "--urls=http://127.0.0.1:0", .. settings]);
    }

    /// <param name="processors">As <c>taskset</c> takes them.</param>
    /// <param name="folder">The host's working directory.</param>
    /// <param name="program">What <c>dotnet</c> runs, with its arguments; it says where it is ready, as the host does.</param>
    public static async Task<PinnedHost> StartProgramAsync(string processors, string folder, IReadOnlyList<string> program)
    {
        var started = Start(processors, folder, program);
        var port = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Read to the end: what the host says must not fill the pipe.
        started.OutputDataReceived += (_, line) => Read(line.Data, port);
        started.BeginOutputReadLine();
        return new PinnedHost(started, await port.Task);
    }

    public async ValueTask DisposeAsync()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        host.Kill();
        await host.WaitForExitAsync();
        host.Dispose();
    }

    private static void Read(string? line, TaskCompletionSource<int> port)
    {
        if (line is null)
        {
            port.TrySetException(new InvalidOperationException("The host ended before it was ready."));
        }
        else if (ReadyLine().Match(line) is { Success: true } found)
        {
            port.TrySetResult(int.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        }
        else if (line.StartsWith("fail", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal))
        {
            Console.WriteLine(line);
        }
    }

    private static Process Start(string processors, string folder, IReadOnlyList<string> program)
    {
        var start = new ProcessStartInfo("taskset", ["-c", processors, "dotnet", .. program])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        return Process.Start(start) ?? throw new InvalidOperationException("taskset did not start.");
    }

    [GeneratedRegex("AdvocacyBot is ready.*?http://[^ /]+:([0-9]+)/")]
    private static partial Regex ReadyLine();
}
