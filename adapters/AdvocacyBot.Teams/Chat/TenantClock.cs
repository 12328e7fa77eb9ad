using System.Collections.Concurrent;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Teams.Chat;

/// <summary>An installation does not say a time zone, so a tenant begins in UTC: it takes the zone of the first person who writes and has one.</summary>
internal sealed class TenantClock(Database database, IDbContextFactory<AdvocacyDb> contexts, PeopleDirectory directory)
{
    private const string Unknown = "Etc/UTC";

    private readonly ConcurrentDictionary<string, bool> settled = new(StringComparer.Ordinal);

    public ValueTask SettleAsync(TeamsTurn turn, CancellationToken cancellationToken) =>
        turn.Person.TimeZone is not { } zone || settled.ContainsKey(turn.Workspace.Id)
            ? ValueTask.CompletedTask
            : WriteAsync(turn.Workspace.Id, zone, cancellationToken);

    private async ValueTask WriteAsync(string tenantId, string zone, CancellationToken cancellationToken)
    {
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var changed = await db.Workspaces.Where(w => w.Platform == Platforms.Teams && w.ExternalId == tenantId && w.TimeZone == Unknown)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.TimeZone, zone), cancellationToken);
        settled[tenantId] = true;
        if (changed > 0)
        {
            directory.Forget();
        }
    }
}
