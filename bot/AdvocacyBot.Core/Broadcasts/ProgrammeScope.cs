using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>The workspaces that are one programme: usually one; several where their owners joined them.</summary>
public sealed class ProgrammeScope(AdvocacyDb db)
{
    /// <summary>The id of the programme's first workspace, which names it.</summary>
    public async Task<long> RootAsync(long workspaceId, CancellationToken cancellationToken) =>
        await db.Workspaces.AsNoTracking().Where(w => w.Id == workspaceId).Select(w => w.ProgrammeId ?? w.Id).FirstAsync(cancellationToken);

    /// <summary>All of the programme's workspaces that are there, by id.</summary>
    public async Task<IReadOnlyDictionary<long, Workspace>> WorkspacesAsync(long workspaceId, CancellationToken cancellationToken)
    {
        var root = await RootAsync(workspaceId, cancellationToken);
        return await db.Workspaces.AsNoTracking()
            .Where(w => (w.Id == root || w.ProgrammeId == root) && (w.RemovedAt == null || w.Id == workspaceId))
            .ToDictionaryAsync(w => w.Id, cancellationToken);
    }
}
