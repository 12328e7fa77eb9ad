using System.Net;
using System.Net.Sockets;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>Finds the addresses of a host, as <see cref="Dns.GetHostAddressesAsync(string, CancellationToken)"/> does.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>
/// Opens the connections of previews. It looks the name up, judges each address and connects to that very address, so that a name
/// which changes its answer between the look and the use (DNS rebinding) gains nothing.
/// </summary>
internal sealed class GuardedConnector(ResolveHost resolve, AllowedHosts allowed)
{
    /// <exception cref="PrivateAddressException">No address of the host may be connected to.</exception>
    /// <exception cref="SocketException">None of the permitted addresses answered, or the host does not exist.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = await resolve(host, cancellationToken).ConfigureAwait(false);
        var permitted = allowed.Contains(host, port) ? found : Array.FindAll(found, PublicAddress.Is);
        if (found.Length > 0 && permitted.Length == 0)
        {
            throw new PrivateAddressException();
        }

        // IPv4 first: a machine without IPv6 may drop it silently, which would eat the time limit.
        SocketException? last = null;
        foreach (var address in permitted.OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork))
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(address, port), cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                last = e;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<NetworkStream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Carries the refusal through <see cref="HttpClient"/>, which has no other way out of a connect callback.</summary>
internal sealed class PrivateAddressException() : Exception("The host has no public address.");
