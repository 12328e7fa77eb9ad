using System.Globalization;
using System.Text.Json;
using AdvocacyBot.Benchmarks.Interactions;
using AdvocacyBot.Benchmarks.Redirects;

namespace AdvocacyBot.Benchmarks.Teams;

/// <summary>What the load's process saw.</summary>
/// <param name="Sent">Requests sent.</param>
/// <param name="Answered">Answers with 200.</param>
/// <param name="Other">All other answers.</param>
/// <param name="Posted">Cards that arrived at the connector.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="Median">Milliseconds from request to answer.</param>
/// <param name="Slow">Milliseconds within which 99 of 100 were answered.</param>
internal sealed record TurnLoad(long Sent, long Answered, long Other, long Posted, double Seconds, double Median, double Slow)
{
    /// <summary>A turn is complete when it is answered and, where it has one, its card has arrived.</summary>
    public double PerSecond => (Posted == 0 ? Answered : Math.Min(Answered, Posted)) / Seconds;
}

/// <summary>Load and connector as a process of their own, on the second processor.</summary>
internal static class TurnCommand
{
    public static int Run(string port, string connector, string seconds, string connections, string requestFile, string from, string again)
    {
        var requests = RequestFile.Unpack(File.ReadAllBytes(requestFile));
        using var client = new TurnClient(Number(port), Number(connector), requests, Number(from), bool.Parse(again));
        Console.WriteLine(JsonSerializer.Serialize(client.Run(TimeSpan.FromSeconds(Number(seconds)), Number(connections))));
        return 0;
    }

    public static async Task<TurnLoad> RunApartAsync(int port, int connector, int seconds, int connections, string requestFile, int from, bool again)
    {
        using var process = Processes.Start(1, "teams", "load", Text(port), Text(connector), Text(seconds), Text(connections), requestFile, Text(from), again.ToString());
        var json = await process.StandardOutput.ReadToEndAsync();
        return JsonSerializer.Deserialize<TurnLoad>(json) ?? throw new InvalidOperationException("The load process said nothing.");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
