using System.Globalization;
using AdvocacyBot.Benchmarks.Interactions;

namespace AdvocacyBot.Benchmarks.Teams;

/// <summary>
/// <c>teams [rounds] [seconds] [connections] [people]</c>: turns per second of the real host on one processor, token checked. A message is answered with a card that is
/// posted to a connector in the load's process on the other processor and counted there; a press records a durable share and is answered in its response.
/// <c>teams load …</c> is that other process.
/// </summary>
internal static class TeamsBenchmark
{
    private const int Tenants = 300;
    
    /// <summary>Each has a chat with the bot, in which Teams allows 8 messages in 2 seconds and 60 in 30.</summary>
    private const int People = 3000;

    /// <summary>Presses a second for which shares are prepared.</summary>
    private const int MostPresses = 8000;
    private const int WarmUps = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["load", var port, var connector, var seconds, var connections, var requests, var from, var again])
        {
            return TurnCommand.Run(port, connector, seconds, connections, requests, from, again);
        }

        await MeasureAsync(Number(args, 0, 5), Number(args, 1, 5), Number(args, 2, 64), Number(args, 3, People));
        return 0;
    }

    private static async Task MeasureAsync(int rounds, int seconds, int connections, int people)
    {
        var folder = Directory.CreateTempSubdirectory("advocacy-teams-");
        try
        {
            await using var login = await BenchmarkLogin.StartAsync();
            var connector = FreePort.Take();
            var settings = login.Settings;
            await PinnedHost.MigrateAsync(folder.FullName, settings);
            var data = TeamsData.Create(folder.FullName, Tenants, people, ((rounds + WarmUps) * seconds * MostPresses / people) + 1, new TurnTemplates($"http://127.0.0.1:{connector.ToString(CultureInfo.InvariantCulture)}/emea/", login));
            var messages = Path.Combine(folder.FullName, "messages");
            var presses = Path.Combine(folder.FullName, "presses");
            await File.WriteAllBytesAsync(messages, RequestFile.Pack(data.Messages()));
            await File.WriteAllBytesAsync(presses, RequestFile.Pack(data.Presses()));

            var answered = 0L;
            await using (var host = await PinnedHost.StartAsync(folder.FullName, settings))
            {
                var from = 0;
                for (var round = 1 - WarmUps; round <= rounds; round++)
                {
                    var message = await MeasureAsync(host, connector, seconds, connections, messages, from: 0, again: true);
                    var press = await MeasureAsync(host, connector, seconds, connections, presses, from, again: false);
                    from += (int)press.Load.Sent;
                    answered += press.Load.Answered;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round}{(round <= 0 ? " (warm-up)" : "")}: help {Line(message)}, cards at the connector {message.Load.Posted} | \"I shared it\" {Line(press)}"));
                }
            }

            var rows = InteractionData.LedgerRows(folder.FullName);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"presses answered {answered}, of {data.Count} prepared; rows in the ledger {rows}"));
            if (rows < answered)
            {
                throw new InvalidOperationException("Presses were answered that are not in the ledger.");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Round> MeasureAsync(PinnedHost host, int connector, int seconds, int connections, string requests, int from, bool again)
    {
        var before = host.ProcessorTime;
        var load = await TurnCommand.RunApartAsync(host.Port, connector, seconds, connections, requests, from, again);
        return new Round(load, (host.ProcessorTime - before).TotalMicroseconds / Math.Max(1, load.Answered));
    }

    private static string Line(Round round) => string.Create(
        CultureInfo.InvariantCulture,
        $"{round.Load.PerSecond:F0}/s, {round.Cost:F0} us of processor each, half within {round.Load.Median:F1} ms, 99 of 100 within {round.Load.Slow:F1} ms, other answers {round.Load.Other}");

    private static int Number(string[] args, int index, int without) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : without;

    private sealed record Round(TurnLoad Load, double Cost);
}
