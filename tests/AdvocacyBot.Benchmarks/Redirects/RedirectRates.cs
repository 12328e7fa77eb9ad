using System.Diagnostics;
using System.Globalization;

namespace AdvocacyBot.Benchmarks.Redirects;

/// <summary>The rate of tracked links, each answered after its click is on disk, beside that of a redirect that does nothing else.</summary>
internal static class RedirectRates
{
    private const int Connections = 256;
    private const double WarmUp = 20;

    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
        var seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 2;
        var shares = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000;
        var folder = Directory.CreateTempSubdirectory("advocacy-redirects-");
        try
        {
            var target = Environment.GetEnvironmentVariable("BENCH_DATABASE") ?? Path.Combine(folder.FullName, "links.db");
            await using var data = await LinkData.CreateAsync(target, shares);
            var codes = Path.Combine(folder.FullName, "codes");
            await File.WriteAllLinesAsync(codes, data.Codes);
            await CompareAsync(data, codes, rounds, seconds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task CompareAsync(LinkData data, string codes, int rounds, double seconds)
    {
        var (bare, barePort) = await Processes.ServeAsync("bare");
        var (links, linksPort) = await Processes.ServeAsync("links", data.ConnectionString);
        using (bare)
        using (links)
        {
            try
            {
                List<Round> bareRounds = [];
                List<Round> linkRounds = [];
                var answered = 0L;

                // The first round warms up the just-in-time compiler, which takes long on a single processor; it does not count.
                for (var round = 0; round <= rounds; round++)
                {
                    var length = round == 0 ? WarmUp : seconds;
                    var plain = await MeasureAsync(bare, barePort, length, codes);
                    var tracked = await MeasureAsync(links, linksPort, length, codes);
                    answered += tracked.Answered;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round}: bare {plain.PerSecond:F0}/s at {plain.Cost:F1} us, tracked {tracked.PerSecond:F0}/s at {tracked.Cost:F1} us, "
                        + $"ratio {tracked.PerSecond / plain.PerSecond:F3} (by processor time {plain.Cost / tracked.Cost:F3}), not redirected {plain.Other + tracked.Other}"));
                    if (round > 0)
                    {
                        bareRounds.Add(plain);
                        linkRounds.Add(tracked);
                    }
                }

                var rows = (await data.ClicksAsync()).Values.Sum(count => (long)count);
                var (rate, tracking) = (Median(bareRounds, round => round.PerSecond), Median(linkRounds, round => round.PerSecond));

                // Neighbours in time: what the machine does meanwhile is in both.
                var pairs = bareRounds.Zip(linkRounds).ToList();
                var ratio = Median(pairs, pair => pair.Second.PerSecond / pair.First.PerSecond);
                var byTime = Median(pairs, pair => pair.First.Cost / pair.Second.Cost);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"medians: bare {rate:F0}/s, tracked {tracking:F0}/s; the rounds' own ratios {ratio:F3} (by processor time {byTime:F3}), "
                    + $"of the medians {tracking / rate:F3}; answered {answered}, rows {rows}"));
            }
            finally
            {
                bare.Kill();
                links.Kill();
            }
        }
    }

    private static async Task<Round> MeasureAsync(Process server, int port, double seconds, string codes)
    {
        server.Refresh();
        var before = server.TotalProcessorTime;
        var result = await LoadCommand.RunApartAsync(port, seconds, Connections, codes);
        server.Refresh();
        var answered = result.Answered.Sum();
        return new(answered, result.PerSecond, (server.TotalProcessorTime - before).TotalMicroseconds / answered, result.Other);
    }

    private static double Median<T>(List<T> rounds, Func<T, double> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);

    /// <param name="Cost">Processor time of the server per request, in microseconds: unlike the rate, hardly touched by what else the machine does.</param>
    private sealed record Round(long Answered, double PerSecond, double Cost, long Other);
}
