using System.Globalization;

namespace AdvocacyBot.Benchmarks.Redirects;

/// <summary>Kills the server under load and compares what clients were answered with what is in the database.</summary>
internal static class KilledRedirects
{
    private const int Connections = 256;

    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        var folder = Directory.CreateTempSubdirectory("advocacy-kills-");
        try
        {
            var target = Environment.GetEnvironmentVariable("BENCH_DATABASE") ?? Path.Combine(folder.FullName, "links.db");
            await using var data = await LinkData.CreateAsync(target, Connections);
            var codes = Path.Combine(folder.FullName, "codes");
            await File.WriteAllLinesAsync(codes, data.Codes);
            return await KillAsync(data, codes, rounds) == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Answered clicks that are not in the database.</returns>
    private static async Task<long> KillAsync(LinkData data, string codes, int rounds)
    {
        var (answered, lost) = (0L, 0L);
        var before = await data.ClicksAsync();
        for (var round = 1; round <= rounds; round++)
        {
            var (server, port) = await Processes.ServeAsync("links", data.ConnectionString);
            using (server)
            {
                // Each connection has a code of its own and one request under way: a row too many is the last one's, which was not answered.
                var load = LoadCommand.RunApartAsync(port, 60, Connections, codes);
                await Task.Delay(TimeSpan.FromMilliseconds(600 + (round * 97 % 500)));
                server.Kill();
                var result = await load;
                var rows = await data.ClicksAsync();
                var missing = data.Codes.Select((code, i) => Math.Max(0, result.Answered[i] - (rows[code] - before[code]))).Sum();
                answered += result.Answered.Sum();
                lost += missing;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"kill {round}: answered {result.Answered.Sum()}, new rows {rows.Values.Sum(count => (long)count) - before.Values.Sum(count => (long)count)}, lost {missing}"));
                before = rows;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} kills, {answered} answered, {lost} lost"));
        return lost;
    }
}
