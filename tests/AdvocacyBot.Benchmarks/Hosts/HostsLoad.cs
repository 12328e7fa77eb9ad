using System.Globalization;
using AdvocacyBot.Benchmarks.Interactions;
using AdvocacyBot.Benchmarks.Redirects;

namespace AdvocacyBot.Benchmarks.Hosts;

/// <summary>Files that the load processes read.</summary>
/// <param name="Codes">Codes of links.</param>
/// <param name="Commands">Requests.</param>
/// <param name="Presses">Requests, each to be sent once.</param>
/// <param name="Count">Of <paramref name="Presses"/>.</param>
internal sealed record HostsFiles(string Codes, string Commands, string Presses, int Count);

/// <summary>What one kind of request came to, and processors used by hosts, database and everything together.</summary>
internal sealed record HostsRate(double PerSecond, double Hosts, double Database, double All)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{PerSecond:F0}/s (hosts {Hosts:F2}, database {Database:F2}, all {All:F2} of {Environment.ProcessorCount} processors)");
}

/// <summary>Load on the first of some hosts. Each gets as much as it can take: a commit is shared by those who wait for it, so a host that has fewer callers needs more commits for each.</summary>
internal sealed class HostsLoad(IReadOnlyList<PinnedHost> hosts, HostsFiles files, int server, int seconds, int connections)
{
    /// <summary>Each host has its own presses.</summary>
    private readonly int[] next = [.. hosts.Select((_, i) => i * (files.Count / hosts.Count))];

    public Task<HostsRate> MeasureAsync(string kind, int count) => kind switch
    {
        "redirects" => MeasureAsync(count, async i => (await LoadCommand.RunApartAsync(hosts[i].Port, seconds, connections, files.Codes)).PerSecond),
        "help" => MeasureAsync(count, async i => (await PressCommand.RunApartAsync(hosts[i].Port, seconds, connections, files.Commands, from: 0, again: true)).PerSecond),
        _ => MeasureAsync(count, PressAsync),
    };

    private async Task<double> PressAsync(int i)
    {
        var load = await PressCommand.RunApartAsync(hosts[i].Port, seconds, connections, files.Presses, next[i], again: false);
        next[i] += (int)load.Sent;
        return next[i] <= (i + 1) * (files.Count / hosts.Count) ? load.PerSecond : throw new InvalidOperationException("There are too few presses for so many seconds and rounds.");
    }

    private async Task<HostsRate> MeasureAsync(int count, Func<int, Task<double>> load)
    {
        var (hostsBefore, databaseBefore, allBefore) = (HostTime(), DatabaseTime(), AllTime());
        var rates = await Task.WhenAll(Enumerable.Range(0, count).Select(load));
        return new HostsRate(rates.Sum(), (HostTime() - hostsBefore) / seconds, (DatabaseTime() - databaseBefore) / seconds, (AllTime() - allBefore) / seconds);
    }

    private double HostTime() => hosts.Sum(host => host.ProcessorTime.TotalSeconds);

    /// <summary>Time of the server and of its children, those that have ended included.</summary>
    private double DatabaseTime() => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Stat(id) : null)
        .Where(stat => stat is not null && (stat[0] == server || stat[1] == server))
        .Sum(stat => (stat![2] + stat[3]) / 100.0);

    private static double AllTime() =>
        File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(3).Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / 100.0;

    /// <returns>Process, parent, user and system ticks.</returns>
    private static long[]? Stat(int id)
    {
        try
        {
            var parts = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat").Split(") ")[^1].Split(' ');
            return [id, long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[11], CultureInfo.InvariantCulture), long.Parse(parts[12], CultureInfo.InvariantCulture)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
