using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Teams.Chat;

/// <summary>The channels of a team that the bot has heard of.</summary>
internal sealed class TeamChannels(IDbContextFactory<TeamsDb> contexts)
{
    /// <summary>Whether the bot is, or was, anywhere in the tenant.</summary>
    public async Task<bool> AnyAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Conversations.AnyAsync(c => c.TenantId == tenantId, cancellationToken);
    }

    public async Task<IReadOnlyList<ConversationReference>> KnownAsync(string tenantId, string teamId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Conversations.AsNoTracking().Where(c => c.TenantId == tenantId && c.TeamId == teamId).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new ConversationReference
        {
            TenantId = row.TenantId,
            ConversationId = row.Id,
            Kind = (ConversationKind)row.Kind,
            ServiceUrl = row.ServiceUrl,
            UserId = row.UserId,
            TeamId = row.TeamId,
            Blocked = row.Blocked,
        });
    }
}
