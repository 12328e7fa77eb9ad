using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>Runs Node scripts with the packages of their own folder's lock file.</summary>
internal static class NodeTools
{
    private static readonly ConcurrentDictionary<string, Lazy<Task>> Installed = new(StringComparer.Ordinal);

    /// <param name="folder">Holds package.json, package-lock.json and the script.</param>
    /// <param name="script">File name in the folder.</param>
    /// <param name="input">Standard input.</param>
    public static async Task<ToolResult> RunAsync(string folder, string script, string input, params IEnumerable<string> arguments)
    {
        await InstallAsync(folder);
        return await Tool.RunAsync("node", [script, .. arguments], folder, input);
    }

    /// <summary><c>npm ci</c>, unless this very lock file is installed already; once, however many test runs ask at a time.</summary>
    public static Task InstallAsync(string folder) =>
        Installed.GetOrAdd(Path.GetFullPath(folder), static path => new Lazy<Task>(() => Task.Run(() => Install(path)))).Value;

    // Synchronous: the lock between processes belongs to the thread that took it.
    private static void Install(string folder)
    {
        using var gate = new Mutex(initiallyOwned: false, $"Global\\npm-ci-{Hash(Encoding.UTF8.GetBytes(folder))}");
        Wait(gate);
        try
        {
            var mark = Path.Combine(folder, "node_modules", ".installed");
            var wanted = Hash(File.ReadAllBytes(Path.Combine(folder, "package-lock.json")));
            if (File.Exists(mark) && File.ReadAllText(mark) == wanted)
            {
                return;
            }

            var result = Tool.RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci"], folder).GetAwaiter().GetResult();
            if (result.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm ci failed in {folder}:\n{result.Output}");
            }

            File.WriteAllText(mark, wanted);
        }
        finally
        {
            gate.ReleaseMutex();
        }
    }

    // Another run that was killed leaves the lock abandoned: it is ours then, and the mark tells whether its work was finished.
    private static void Wait(Mutex gate)
    {
        try
        {
            gate.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Owned all the same.
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..32];
}
