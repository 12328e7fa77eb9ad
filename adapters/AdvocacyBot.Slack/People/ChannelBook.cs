using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Slack.Installations;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Slack.People;

/// <summary>What the programme has stored of Slack's channels.</summary>
internal sealed class ChannelBook(
    Database database, IDbContextFactory<AdvocacyDb> contexts, IDbContextFactory<SlackDb> slack, PeopleDirectory directory, TimeProvider clock)
{
    /// <summary>People who are in a channel by our reading.</summary>
    public async Task<IReadOnlyList<string>> MembersAsync(WorkspaceRef workspace, string channelId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from w in db.Workspaces
            join c in db.Conversations on w.Id equals c.WorkspaceId
            join m in db.Memberships on c.Id equals m.ConversationId
            join p in db.People on m.PersonId equals p.Id
            where w.Platform == workspace.Platform && w.ExternalId == workspace.Id && c.ExternalId == channelId && m.LeftAt == null
            select p.ExternalId).Distinct().ToListAsync(cancellationToken);
    }

    public async Task RenameAsync(WorkspaceRef workspace, string channelId, string name, CancellationToken cancellationToken)
    {
        using (await database.EnterWriteAsync(cancellationToken))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Conversations
                .Where(c => c.ExternalId == channelId && db.Workspaces.Any(w => w.Id == c.WorkspaceId && w.Platform == workspace.Platform && w.ExternalId == workspace.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, name), cancellationToken);
        }

        directory.Forget();
    }

    /// <summary>A workspace is first known by its id alone.</summary>
    public async Task NameWorkspaceAsync(Installation at, CancellationToken cancellationToken)
    {
        using (await database.EnterWriteAsync(cancellationToken))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Workspaces.Where(w => w.Platform == Platforms.Slack && w.ExternalId == at.Id && w.Name != at.Name)
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.Name, at.Name), cancellationToken);
        }

        directory.Forget();
    }

    /// <summary>Channels the bot is in whose members were not read since a time.</summary>
    public async Task<IReadOnlyList<string>> NotCountedSinceAsync(Installation at, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var channels = await (
            from w in db.Workspaces
            join c in db.Conversations on w.Id equals c.WorkspaceId
            where w.Platform == Platforms.Slack && w.ExternalId == at.Id && c.Kind == ConversationKind.Channel && c.RemovedAt == null
            select c.ExternalId).ToListAsync(cancellationToken);
        await using var own = await slack.CreateDbContextAsync(cancellationToken);
        var counted = await own.Channels.AsNoTracking().Where(c => c.InstallationId == at.Id && c.CountedAt > since).Select(c => c.ChannelId).ToListAsync(cancellationToken);
        return [.. channels.Except(counted, StringComparer.Ordinal)];
    }

    public async Task CountedAsync(Installation at, string channelId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        using var turn = await database.EnterWriteAsync(cancellationToken);
        await using var db = await slack.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO slack_channels ("InstallationId", "ChannelId", "CountedAt") VALUES ({at.Id}, {channelId}, {now})
            ON CONFLICT ("InstallationId", "ChannelId") DO UPDATE SET "CountedAt" = excluded."CountedAt"
            """,
            cancellationToken);
    }
}
