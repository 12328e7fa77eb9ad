using System.Diagnostics;

namespace AdvocacyBot.Benchmarks.Hosts;

/// <summary>A PostgreSQL server in a temporary folder with its settings as installed, durability included. It ends with this process.</summary>
internal sealed class LocalPostgres : IDisposable
{
    private const string Script =
        """
        set -e
        bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1); [ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
        trap : INT TERM HUP
        dir=$(mktemp -d -t advocacy-pg.XXXXXX)
        trap '"$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || :; rm -rf "$dir"' EXIT
        "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null 2>&1
        "$bin/pg_ctl" -w -D "$dir/data" -o "-k '$dir' -c listen_addresses='' -c max_connections=200" start </dev/null >/dev/null 2>&1
        echo "$dir"; head -1 "$dir/data/postmaster.pid"
        read -r _ || :
        """;

    private readonly Process shell;

    private LocalPostgres(Process shell, string folder, int server)
    {
        this.shell = shell;
        Server = server;
        ConnectionString = $"Host={folder};Username=postgres;Database=postgres;Maximum Pool Size=40";
    }

    public string ConnectionString { get; }

    /// <summary>Process id of the server; its children do the work.</summary>
    public int Server { get; }

    public static async Task<LocalPostgres> StartAsync()
    {
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", "/bin/sh", "-c", Script] : ["/bin/sh", "-c", Script];
        var started = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("No shell.");
        var folder = await started.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("PostgreSQL did not start. Debian: apt-get install postgresql.");
        return new LocalPostgres(started, folder, int.Parse((await started.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        shell.StandardInput.Close();
        shell.WaitForExit();
        shell.Dispose();
    }
}
