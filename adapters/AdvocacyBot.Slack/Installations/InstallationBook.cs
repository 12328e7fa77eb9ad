using System.Collections.Concurrent;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Slack.Installations;

/// <summary>
/// Which installation a request belongs to, and its token, renewed in time. What was read is kept for <see cref="Freshness"/>; one workspace's token can be
/// given in the settings instead.
/// </summary>
internal sealed partial class InstallationBook(
    InstallationStore store, TokenVault vault, SlackApi api, IOptions<SlackOptions> options, TimeProvider clock, ILogger<InstallationBook> logger) : IDisposable
{
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    /// <summary>Slack's tokens live for twelve hours; its own libraries renew this long before the end.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromHours(2);

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim renewing = new(1);
    private readonly SemaphoreSlim asking = new(1);
    private volatile Installation? configured;
    private DateTimeOffset askedAt = DateTimeOffset.MinValue;
    private bool ended;

    /// <summary>The installation of a request; null: the app is not, or not any more, installed there.</summary>
    public async ValueTask<Installation?> FindAsync(Origin origin, CancellationToken cancellationToken)
    {
        if (options.Value.BotToken is { Length: > 0 } token)
        {
            if (Volatile.Read(ref ended))
            {
                return null;
            }

            // One workspace: whatever is signed with our secret comes from it, also where a shared channel names another team.
            return configured ?? await AskAsync(token, cancellationToken) ?? (origin.Id is { } id ? new Installation(id, origin.TeamId, id, "", token) : null);
        }

        if (origin.Id is null)
        {
            return null;
        }

        return await FindAsync(origin.Id, cancellationToken)
            ?? (origin.EnterpriseId is { } enterprise && enterprise != origin.Id ? await FindAsync(enterprise, cancellationToken) : null);
    }

    /// <inheritdoc cref="FindAsync(Origin, CancellationToken)"/>
    public async ValueTask<Installation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (options.Value.BotToken is { Length: > 0 } token)
        {
            return Volatile.Read(ref ended) ? null : configured ?? await AskAsync(token, cancellationToken) ?? new Installation(id, null, id, "", token);
        }

        if (kept.TryGetValue(id, out var known) && clock.GetUtcNow() < known.Until)
        {
            return known.Installation;
        }

        if (await store.FindAsync(id, cancellationToken) is not { } row)
        {
            kept.TryRemove(id, out _);
            return null;
        }

        if (row.ExpiresAt is { } end && end - RenewBefore < clock.GetUtcNow())
        {
            row = await RenewAsync(row, cancellationToken);
        }

        if (row is null || vault.Open(row.BotToken) is not { } opened)
        {
            Log.Unreadable(logger, id);
            return null;
        }

        var installation = new Installation(row.Id, row.TeamId, row.Name, row.BotUserId, opened);
        kept[id] = new Kept(installation, clock.GetUtcNow() + Freshness);
        return installation;
    }

    /// <summary>All there are.</summary>
    public async Task<IReadOnlyList<Installation>> AllAsync(CancellationToken cancellationToken)
    {
        if (options.Value.BotToken is { Length: > 0 } token)
        {
            return !Volatile.Read(ref ended) && (configured ?? await AskAsync(token, cancellationToken)) is { } one ? [one] : [];
        }

        var all = new List<Installation>();
        foreach (var id in await store.IdsAsync(cancellationToken))
        {
            if (await FindAsync(id, cancellationToken) is { } found)
            {
                all.Add(found);
            }
        }

        return all;
    }

    /// <summary>What is kept of an installation is read again.</summary>
    public void Forget(string id) => kept.TryRemove(id, out _);

    /// <summary>The installation is over; a token of the settings is not used again before the next start.</summary>
    /// <returns>False: that was known.</returns>
    public bool End(string id)
    {
        Forget(id);
        return options.Value.BotToken is not { Length: > 0 } || !Interlocked.Exchange(ref ended, true);
    }

    /// <summary>Takes <see cref="End"/> back, because the rest of it did not succeed.</summary>
    public void Reopen() => Volatile.Write(ref ended, false);

    public void Dispose()
    {
        renewing.Dispose();
        asking.Dispose();
    }

    /// <summary>Asks Slack whose the token of the settings is; not more often than every few seconds where it does not answer.</summary>
    private async Task<Installation?> AskAsync(string token, CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken);
        try
        {
            if (configured is not null || clock.GetUtcNow() - askedAt < AskAgain)
            {
                return configured;
            }

            askedAt = clock.GetUtcNow();
            var result = await api.CallAsync("auth.test", "", token, [], ApiJson.Readable.AuthTest, cancellationToken);
            if (result.Value is not { UserId: { } user } answer || (answer.IsEnterpriseInstall ? answer.EnterpriseId : answer.TeamId) is not { } id)
            {
                Log.NotConnected(logger, SlackExamination.Explain(result.Error));
                return null;
            }

            configured = new Installation(id, answer.IsEnterpriseInstall ? null : answer.TeamId, answer.Team ?? id, user, token);
            Log.Connected(logger, id, user);
            return configured;
        }
        finally
        {
            asking.Release();
        }
    }

    private async Task<SlackInstallation?> RenewAsync(SlackInstallation row, CancellationToken cancellationToken)
    {
        await renewing.WaitAsync(cancellationToken);
        try
        {
            if (await store.FindAsync(row.Id, cancellationToken) is not { } current || current.ExpiresAt is not { } end || end - RenewBefore >= clock.GetUtcNow())
            {
                return await store.FindAsync(row.Id, cancellationToken);
            }

            // Where another host is at it, the old token does for the two hours that are left.
            if (await store.ClaimRenewalAsync(current.Id, current.Version, cancellationToken) is not { } refreshToken)
            {
                return current;
            }

            var result = await api.OAuthAsync(
                [new("grant_type", "refresh_token"), new("refresh_token", refreshToken)], CancellationToken.None);
            await store.EndRenewalAsync(current.Id, result.Value is { AccessToken.Length: > 0 } renewed ? renewed : null, CancellationToken.None);
            Log.Renewed(logger, current.Id, result.Verdict);
            return await store.FindAsync(row.Id, cancellationToken);
        }
        finally
        {
            renewing.Release();
        }
    }

    private sealed record Kept(Installation Installation, DateTimeOffset Until);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The tokens of Slack installation {Installation} cannot be decrypted; the app has to be installed there again")]
        public static partial void Unreadable(ILogger logger, string installation);

        [LoggerMessage(2, LogLevel.Error, "Slack:BotToken does not work: {Problem}. The token stands on the app's page, OAuth & Permissions, as Bot User OAuth Token; 'doctor' tries it again.")]
        public static partial void NotConnected(ILogger logger, string problem);

        [LoggerMessage(3, LogLevel.Information, "Slack: workspace {Workspace}, bot {Bot}")]
        public static partial void Connected(ILogger logger, string workspace, string bot);

        [LoggerMessage(4, LogLevel.Information, "Tokens of Slack installation {Installation}: renewal {Verdict}")]
        public static partial void Renewed(ILogger logger, string installation, Api.ApiVerdict verdict);
    }
}
