using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>What time does to campaigns: channels whose end has come end, and a campaign with none left closes. Idempotent; run often.</summary>
public sealed class AdvanceCampaigns(Database database, AdvocacyDb db, PublishCampaign publish, DeliverySignal signal, TimeProvider clock)
{
    /// <returns>How many channels' prompts ended.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        using var write = await database.EnterWriteAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = await db.Campaigns.Include(c => c.Prompts)
            .Where(c => c.State != CampaignState.Draft && c.State != CampaignState.AwaitingApproval && c.State != CampaignState.Closed
                && c.Prompts.Any(p => p.EndedAt == null && p.EndsAt != null && p.EndsAt <= now))
            .OrderBy(c => c.Id)
            .Take(500)
            .ToListAsync(cancellationToken);
        var ended = 0;
        foreach (var campaign in due)
        {
            foreach (var prompt in campaign.Prompts.Where(p => p.EndedAt is null && p.EndsAt <= now))
            {
                prompt.EndedAt = prompt.EndsAt;
                ended++;
            }

            if (campaign.Prompts.TrueForAll(p => p.EndedAt is not null))
            {
                campaign.TryMove(CampaignMove.Close, now);
            }
            else
            {
                campaign.Version++;
            }

            await publish.PlanAsync(campaign, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var workspace in due.Select(c => c.WorkspaceId).Distinct())
        {
            signal.Raise(workspace);
        }

        return ended;
    }
}
