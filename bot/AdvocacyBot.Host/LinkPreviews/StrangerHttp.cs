using System.Net;
using System.Text;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>Asking as a stranger: no proxy, cookies, credentials or trace headers, and every redirect left to the caller to judge.</summary>
internal static class StrangerHttp
{
    /// <param name="connector">Opens the connections.</param>
    /// <param name="timeLimit">For a connection; the whole request is the caller's to limit.</param>
    /// <param name="purpose">Said in the user agent.</param>
    /// <param name="accept">Media types.</param>
    public static HttpClient Client(GuardedConnector connector, TimeSpan timeLimit, string purpose, string accept)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            ConnectTimeout = timeLimit,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 32, // KB
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),

            // Sites write Hebrew paths into Location as they are.
            ResponseHeaderEncodingSelector = static (name, _) => name == "Location" ? Encoding.UTF8 : null,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var version = typeof(StrangerHttp).Assembly.GetName().Version?.ToString(3);
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"AdvocacyBot/{version} (+{purpose})");
        client.DefaultRequestHeaders.Accept.ParseAdd(accept);
        return client;
    }

    /// <summary>Where a response sends on, or null; the fragment is inherited (RFC 9110, 10.2.2).</summary>
    public static Uri? RedirectTarget(HttpResponseMessage response, Uri link)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || !Uri.TryCreate(link, response.Headers.Location, out var next))
        {
            return null;
        }

        return next.Fragment.Length == 0 && link.Fragment.Length > 0 ? new UriBuilder(next) { Fragment = link.Fragment }.Uri : next;
    }
}
