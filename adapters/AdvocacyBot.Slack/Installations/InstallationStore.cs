using AdvocacyBot.Core.Data;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Slack.Installations;

/// <summary>The rows of <c>slack_installations</c>.</summary>
internal sealed class InstallationStore(Database database, IDbContextFactory<SlackDb> contexts, TokenVault vault, TimeProvider clock)
{
    /// <summary>A host that renews tokens and dies holds the others up for so long.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public async Task<SlackInstallation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Installations.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> IdsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Installations.AsNoTracking().Select(i => i.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Stores what an installation brought; a repeated one replaces the tokens.</summary>
    /// <returns>Id of the installation; null: the answer lacks what is needed.</returns>
    public async Task<string?> SaveAsync(OAuthAccess access, CancellationToken cancellationToken)
    {
        var id = access.IsEnterpriseInstall ? access.Enterprise?.Id : access.Team?.Id;
        if (id is null || string.IsNullOrEmpty(access.AccessToken) || string.IsNullOrEmpty(access.BotUserId))
        {
            return null;
        }

        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Installations.FirstOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (row is null)
        {
            row = new SlackInstallation { Id = id, Name = id, BotUserId = "", BotToken = "" };
            db.Installations.Add(row);
        }

        row.TeamId = access.IsEnterpriseInstall ? null : access.Team?.Id;
        row.EnterpriseId = access.Enterprise?.Id;
        row.Name = (access.IsEnterpriseInstall ? access.Enterprise?.Name : access.Team?.Name) ?? id;
        row.BotUserId = access.BotUserId;
        row.Scopes = access.Scope ?? "";
        row.InstalledAt = clock.GetUtcNow();
        row.RenewingUntil = null;
        Take(row, access);
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }

    /// <summary>Claims the renewal of an installation's tokens for this host.</summary>
    /// <returns>The refresh token; null: another host is at it, has done it, or there is nothing to renew.</returns>
    public async Task<string?> ClaimRenewalAsync(string id, int version, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var claimed = await db.Installations
            .Where(i => i.Id == id && i.Version == version && i.RefreshToken != null && (i.RenewingUntil == null || i.RenewingUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.RenewingUntil, now + Lease), cancellationToken);
        if (claimed == 0)
        {
            return null;
        }

        var locked = await db.Installations.Where(i => i.Id == id).Select(i => i.RefreshToken).FirstOrDefaultAsync(cancellationToken);
        return locked is null ? null : vault.Open(locked);
    }

    /// <summary>Stores renewed tokens before anybody uses them, or, with null, lets the claim go.</summary>
    public async Task EndRenewalAsync(string id, OAuthAccess? access, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Installations.FirstOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } row)
        {
            return;
        }

        row.RenewingUntil = null;
        if (access is not null)
        {
            Take(row, access);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Forgets tokens, people and channels of an installation.</summary>
    /// <returns>False: there was none.</returns>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.People.Where(p => p.InstallationId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Channels.Where(c => c.InstallationId == id).ExecuteDeleteAsync(cancellationToken);
        return await db.Installations.Where(i => i.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    private void Take(SlackInstallation row, OAuthAccess access)
    {
        row.BotToken = vault.Lock(access.AccessToken!);
        row.RefreshToken = access.RefreshToken is { Length: > 0 } refresh ? vault.Lock(refresh) : null;
        row.ExpiresAt = access.ExpiresIn is { } seconds ? clock.GetUtcNow().AddSeconds(seconds) : null;
        row.Version++;
    }
}
