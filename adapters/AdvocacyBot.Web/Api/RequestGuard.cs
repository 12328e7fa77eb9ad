using System.Diagnostics.CodeAnalysis;
using System.Net;
using AdvocacyBot.Core.Localization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Web.Api;

/// <summary>
/// Answers only requests made to our own name (a foreign name that resolves to us is DNS rebinding) and, where a browser says which page they come from,
/// from our own page.
/// </summary>
internal sealed class RequestGuard
{
    private readonly HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);

    public RequestGuard(IOptions<WebOptions> options, IConfiguration configuration)
    {
        hosts.UnionWith(options.Value.AllowedHosts);
        if (Uri.TryCreate(configuration["PublicUrl"], UriKind.Absolute, out var address))
        {
            hosts.Add(address.IdnHost);
        }
    }

    /// <summary>Whether the request may not be answered, and what to say then.</summary>
    public bool IsRefused(HttpRequest request, [NotNullWhen(true)] out Func<Texts, IResult>? problem)
    {
        problem = null;
        var host = request.Host.Host;
        if (!Allowed(host))
        {
            problem = texts => Problems.Of(texts, StatusCodes.Status403Forbidden, "ForeignHost", null, ("host", host));
        }
        else if (request.Headers.Origin is { Count: > 0 } origin && !(origin.Count == 1 && IsOurs(origin[0], request.Host)))
        {
            problem = texts => Problems.Of(texts, StatusCodes.Status403Forbidden, "ForeignOrigin");
        }

        return problem is not null;
    }

    private bool Allowed(string host) =>
        hosts.Contains(host)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The scheme is not compared: behind a proxy that ends TLS we see another one than the browser.</summary>
    private static bool IsOurs(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.Authority, new UriBuilder(uri.Scheme, host.Host, host.Port ?? -1).Uri.Authority, StringComparison.OrdinalIgnoreCase);
}
