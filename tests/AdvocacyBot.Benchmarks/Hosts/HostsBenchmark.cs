using System.Globalization;
using AdvocacyBot.Benchmarks.Interactions;
using AdvocacyBot.Benchmarks.Redirects;
using AdvocacyBot.Core.Links;
using Npgsql;

namespace AdvocacyBot.Benchmarks.Hosts;

/// <summary>
/// <c>hosts [seconds] [rounds] [percent]</c>: redirects, commands and durable presses per second with one, two and three hosts on one PostgreSQL, all on this machine. Hosts, database and
/// load share its processors, so beside each rate stands who used them: where they are used up, the machine is the limit and not the database. With <c>percent</c> each host gets that
/// much of one processor, as on a small machine of its own, so that what is left shows where the database's limit is.
/// </summary>
internal static class HostsBenchmark
{
    private const int People = 1000;
    private const int Campaigns = 60;
    private const int Links = 1000;
    private const int Connections = 48;
    private static readonly string AllProcessors = $"0-{(Environment.ProcessorCount - 1).ToString(CultureInfo.InvariantCulture)}";

    public static async Task<int> RunAsync(string[] args)
    {
        var (seconds, rounds, percent) = (Number(args, 0, 5), Number(args, 1, 3), Number(args, 2, 0));
        using var postgres = await LocalPostgres.StartAsync();
        var folder = Directory.CreateTempSubdirectory("advocacy-hosts-");
        try
        {
            string[] settings = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={postgres.ConnectionString}", "--Scheduler:Clustered=true", "--Links:PerVisitorPerSecond=0"];
            await using (await PinnedHost.StartOnAsync(AllProcessors, folder.FullName, settings))
            {
                // It makes tables, channels and keys.
            }

            var files = await FillAsync(folder.FullName, postgres.ConnectionString);
            var from = 0;
            for (var count = 1; count <= 3; count++)
            {
                List<PinnedHost> hosts = [];
                List<ProcessorShare> shares = [];
                for (var i = 0; i < count; i++)
                {
                    hosts.Add(await PinnedHost.StartOnAsync(AllProcessors, folder.FullName, settings));
                }

                // The first round compiles.
                for (var round = 0; round <= rounds; round++)
                {
                    var redirects = await MeasureAsync(hosts, postgres.Server, async (host, _) => (await LoadCommand.RunApartAsync(host.Port, seconds, Connections / count, files.Codes)).Answered.Sum(), seconds);
                    var commands = await MeasureAsync(hosts, postgres.Server, async (host, _) => (await PressCommand.RunApartAsync(host.Port, seconds, Connections / count, files.Commands, from: 0, again: true)).Answered, seconds);
                    var begin = from;
                    var presses = await MeasureAsync(
                        hosts, postgres.Server, async (host, i) => (await PressCommand.RunApartAsync(host.Port, seconds, Connections / count, files.Presses, begin + (i * files.Each), again: false)).Answered, seconds);
                    from = (begin + (count * files.Each)) % (files.Count - (3 * files.Each));
                    if (round == 0 && percent > 0)
                    {
                        shares.AddRange(hosts.Select(host => new ProcessorShare(host.Id, percent)));
                    }
                    else if (round > 0)
                    {
                        Console.WriteLine($"{count} host(s): redirects {redirects} | help {commands} | \"I shared it\" {presses}");
                    }
                }

                shares.ForEach(share => share.Dispose());
                foreach (var host in hosts)
                {
                    await host.DisposeAsync();
                }
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Files> FillAsync(string folder, string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var data = InteractionData.Create(connection, People, Campaigns);
        var files = new Files(Path.Combine(folder, "codes"), Path.Combine(folder, "commands"), Path.Combine(folder, "presses"), data.Count, data.Count / 30);
        var codes = Enumerable.Range(0, Links).Select(_ => LinkCode.New()).ToArray();
        await using (var rename = new NpgsqlCommand("UPDATE shares SET \"Code\" = v.code FROM unnest($1) WITH ORDINALITY AS v(code, id) WHERE shares.\"Id\" = v.id", connection))
        {
            rename.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = codes });
            await rename.ExecuteNonQueryAsync();
        }

        await File.WriteAllLinesAsync(files.Codes, codes);
        await File.WriteAllBytesAsync(files.Commands, RequestFile.Pack(data.Commands()));
        await File.WriteAllBytesAsync(files.Presses, RequestFile.Pack(data.Presses()));
        return files;
    }

    /// <returns>Rate, and processors used by hosts, database and everything else, in processors.</returns>
    private static async Task<string> MeasureAsync(List<PinnedHost> hosts, int server, Func<PinnedHost, int, Task<long>> load, int seconds)
    {
        var (hostsBefore, databaseBefore, allBefore) = (HostTime(hosts), DatabaseTime(server), AllTime());
        var answered = await Task.WhenAll(hosts.Select(load));
        var (hostTime, databaseTime, all) = (HostTime(hosts) - hostsBefore, DatabaseTime(server) - databaseBefore, AllTime() - allBefore);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{answered.Sum() / (double)seconds:F0}/s (hosts {hostTime / seconds:F2}, database {databaseTime / seconds:F2}, all {all / seconds:F2} of {Environment.ProcessorCount} processors)");
    }

    private static double HostTime(List<PinnedHost> hosts) => hosts.Sum(host => host.ProcessorTime.TotalSeconds);

    /// <summary>Time of the server and of its children, those that have ended included.</summary>
    private static double DatabaseTime(int server) => Directory.GetDirectories("/proc")
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

    private static int Number(string[] args, int index, int without) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : without;

    private sealed record Files(string Codes, string Commands, string Presses, int Count, int Each);
}
