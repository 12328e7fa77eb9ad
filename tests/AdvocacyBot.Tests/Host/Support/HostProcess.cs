using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace AdvocacyBot.Tests.Host.Support;

/// <summary>What a host that ended by itself left behind.</summary>
internal sealed record HostExit(int ExitCode, string Output);

/// <summary>The built host as a process of its own, in a folder of its own, on a port that the system chooses.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int ReadyTries = 1000;

    /// <summary>For a process that should say or do something and never does; the machine may be busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
    }

    public Uri Address { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Completes when the process is gone.</summary>
    public Task Exited { get; private set; } = Task.CompletedTask;

    /// <summary>Serves, in Development; returns when it is ready.</summary>
    public static Task<HostProcess> ServeAsync(string folder, params string[] args) => ServeInAsync("Development", folder, args);

    public static async Task<HostProcess> ServeInAsync(string environment, string folder, params string[] args)
    {
        var host = Start(environment, folder, [.. Array.Exists(args, arg => arg.StartsWith("--urls", StringComparison.Ordinal)) ? [] : (string[])["--urls=http://127.0.0.1:0"], .. args]);
        try
        {
            var first = await Task.WhenAny(host.ready.Task, host.Exited).WaitAsync(Patience);
            Assert.True(first == host.ready.Task, $"The host ended before it was ready:\n{host.Output}");
            host.Address = await host.ready.Task;
            await host.AwaitReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and does not wait for anything.</summary>
    public static HostProcess Begin(string environment, string folder, params string[] args) => Start(environment, folder, args);

    /// <summary>Runs the host until it ends by itself.</summary>
    public static async Task<HostExit> RunAsync(string environment, string folder, params string[] args)
    {
        await using var host = Start(environment, folder, args);
        return await host.ExitAsync();
    }

    /// <summary>SIGKILL: nothing in the process gets to run any more.</summary>
    public void Kill() => process.Kill();

    public async Task KillAsync()
    {
        Kill();
        await Exited.WaitAsync(Patience);
    }

    /// <summary>SIGTERM, which service managers and containers send.</summary>
    public void RequestStop() => Assert.Equal(0, Signal(process.Id, Terminate));

    public async Task<HostExit> ExitAsync()
    {
        await Exited.WaitAsync(Patience);
        return new HostExit(process.ExitCode, Output);
    }

    public HttpClient Client() => new() { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static HostProcess Start(string environment, string folder, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AdvocacyBot.Host.dll"), .. args])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The tests' own settings are not the host's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name == "DOTNET_ENVIRONMENT").ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;

        // It does not live long enough for what measuring its methods would gain.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var host = new HostProcess(new Process { StartInfo = start });
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        host.Exited = host.process.WaitForExitAsync();
        return host;
    }

    /// <summary>The scheduler starts just after the host has said where it listens; each try waits for an answer.</summary>
    private async Task AwaitReadyAsync()
    {
        using var http = Client();
        for (var i = 0; i < ReadyTries; i++)
        {
            using var response = await http.GetAsync("/health/ready");
            if (response.IsSuccessStatusCode)
            {
                return;
            }
        }

        Assert.Fail($"The host did not become ready:\n{Output}");
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.AppendLine(line);
        }

        if (ReadyLine().Match(line) is { Success: true } found)
        {
            ready.TrySetResult(new Uri(found.Groups[1].Value));
        }
    }

    [GeneratedRegex("AdvocacyBot is ready.*?(http://[^ /]+/)")]
    private static partial Regex ReadyLine();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
