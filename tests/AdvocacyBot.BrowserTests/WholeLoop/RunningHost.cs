using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AdvocacyBot.BrowserTests.WholeLoop;

/// <summary>The real host in a process of its own, on an empty database and a free port.</summary>
internal sealed partial class RunningHost : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private RunningHost(Process process, string folder, Uri address)
    {
        this.process = process;
        this.folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>The database, for what cannot be done through the chat: a past.</summary>
    public string DatabaseFile => Path.Combine(folder, "data", "advocacy.db");

    public static async Task<RunningHost> StartAsync()
    {
        var workplace = Directory.CreateTempSubdirectory("advocacy-loop").FullName;
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workplace,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "AdvocacyBot.Host.dll"), "--urls", "http://127.0.0.1:0" },
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["DOTNET_TieredPGO"] = "0" },
        };
        var started = Process.Start(start)!;
        var said = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await started.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (Ready().Match(line) is { Success: true } ready)
            {
                // Nobody may block on a full pipe.
                _ = started.StandardOutput.ReadToEndAsync(CancellationToken.None);
                _ = started.StandardError.ReadToEndAsync(CancellationToken.None);
                return new RunningHost(started, workplace, new Uri(ready.Groups[1].Value));
            }
        }

        throw new InvalidOperationException($"The host did not start:\n{string.Join('\n', said)}\n{await started.StandardError.ReadToEndAsync(patience.Token)}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"Open (http://\S+) in a browser")]
    private static partial Regex Ready();
}
