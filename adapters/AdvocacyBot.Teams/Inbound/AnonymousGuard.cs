using System.Net;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Teams.Inbound;

/// <summary>
/// Without tokens only this machine is heard, and no page in its browser: the connection is a loopback one that no proxy or tunnel forwards, and the request is
/// addressed to a loopback name, which a rebound name of an attacker's is not.
/// </summary>
internal static class AnonymousGuard
{
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Original-Host", "Origin"];

    public static bool Allows(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && IsLoopbackName(http.Request.Host.Host)
        && !Forwarded.Any(http.Request.Headers.ContainsKey);

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
