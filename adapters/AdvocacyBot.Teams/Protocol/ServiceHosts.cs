using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>
/// Which addresses messages, and with them the bot's token, may go to. Paths are not looked at: the service puts region and tenant there as it likes.
/// </summary>
internal sealed class ServiceHosts(IOptions<TeamsOptions> options)
{
    private const int MostKept = 1000;

    private readonly string[] names = [.. Cloud.Of(options.Value.Cloud).ServiceHosts];
    private readonly string[] own = [.. options.Value.AllowedServiceHosts];
    private readonly bool loopback = options.Value.AllowAnonymous;

    // They are few, one for each region and tenant, and each is judged with every message.
    private readonly ConcurrentDictionary<string, bool> judged = new(StringComparer.Ordinal);

    /// <param name="serviceUrl">As an activity says it.</param>
    /// <returns>Https on a host of the list; http only on a loopback host that the settings name, or in anonymous Development.</returns>
    public bool Trusts(string? serviceUrl)
    {
        if (serviceUrl is null)
        {
            return false;
        }

        if (judged.TryGetValue(serviceUrl, out var trusted))
        {
            return trusted;
        }

        if (judged.Count >= MostKept)
        {
            judged.Clear();
        }

        return judged[serviceUrl] = Uri.TryCreate(serviceUrl, UriKind.Absolute, out var url) && Trusts(url);
    }

    public bool Trusts(Uri url)
    {
        if (!url.IsAbsoluteUri || url.UserInfo.Length > 0)
        {
            return false;
        }

        if (url.IsLoopback)
        {
            return (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && (loopback || own.Any(pattern => Matches(pattern, url.Host)));
        }

        return url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort
            && (names.Any(pattern => Matches(pattern, url.Host)) || own.Any(pattern => Matches(pattern, url.Host)));
    }

    private static bool Matches(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
