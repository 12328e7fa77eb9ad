using System.Buffers;
using System.Net;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Outbound;

/// <summary>What came back of a call, or that nothing did.</summary>
/// <param name="Status">HTTP status; 0 where there is no answer.</param>
/// <param name="Body">At most <see cref="ConnectorHttp.MostBytes"/>.</param>
/// <param name="RetryAfter">What the answer asks for.</param>
/// <param name="NotSent">There was no connection, so nothing can have been delivered.</param>
internal readonly record struct ConnectorReply(int Status, byte[] Body, TimeSpan? RetryAfter, bool NotSent)
{
    public static readonly ConnectorReply Lost = new(0, [], null, NotSent: false);

    public static readonly ConnectorReply Unreached = new(0, [], null, NotSent: true);

    public bool IsGood => Status is >= 200 and < 300;
}

/// <summary>
/// The wire to the connector: no redirects, because the token must not follow them, no cookies, and an end to waiting. It never throws for what a network does.
/// </summary>
internal sealed class ConnectorHttp(TimeProvider clock) : IDisposable
{
    /// <summary>A page of 500 members has about 200 KB.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(15);
    private const string Json = "application/json; charset=utf-8";

    // An invoker, because HttpClient's own time-out and buffering are not wanted here.
    private readonly HttpMessageInvoker invoker = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            ActivityHeadersPropagator = null,
        },
        disposeHandler: true);

    /// <param name="method">HTTP method.</param>
    /// <param name="address">Absolute, its ids escaped.</param>
    /// <param name="token">Value of the header <c>Authorization</c>; null: none.</param>
    /// <param name="body">UTF-8 JSON; empty: none.</param>
    /// <param name="cancellationToken">Gives up waiting: what was sent may have been delivered.</param>
    public async Task<ConnectorReply> SendAsync(
        HttpMethod method, Uri address, string? token, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);

        // As they are: what is parsed would be written out anew for each request.
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        if (!body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Json);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestCall);
        try
        {
            using var response = await invoker.SendAsync(request, limit.Token);
            var content = await ReadAsync(response.Content, limit.Token);
            return new ConnectorReply((int)response.StatusCode, content, RetryAfter(response), NotSent: false);
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
                ? ConnectorReply.Unreached
                : ConnectorReply.Lost;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return ConnectorReply.Lost;
        }
    }

    public void Dispose() => invoker.Dispose();

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var length = content.Headers.ContentLength;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length + 1 ?? 1024, 256, MostBytes));
        try
        {
            var filled = 0;
            int read;
            while (filled != length && (read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken)) > 0)
            {
                filled += read;
                if (filled < buffer.Length)
                {
                    continue;
                }

                if (filled >= MostBytes)
                {
                    throw new IOException("The answer is longer than any that is expected.");
                }

                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, filled).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            return filled == 0 ? [] : buffer.AsSpan(0, filled).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || response.Headers.RetryAfter is not { } header)
        {
            return null;
        }

        var after = header.Delta ?? header.Date - clock.GetUtcNow();
        return after > TimeSpan.Zero ? after : null;
    }
}
