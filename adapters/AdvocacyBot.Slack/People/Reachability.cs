using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Slack.People;

/// <summary>Guests, bots and people who left are not counted as people a prompt reaches, and their stays in channels end.</summary>
internal sealed class Reachability(Database database, IDbContextFactory<AdvocacyDb> contexts, PeopleDirectory directory, TimeProvider clock)
{
    public async Task SetAsync(WorkspaceRef workspace, string userId, bool reachable, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var person = await db.People.AsNoTracking()
            .Where(p => p.ExternalId == userId && db.Workspaces.Any(w => w.Id == p.WorkspaceId && w.Platform == workspace.Platform && w.ExternalId == workspace.Id))
            .Select(p => new { p.Id, p.Reachable })
            .FirstOrDefaultAsync(cancellationToken);
        if (person is null || person.Reachable == reachable)
        {
            return;
        }

        using (await database.EnterWriteAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.People.Where(p => p.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Reachable, reachable), cancellationToken);
            if (!reachable)
            {
                var now = clock.GetUtcNow();
                await db.Memberships.Where(m => m.PersonId == person.Id && m.LeftAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, now), cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        directory.Forget();
    }
}
