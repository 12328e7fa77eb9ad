using System.Globalization;
using AdvocacyBot.Benchmarks.Redirects;
using BenchmarkDotNet.Running;

namespace AdvocacyBot.Benchmarks.Interactions;

/// <summary>
/// <c>interactions [rounds] [seconds] [connections]</c>: how many commands and durable button presses the real host answers on one processor.
/// <c>interactions load …</c> is the client's own process; <c>interactions cards</c> measures the making of cards.
/// </summary>
internal static class InteractionBenchmark
{
    private const int People = 2000;
    private const int Campaigns = 20;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["load", var port, var seconds, var connections, var requests, var from]:
                return PressCommand.Run(port, seconds, connections, requests, from);
            case ["cards", ..]:
                BenchmarkRunner.Run<CardBenchmark>();
                return 0;
            default:
                await MeasureAsync(Number(args, 0, 5), Number(args, 1, 5), Number(args, 2, 128));
                return 0;
        }
    }

    private static async Task MeasureAsync(int rounds, int seconds, int connections)
    {
        var folder = Directory.CreateTempSubdirectory("advocacy-interactions-");
        try
        {
            await PinnedHost.MigrateAsync(folder.FullName);
            var data = InteractionData.Create(folder.FullName, People, Campaigns);
            var commands = Path.Combine(folder.FullName, "commands");
            var presses = Path.Combine(folder.FullName, "presses");
            await File.WriteAllBytesAsync(commands, RequestFile.Pack(data.Commands()));
            await File.WriteAllBytesAsync(presses, RequestFile.Pack(data.Presses()));

            await using (var host = await PinnedHost.StartAsync(folder.FullName))
            {
                var from = 0;
                for (var round = 0; round <= rounds; round++)
                {
                    var command = await MeasureAsync(host, seconds, connections, commands, 0);
                    var press = await MeasureAsync(host, seconds, connections, presses, from);
                    from += (int)press.Load.Sent;
                    data.Answered += press.Load.Answered;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round}{(round == 0 ? " (warm-up)" : "")}: help {Line(command)} | \"I shared it\" {Line(press)}"));
                }
            }

            var rows = InteractionData.LedgerRows(folder.FullName);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"presses answered {data.Answered}, of {data.Count} prepared; rows in the ledger {rows}"));
            if (rows < data.Answered)
            {
                throw new InvalidOperationException("Presses were answered that are not in the ledger.");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Round> MeasureAsync(PinnedHost host, int seconds, int connections, string requests, int from)
    {
        var before = host.ProcessorTime;
        var load = await PressCommand.RunApartAsync(host.Port, seconds, connections, requests, from);
        return new Round(load, (host.ProcessorTime - before).TotalMicroseconds / Math.Max(1, load.Answered));
    }

    private static string Line(Round round) => string.Create(
        CultureInfo.InvariantCulture,
        $"{round.Load.PerSecond:F0}/s, {round.Cost:F0} us of processor each, half within {round.Load.Median:F1} ms, 99 of 100 within {round.Load.Slow:F1} ms, other answers {round.Load.Other}");

    private static int Number(string[] args, int index, int without) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : without;

    private sealed record Round(PressLoad Load, double Cost);
}
