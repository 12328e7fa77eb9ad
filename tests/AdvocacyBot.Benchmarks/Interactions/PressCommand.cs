using System.Globalization;
using System.Text.Json;
using AdvocacyBot.Benchmarks.Redirects;

namespace AdvocacyBot.Benchmarks.Interactions;

/// <summary>What the clients saw.</summary>
/// <param name="Sent">Requests sent.</param>
/// <param name="Answered">Answers with 200 that changed or made a message.</param>
/// <param name="Other">All other answers.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="Median">Milliseconds from request to answer.</param>
/// <param name="Slow">Milliseconds within which 99 of 100 were answered.</param>
internal sealed record PressLoad(long Sent, long Answered, long Other, double Seconds, double Median, double Slow)
{
    public double PerSecond => Answered / Seconds;
}

/// <summary>The load client as a process of its own, on the second processor.</summary>
internal static class PressCommand
{
    public static int Run(string port, string seconds, string connections, string requestFile, string from, string again, bool anyBody = false)
    {
        var requests = RequestFile.Unpack(File.ReadAllBytes(requestFile));
        var client = new PressClient(Number(port), requests, Number(connections), Number(from), bool.Parse(again), anyBody);
        Console.WriteLine(JsonSerializer.Serialize(client.Run(TimeSpan.FromSeconds(Number(seconds)))));
        return 0;
    }

    public static async Task<PressLoad> RunApartAsync(int port, int seconds, int connections, string requestFile, int from, bool again, string command = "interactions")
    {
        using var process = Processes.Start(1, command, "load", Text(port), Text(seconds), Text(connections), requestFile, Text(from), again.ToString());
        var json = await process.StandardOutput.ReadToEndAsync();
        return JsonSerializer.Deserialize<PressLoad>(json) ?? throw new InvalidOperationException("The load process said nothing.");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
