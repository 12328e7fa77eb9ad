using System.Net.Sockets;

namespace AdvocacyBot.Host.Telemetry;

/// <summary>For "doctor": where spans and metrics go, and whether anybody listens there.</summary>
internal static class TelemetryExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<(bool Fine, string Text)> RunAsync(TelemetryOptions options, CancellationToken cancellationToken)
    {
        if (options.Endpoint is not { } endpoint)
        {
            return (true, "off (Telemetry:Endpoint switches it on)");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(endpoint.DnsSafeHost, endpoint.Port, patience.Token);
            return (true, $"{options.Protocol} to {endpoint.Authority}, where somebody listens; every {options.Interval.TotalSeconds:0} s, {options.TracedPercent:0.##} of 100 interactions traced");
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (false, $"{endpoint.Authority} cannot be reached{(e is SocketException { SocketErrorCode: var code } ? $" ({code})" : "")}: spans and metrics would be lost. Check Telemetry:Endpoint and that the collector runs.");
        }
    }
}
