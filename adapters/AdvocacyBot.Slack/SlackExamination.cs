using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Slack.OAuth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Slack;

/// <summary>One thing that was looked at.</summary>
/// <param name="Fine">False: it keeps Slack from working.</param>
/// <param name="Text">What was found, and what helps.</param>
public sealed record SlackFinding(bool Fine, string Text);

/// <summary>Says what of Slack is configured and tries the credentials.</summary>
public static class SlackExamination
{
    public static async Task<IReadOnlyList<SlackFinding>> ExamineSlackAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.GetRequiredService<IOptions<SlackOptions>>().Value;
        var findings = new List<SlackFinding> { new(true, options.Mode == SlackMode.Http ? "requests over HTTP, signed" : "Socket Mode") };
        if (options.PreviousSigningSecret is { Length: > 0 })
        {
            findings.Add(new(true, "two signing secrets are accepted; remove PreviousSigningSecret once the new one is in use everywhere"));
        }

        var api = services.GetRequiredService<SlackApi>();
        if (options.BotToken is { Length: > 0 } token)
        {
            findings.Add(await TokenAsync(api, token, cancellationToken));
        }
        else
        {
            findings.Add(await InstallationsAsync(services, cancellationToken));
        }

        if (options.Mode == SlackMode.Socket)
        {
            var socket = await api.CallAsync("apps.connections.open", "", options.AppToken!, [], ApiJson.Readable.SocketAddress, cancellationToken);
            findings.Add(socket.IsOk ? new(true, "AppToken opens a connection") : new(false, $"AppToken does not open a connection: {Explain(socket.Error)}"));
        }

        return findings;
    }

    private static async Task<SlackFinding> TokenAsync(SlackApi api, string token, CancellationToken cancellationToken)
    {
        var result = await api.CallAsync("auth.test", "", token, [], ApiJson.Readable.AuthTest, cancellationToken);
        return result.Value is { } whose
            ? new(true, $"BotToken works: workspace {whose.Team} ({whose.TeamId ?? whose.EnterpriseId}), bot {whose.UserId}")
            : new(false, $"BotToken does not work: {Explain(result.Error)}");
    }

    private static async Task<SlackFinding> InstallationsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        const string where = "<PublicUrl>/slack/install";
        try
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<SlackDb>>().CreateDbContextAsync(cancellationToken);
            return new(true, $"{await db.Installations.CountAsync(cancellationToken)} workspace(s) have installed the app; more can at {where} with the scopes {string.Join(", ", SlackScopes.Required)}");
        }
        catch (System.Data.Common.DbException)
        {
            return new(true, $"no tables yet; 'migrate' or a start makes them. Workspaces then install the app at {where}");
        }
    }

    /// <summary>An error of <c>auth.test</c>, with what to do next.</summary>
    internal static string Explain(string error) => error switch
    {
        "invalid_auth" or "not_authed" => $"{error}; Slack does not know it, copy it anew from the app's page",
        "account_inactive" or "token_revoked" => $"{error}; the app was removed from the workspace, install it again and copy the new token",
        "missing_scope" => $"{error}; install the app again with the current manifest",
        "slack_unreachable" => $"{error}; this machine does not reach Slack, check its network and Slack:ApiBaseUrl",
        _ => error,
    };
}
