using System.Net;
using AdvocacyBot.Core.Campaigns;

namespace AdvocacyBot.Host.LinkPreviews;

/// <summary>What can be said of an address before anything is sent; where its name leads is looked at by <see cref="GuardedConnector"/>.</summary>
internal static class LinkAddress
{
    private const int MaxLength = 2048;

    /// <summary>Why the address is not fetched, or null.</summary>
    public static LinkPreviewResult.NotFetched? Problem(Uri link, AllowedHosts allowed)
    {
        if (!link.IsAbsoluteUri || (link.Scheme != Uri.UriSchemeHttp && link.Scheme != Uri.UriSchemeHttps))
        {
            return Bad("scheme");
        }

        if (link.OriginalString.Length > MaxLength)
        {
            return Bad("length");
        }

        if (link.UserInfo.Length > 0)
        {
            return Bad("credentials");
        }

        if (link.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6))
        {
            return Bad("host");
        }

        if (allowed.Contains(link.IdnHost, link.Port))
        {
            return null;
        }

        if (link.Port is not (80 or 443))
        {
            return Bad("port");
        }

        return IPAddress.TryParse(link.IdnHost, out var literal) && !PublicAddress.Is(literal)
            ? new(LinkPreviewFailure.PrivateAddress, Detail: null)
            : null;
    }

    /// <summary>The host in ASCII, so that look-alike letters show; no user name; the fragment stays.</summary>
    public static Uri Canonical(Uri link) => new UriBuilder(link) { Host = link.IdnHost }.Uri;

    private static LinkPreviewResult.NotFetched Bad(string detail) => new(LinkPreviewFailure.BadAddress, detail);
}
