using System.Diagnostics;
using System.Globalization;

namespace AdvocacyBot.Benchmarks.Redirects;

/// <summary>This program again, in a process pinned to one processor.</summary>
internal static class Processes
{
    public static Process Start(int processor, params string[] args)
    {
        var start = new ProcessStartInfo("taskset") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var arg in (string[])["-c", processor.ToString(CultureInfo.InvariantCulture), Environment.ProcessPath!, .. Own(), .. args])
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("taskset did not start.");
    }

    /// <returns>The process and the port it listens on.</returns>
    public static async Task<(Process Process, int Port)> ServeAsync(params string[] args)
    {
        var process = Start(0, ["serve-links", .. args]);
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended before it listened.");
        return (process, int.Parse(line, CultureInfo.InvariantCulture));
    }

    // "dotnet program.dll" or the program's own executable.
    private static string[] Own() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
}
