using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>
/// Brings the progress cards of running broadcasts up to date. The message is replaced past the outbox: it is only ever the newest that matters, and one that is
/// lost is followed by the next. Idempotent; run every few seconds.
/// </summary>
public sealed class UpdateProgress(Database database, AdvocacyDb db, DeliveryTallyQuery query, IEnumerable<IChatSender> senders, TimeProvider clock)
{
    /// <returns>How many cards were changed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var progress in await db.BroadcastProgress.AsNoTracking().OrderBy(b => b.CampaignId).ToListAsync(cancellationToken))
        {
            var note = await db.Deliveries.AsNoTracking().FirstOrDefaultAsync(d => d.PublicId == progress.NoteId, cancellationToken);
            if (note is { State: DeliveryState.Pending or DeliveryState.Sending })
            {
                continue;
            }

            if (note is not { State: DeliveryState.Sent, MessageId: not null, PersonId: not null })
            {
                await EndAsync(progress.CampaignId, cancellationToken);
                continue;
            }

            changed += await ShowAsync(progress, note, cancellationToken) ? 1 : 0;
        }

        return changed;
    }

    /// <summary>By what was done so far, and not before the last one that waits for a time of its own.</summary>
    internal static TimeSpan? Left(DeliveryTally tally, DateTimeOffset since, DateTimeOffset now, DateTimeOffset? last)
    {
        var going = tally.Waiting - tally.Later;
        var done = tally.Sent + tally.Failed + tally.Unknown;
        TimeSpan? byPace = going > 0 && done > 0 && now > since ? (now - since) / done * going : null;
        TimeSpan? byClock = tally.Later > 0 && last > now ? last - now : null;
        return going > 0 && byPace is null ? null : byPace > byClock || byClock is null ? byPace : byClock;
    }

    private async Task<bool> ShowAsync(BroadcastProgress progress, Data.Delivery note, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var campaign = await db.Campaigns.AsNoTracking().FirstAsync(c => c.Id == progress.CampaignId, cancellationToken);
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == note.PersonId, cancellationToken);
        var workspace = await db.Workspaces.AsNoTracking().FirstAsync(w => w.Id == note.WorkspaceId, cancellationToken);
        var conversation = await db.Conversations.AsNoTracking().FirstAsync(c => c.Id == note.ConversationId, cancellationToken);
        if (person is null || senders.FirstOrDefault(s => s.Platform == workspace.Platform) is not { } sender)
        {
            await EndAsync(progress.CampaignId, cancellationToken);
            return false;
        }

        var tally = await query.ReadAsync(campaign.Id, now, cancellationToken);
        var since = await db.Prompts.AsNoTracking().Where(p => p.CampaignId == campaign.Id && p.Direct && p.PostedAt != null).MinAsync(p => p.PostedAt, cancellationToken);
        var last = tally.Later == 0 ? null : await db.Deliveries.AsNoTracking()
            .Where(d => d.CampaignId == campaign.Id && d.PersonId != null && d.Kind == DeliveryKind.Prompt && d.State == DeliveryState.Pending)
            .MaxAsync(d => (DateTimeOffset?)d.NotBefore, cancellationToken);
        var t = Texts.In(Language.First(person.Language, workspace.Language));
        var card = DeliveryCards.Progress(campaign, tally, Left(tally, since ?? progress.StartedAt, now, last), t);
        var shown = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(CardJson.Serialize(card))))[..16];
        var changed = shown != progress.Shown;
        if (changed)
        {
            var result = await sender.UpdateAsync(
                new OutboundMessage
                {
                    DeliveryId = note.PublicId,
                    Workspace = workspace.Ref,
                    Conversation = conversation.Ref,
                    Recipient = person.Ref,
                    Card = card,
                    Summary = t.Format("Broadcasts.ProgressSummary", ("title", campaign.Title)),
                },
                note.MessageId!,
                cancellationToken);
            if (result is SendResult.Gone or SendResult.Rejected)
            {
                await EndAsync(progress.CampaignId, cancellationToken);
                return false;
            }

            if (result is not SendResult.Sent)
            {
                return false;
            }
        }

        if (tally.Waiting == 0)
        {
            await EndAsync(progress.CampaignId, cancellationToken);
        }
        else if (changed)
        {
            using var write = await database.EnterWriteAsync(cancellationToken);
            await db.BroadcastProgress.Where(b => b.CampaignId == progress.CampaignId).ExecuteUpdateAsync(set => set.SetProperty(b => b.Shown, shown), cancellationToken);
        }

        return changed;
    }

    private async Task EndAsync(long campaignId, CancellationToken cancellationToken)
    {
        using var write = await database.EnterWriteAsync(cancellationToken);
        await db.BroadcastProgress.Where(b => b.CampaignId == campaignId).ExecuteDeleteAsync(cancellationToken);
    }
}
