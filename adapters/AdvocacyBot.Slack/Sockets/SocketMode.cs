using System.Net.WebSockets;
using AdvocacyBot.Slack.Replies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Slack.Sockets;

/// <summary>
/// Keeps one connection to Slack open. When Slack warns that it will end one, the next is opened before the old one is left, so that nothing is missed; when
/// connecting fails it is tried again, later each time, and not at all where Slack says that no trying will help.
/// </summary>
internal sealed partial class SocketMode(
    SocketAddresses addresses, Envelopes envelopes, InFlight inFlight, Backoff backoff, TimeProvider clock, ILogger<SocketMode> logger) : BackgroundService
{
    /// <summary>Slack closes the old connection about ten seconds after its warning.</summary>
    private static readonly TimeSpan Draining = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        SocketConnection? old = null;
        while (await ConnectAsync(failures, stoppingToken) is { } connection)
        {
            Leave(old, stoppingToken);
            old = null;
            SocketEnd end;
            await using (stoppingToken.UnsafeRegister(_ => inFlight.Track(connection.StopAsync(Finishing)), null))
            {
                end = await connection.RunAsync(() =>
                {
                    failures = 0;
                    Log.Connected(logger);
                });
            }

            switch (end)
            {
                case SocketEnd.Disabled:
                    connection.Dispose();
                    Log.SwitchedOff(logger);
                    return;
                case SocketEnd.Refresh:
                    old = connection;
                    break;
                default:
                    connection.Dispose();
                    failures++;
                    break;
            }

            Log.Ended(logger, end);
        }

        old?.Dispose();
    }

    /// <returns>Null: there is no use in trying, or the host stops.</returns>
    private async Task<SocketConnection?> ConnectAsync(int failures, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (failures > 0)
                {
                    await Task.Delay(backoff.After(failures), clock, cancellationToken);
                }

                failures++;
                var (address, error, wait) = await addresses.NextAsync(cancellationToken);
                if (address is not null && await OpenAsync(address, cancellationToken) is { } connection)
                {
                    return connection;
                }

                if (SocketAddresses.IsFinal(error))
                {
                    Log.GivenUp(logger, error);
                    return null;
                }

                await Task.Delay(wait, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<SocketConnection?> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var connection = new SocketConnection(envelopes, inFlight, clock);
        try
        {
            await connection.ConnectAsync(address, cancellationToken);
            return connection;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            connection.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            Log.NoConnection(logger, e is WebSocketException { WebSocketErrorCode: var code } ? code : WebSocketError.Faulted);
            return null;
        }
    }

    private void Leave(SocketConnection? old, CancellationToken cancellationToken)
    {
        if (old is not null)
        {
            inFlight.Track(LeaveAsync(old, cancellationToken));
        }
    }

    private static async Task LeaveAsync(SocketConnection old, CancellationToken cancellationToken)
    {
        using (old)
        {
            await old.DrainAsync(Draining, cancellationToken);
            await old.StopAsync(Finishing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Connected to Slack by Socket Mode")]
        public static partial void Connected(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "The Socket Mode connection has ended: {End}; opening the next")]
        public static partial void Ended(ILogger logger, SocketEnd end);

        [LoggerMessage(3, LogLevel.Warning, "No Socket Mode connection: {Problem}; it is tried again")]
        public static partial void NoConnection(ILogger logger, WebSocketError problem);

        [LoggerMessage(4, LogLevel.Critical, "Slack does not let this app connect: {Problem}. Check Slack:AppToken (xapp-…, scope connections:write) and that Socket Mode is on; then start again.")]
        public static partial void GivenUp(ILogger logger, string problem);

        [LoggerMessage(5, LogLevel.Critical, "Socket Mode was switched off on the app's page; switch it on there, or set Slack:Mode=Http, and start again.")]
        public static partial void SwitchedOff(ILogger logger);
    }
}
