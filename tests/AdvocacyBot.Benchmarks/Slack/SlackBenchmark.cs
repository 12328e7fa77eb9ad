using System.Globalization;
using AdvocacyBot.Benchmarks.Interactions;

namespace AdvocacyBot.Benchmarks.Slack;

/// <summary>
/// <c>slack [rounds] [seconds] [connections]</c>: signed requests to the real host beside the same to an app of @slack/bolt, each on the first processor, in turns.
/// "help": a slash command answered with blocks; bolt acknowledges with the same blocks. "press": a button that records a durable "I shared it"; bolt acknowledges with
/// nothing. Slack itself, which our host calls for the reply to a press, is a sink on the second processor, as the clients are.
/// </summary>
internal static class SlackBenchmark
{
    private const int People = 2000;
    private const int WarmUps = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["load", var port, var seconds, var connections, var requests, var from, var again]:
                return PressCommand.Run(port, seconds, connections, requests, from, again, anyBody: true);
            case ["sink"]:
                return await SlackSink.RunAsync();
            default:
                await MeasureAsync(Number(args, 0, 5), Number(args, 1, 5), Number(args, 2, 64));
                return 0;
        }
    }

    private static async Task MeasureAsync(int rounds, int seconds, int connections)
    {
        var folder = Directory.CreateTempSubdirectory("advocacy-slack-");
        try
        {
            using var sink = await SlackSink.StartAsync();
            var settings = SlackData.Settings(sink.Port);
            await PinnedHost.MigrateAsync(folder.FullName, settings);

            // Enough for 12,000 presses a second in all rounds.
            var data = SlackData.Create(folder.FullName, People, ((rounds + WarmUps) * seconds * 12_000 / People) + 1, sink.Port);
            var requests = Path.Combine(folder.FullName, "requests");
            await using var host = await PinnedHost.StartAsync(folder.FullName, settings);
            var help = Path.Combine(folder.FullName, "help.json");
            await File.WriteAllTextAsync(help, await data.AskHelpAsync(host.Port));
            using var bolt = await BoltServer.StartAsync(SlackData.Secret, help);

            var (from, answered) = (0, 0L);
            for (var round = 1 - WarmUps; round <= rounds; round++)
            {
                await File.WriteAllBytesAsync(requests, RequestFile.Pack(data.Helps()));
                var ourHelp = await RunAsync(() => host.ProcessorTime, host.Port);
                var theirHelp = await RunAsync(() => bolt.ProcessorTime, bolt.Port);

                await File.WriteAllBytesAsync(requests, RequestFile.Pack(data.Presses(from, seconds * 12_000)));
                var ourPress = await RunAsync(() => host.ProcessorTime, host.Port, again: false);
                var theirPress = await RunAsync(() => bolt.ProcessorTime, bolt.Port);
                from += (int)ourPress.Load.Sent;
                answered += ourPress.Load.Answered;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}{(round <= 0 ? " (warm-up)" : "")}: help {Line(ourHelp, theirHelp)} | press {Line(ourPress, theirPress)}"));
            }

            await host.DisposeAsync();
            var rows = InteractionData.LedgerRows(folder.FullName);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"presses answered {answered}; rows in the ledger {rows}"));
            if (rows < answered)
            {
                throw new InvalidOperationException("Presses were answered that are not in the ledger.");
            }

            async Task<Measured> RunAsync(Func<TimeSpan> processor, int port, bool again = true)
            {
                var before = processor();
                var load = await PressCommand.RunApartAsync(port, seconds, connections, requests, 0, again, "slack");
                return new Measured(load, (processor() - before).TotalMicroseconds / Math.Max(1, load.Answered));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Line(Measured ours, Measured theirs) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ours.Load.PerSecond:F0}/s at {ours.Cost:F0} us, bolt {theirs.Load.PerSecond:F0}/s at {theirs.Cost:F0} us: {ours.Load.PerSecond / theirs.Load.PerSecond:F2} times the rate, {ours.Cost / theirs.Cost:F2} of the processor (other answers {ours.Load.Other}, {theirs.Load.Other})");

    private static int Number(string[] args, int index, int without) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : without;

    private sealed record Measured(PressLoad Load, double Cost);
}
