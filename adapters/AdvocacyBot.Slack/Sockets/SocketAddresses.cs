using AdvocacyBot.Slack.Api;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Slack.Sockets;

/// <summary>Asks Slack where to connect; each address is good for one connection, at once.</summary>
internal sealed class SocketAddresses(SlackApi api, IOptions<SlackOptions> options)
{
    /// <summary>Errors that no waiting mends (the list of @slack/socket-mode).</summary>
    private static readonly string[] Final = ["not_authed", "invalid_auth", "account_inactive", "user_removed_from_team", "team_disabled", "token_revoked", "missing_scope", "not_allowed_token_type"];

    public static bool IsFinal(string error) => Final.Contains(error);

    public async Task<(Uri? Address, string Error, TimeSpan Wait)> NextAsync(CancellationToken cancellationToken)
    {
        var result = await api.CallAsync("apps.connections.open", "", options.Value.AppToken!, [], ApiJson.Readable.SocketAddress, cancellationToken);
        return result.Value?.Url is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && IsAllowed(address)
            ? (address, "", TimeSpan.Zero)
            : (null, result.Error.Length > 0 ? result.Error : "no_address", result.RetryAfter);
    }

    private bool IsAllowed(Uri address) => address.Scheme == "wss" || (address.Scheme == "ws" && address.IsLoopback && options.Value.ApiBaseUrl.IsLoopback);
}
