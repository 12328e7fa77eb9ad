using System.Globalization;
using System.Text.Json;

namespace AdvocacyBot.Benchmarks.Redirects;

/// <summary><c>load PORT SECONDS CONNECTIONS CODESFILE</c>: puts load on a server and writes the <see cref="LoadResult"/> as JSON.</summary>
internal static class LoadCommand
{
    public static int Run(string[] args)
    {
        var client = new LoadClient(int.Parse(args[0], CultureInfo.InvariantCulture), File.ReadAllLines(args[3]), int.Parse(args[2], CultureInfo.InvariantCulture));
        var result = client.Run(TimeSpan.FromSeconds(double.Parse(args[1], CultureInfo.InvariantCulture)));
        Console.WriteLine(JsonSerializer.Serialize(result));
        return 0;
    }

    public static async Task<LoadResult> RunApartAsync(int port, double seconds, int connections, string codesFile)
    {
        using var process = Start(port, seconds, connections, codesFile);
        var json = await process.StandardOutput.ReadToEndAsync();
        return JsonSerializer.Deserialize<LoadResult>(json) ?? throw new InvalidOperationException("The load process said nothing.");
    }

    private static System.Diagnostics.Process Start(int port, double seconds, int connections, string codesFile) =>
        Processes.Start(
            1, "load", port.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture),
            connections.ToString(CultureInfo.InvariantCulture), codesFile);
}
