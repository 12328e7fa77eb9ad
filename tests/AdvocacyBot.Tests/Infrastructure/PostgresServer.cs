using System.Diagnostics;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>
/// A PostgreSQL server of our own in a temporary folder, reached through a socket in that folder only, so that no port can be taken.
/// A shell holds it: the server stops, and its folder goes, when the shell's standard input ends, which it does even if the tests are killed.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The folder with initdb and pg_ctl: the newest that Debian's layout has, else the one on the PATH.</summary>
    public static readonly OptionalTool Binaries = new("PostgreSQL", FindBinaries(), "Install it (Debian: apt-get install postgresql), or put initdb and pg_ctl on the PATH.");

    // A test server that loses power has nothing to lose.
    private const string Fast = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off";

    private const string Script = """
        set -e
        trap : INT TERM HUP
        dir=$(mktemp -d -t advocacy-pg.XXXXXX)
        trap '"$BIN/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || :; rm -rf "$dir"' EXIT
        "$BIN/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
        "$BIN/pg_ctl" -w -D "$dir/data" -l "$dir/log" -o "-k '$dir' -c listen_addresses='' $OPTIONS -c max_connections=200" start </dev/null >/dev/null 2>&1 || { cat "$dir/log" >&2; exit 1; }
        echo "$dir"
        read -r _ || :
        """;

    private readonly Process shell;

    private PostgresServer(Process shell, string socketFolder)
    {
        this.shell = shell;
        SocketFolder = socketFolder;
    }

    /// <summary>What a connection string takes as <c>Host</c>; the user is <c>postgres</c>, without a password.</summary>
    public string SocketFolder { get; }

    public static Task<PostgresServer> StartAsync() => StartAsync(Fast);

    /// <param name="options">Settings, each as <c>-c name=value</c>.</param>
    public static async Task<PostgresServer> StartAsync(string options)
    {
        var script = $"BIN='{Binaries.Require()}'\nOPTIONS='{options}'\n{Script}";
        var (program, arguments) = Command(script);
        var started = Process.Start(new ProcessStartInfo(program, arguments)
        {
            // The other user may not be allowed into ours.
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
        var folder = await started.StandardOutput.ReadLineAsync();
        if (folder is not null)
        {
            return new PostgresServer(started, folder);
        }

        using (started)
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {await started.StandardError.ReadToEndAsync()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }

    // PostgreSQL refuses to run as root.
    private static (string Program, string[] Arguments) Command(string script)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return ("/bin/sh", ["-c", script]);
        }

        var user = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
        return OnPath("runuser") is { } runuser
            ? (runuser, ["-u", user, "--", "/bin/sh", "-c", script])
            : ("su", ["-s", "/bin/sh", user, "-c", script]);
    }

    private static string? FindBinaries()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        return versions
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? Path.GetDirectoryName(OnPath("initdb"));
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
