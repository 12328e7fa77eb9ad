using System.Globalization;
using AdvocacyBot.Benchmarks.Interactions;
using AdvocacyBot.Benchmarks.Redirects;
using AdvocacyBot.Core.Links;
using Npgsql;

namespace AdvocacyBot.Benchmarks.Hosts;

/// <summary>
/// <c>hosts [seconds] [rounds] [percent]</c>: redirects, commands and durable presses per second with one, two and three hosts on one PostgreSQL, all on this machine. Hosts, database and
/// load share its processors, so beside each rate stands who used them: where they are used up, the machine is the limit and not the database. With <c>percent</c> each host gets that
/// much of one processor, as on a small machine of its own, so that what is left shows where the database's limit is. All three hosts are started and warmed up first, at full speed, until
/// no rate rises any more; those that a round leaves out are idle in it.
/// </summary>
internal static class HostsBenchmark
{
    private const int Hosts = 3;
    private const int People = 1000;
    private const int Campaigns = 90;
    private const int Links = 1000;
    private const int ConnectionsEach = 48;
    private const int MostWarmUps = 15;

    /// <summary>Rates of one round differ by more than that from those of the next without a reason.</summary>
    private const double Rises = 1.05;

    private static readonly string[] Kinds = ["redirects", "help", "\"I shared it\""];
    private static readonly string AllProcessors = $"0-{(Environment.ProcessorCount - 1).ToString(CultureInfo.InvariantCulture)}";

    public static async Task<int> RunAsync(string[] args)
    {
        var (seconds, rounds, percent) = (Number(args, 0, 5), Number(args, 1, 3), Number(args, 2, 0));

        // Compiled once and for good, so that what is measured later is no compiler.
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        Environment.SetEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "0");
        using var postgres = await LocalPostgres.StartAsync();
        var folder = Directory.CreateTempSubdirectory("advocacy-hosts-");
        List<PinnedHost> hosts = [];
        List<ProcessorShare> shares = [];
        try
        {
            string[] settings = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={postgres.ConnectionString}", "--Scheduler:Clustered=true", "--Links:PerVisitorPerSecond=0"];
            await using (await PinnedHost.StartOnAsync(AllProcessors, folder.FullName, settings))
            {
                // It makes tables, channels and keys.
            }

            var files = await FillAsync(folder.FullName, postgres.ConnectionString);
            while (hosts.Count < Hosts)
            {
                hosts.Add(await PinnedHost.StartOnAsync(AllProcessors, folder.FullName, settings));
            }

            var load = new HostsLoad(hosts, files, postgres.Server, seconds, ConnectionsEach);
            await WarmUpAsync(load);
            if (percent > 0)
            {
                shares.AddRange(hosts.Select(host => new ProcessorShare(host.Id, percent)));
            }

            var rates = new Dictionary<(int Count, string Kind), List<double>>();
            for (var round = 1; round <= rounds; round++)
            {
                for (var count = 1; count <= Hosts; count++)
                {
                    foreach (var kind in Kinds)
                    {
                        var measured = await load.MeasureAsync(kind, count);
                        rates.TryAdd((count, kind), []);
                        rates[(count, kind)].Add(measured.PerSecond);
                        Console.WriteLine($"{count} host(s), {kind}: {measured}");
                    }
                }
            }

            foreach (var kind in Kinds)
            {
                var medians = Enumerable.Range(1, Hosts).Select(count => Median(rates[(count, kind)])).ToArray();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"median {kind}: {string.Join(", ", medians.Select(rate => rate.ToString("F0", CultureInfo.InvariantCulture)))} per second with 1, 2, 3 hosts"
                    + $" ({medians[1] / medians[0]:F2} and {medians[2] / medians[0]:F2} times)"));
            }

            return 0;
        }
        finally
        {
            shares.ForEach(share => share.Dispose());
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }

            folder.Delete(recursive: true);
        }
    }

    /// <summary>Until two rounds have passed in which no rate rose.</summary>
    private static async Task WarmUpAsync(HostsLoad load)
    {
        var best = new double[Kinds.Length];
        var still = 0;
        for (var round = 1; round <= MostWarmUps && still < 2; round++)
        {
            still++;
            for (var kind = 0; kind < Kinds.Length; kind++)
            {
                var measured = await load.MeasureAsync(Kinds[kind], Hosts);
                Console.WriteLine($"warm-up {round.ToString(CultureInfo.InvariantCulture)}, {Kinds[kind]}: {measured}");
                still = measured.PerSecond > best[kind] * Rises ? 0 : still;
                best[kind] = Math.Max(best[kind], measured.PerSecond);
            }
        }
    }

    private static async Task<HostsFiles> FillAsync(string folder, string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var data = InteractionData.Create(connection, People, Campaigns);
        var files = new HostsFiles(Path.Combine(folder, "codes"), Path.Combine(folder, "commands"), Path.Combine(folder, "presses"), data.Count);
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

    private static double Median(List<double> rates)
    {
        rates.Sort();
        return (rates[(rates.Count - 1) / 2] + rates[rates.Count / 2]) / 2;
    }

    private static int Number(string[] args, int index, int without) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : without;
}
