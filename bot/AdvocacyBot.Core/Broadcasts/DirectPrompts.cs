using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>
/// A campaign's direct messages: for each workspace one prompt that stands for all of them, and a delivery for each person. Runs in the caller's transaction.
/// </summary>
public sealed class DirectPrompts(AdvocacyDb db, PlanAudience plan, ProgrammeScope scope)
{
    /// <summary>Reasons with which waiting messages are held while the campaign rests, and from which they come back.</summary>
    private static readonly string[] Held = ["campaign_paused", "campaign_awaits_approval", "campaign_ended"];

    /// <summary>Writes a row for everybody in the audience, or brings what was written in line with a changed audience.</summary>
    /// <param name="campaign">Tracked, with prompts; those of the channels are settled.</param>
    /// <param name="draft">Audience and times.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task AlignAsync(Campaign campaign, CampaignDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(draft);
        var audience = draft.Audience is { By: AudienceBy.Direct } direct ? direct : null;
        if (audience is null && !campaign.Prompts.Exists(prompt => prompt.Direct))
        {
            return;
        }

        var workspaces = await scope.WorkspacesAsync(campaign.WorkspaceId, cancellationToken);
        var home = workspaces[campaign.WorkspaceId];
        IReadOnlyList<Recipient> recipients = audience is null
            ? []
            : await plan.RunAsync(campaign, audience, draft.Channels, CampaignTimes.Instant(draft.Start, home.TimeZone), now, cancellationToken);
        var byWorkspace = recipients.ToLookup(recipient => recipient.Account.WorkspaceId);
        foreach (var workspace in workspaces.Values.Where(w => byWorkspace.Contains(w.Id)).OrderBy(w => w.Id))
        {
            await PromptOfAsync(campaign, workspace, draft, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        var outbox = new DirectOutbox(db);
        var starts = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var prompt in campaign.Prompts.Where(prompt => prompt.Direct))
        {
            var workspaceId = await db.Conversations.Where(c => c.Id == prompt.ConversationId).Select(c => c.WorkspaceId).FirstAsync(cancellationToken);
            List<Recipient> mine = [.. byWorkspace[workspaceId]];
            if (audience is null)
            {
                prompt.EndedAt ??= now;
            }

            await outbox.TakeOutAsync(prompt.Id, mine.Select(recipient => recipient.Account.PersonId), now, cancellationToken);
            await outbox.WriteAsync(prompt, workspaceId, mine, Start, now, cancellationToken);
        }

        // Each by their own clock, as channels are.
        DateTimeOffset Start(Account account)
        {
            if (!starts.TryGetValue(account.TimeZone, out var at))
            {
                at = CampaignTimes.Instant(draft.Start, account.TimeZone) is { } start && start > now ? start : now;
                starts[account.TimeZone] = at;
            }

            return at;
        }
    }

    /// <summary>What the campaign's state means for its direct messages: those that wait are held or let go, those that stand are brought up to date.</summary>
    public async Task FollowAsync(Campaign campaign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        foreach (var prompt in campaign.Prompts.Where(prompt => prompt is { Direct: true, Id: > 0 }))
        {
            var waiting = db.Deliveries.Where(d => d.PromptId == prompt.Id && d.Kind == DeliveryKind.Prompt && d.PersonId != null);
            if (Reason(campaign, prompt) is { } reason)
            {
                await waiting.Where(d => d.State == DeliveryState.Pending).ExecuteUpdateAsync(
                    set => set.SetProperty(d => d.State, DeliveryState.Skipped).SetProperty(d => d.Reason, reason).SetProperty(d => d.UpdatedAt, now), cancellationToken);
            }
            else
            {
                await waiting.Where(d => d.State == DeliveryState.Skipped && Held.Contains(d.Reason)).ExecuteUpdateAsync(
                    set => set.SetProperty(d => d.State, DeliveryState.Pending).SetProperty(d => d.Reason, (string?)null).SetProperty(d => d.UpdatedAt, now), cancellationToken);
            }

            if (prompt.PostedAt is not null)
            {
                await new DirectOutbox(db).UpdateAllAsync(prompt.Id, campaign.Version, now, cancellationToken);
            }
        }
    }

    /// <summary>Why nothing more is sent; null: it goes on.</summary>
    internal static string? Reason(Campaign campaign, Prompt prompt) => campaign switch
    {
        { RetractedAt: not null } => "campaign_retracted",
        { State: CampaignState.Closed or CampaignState.Draft } => "campaign_closed",
        _ when prompt.EndedAt is not null => "campaign_ended",
        { State: CampaignState.Paused } => "campaign_paused",
        { State: CampaignState.AwaitingApproval } => "campaign_awaits_approval",
        _ => null,
    };

    private async Task PromptOfAsync(Campaign campaign, Workspace workspace, CampaignDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = $"direct:{campaign.Code}";
        var place = await db.Conversations.FirstOrDefaultAsync(c => c.WorkspaceId == workspace.Id && c.ExternalId == name, cancellationToken);
        if (place is null)
        {
            // Personal, so that nothing takes it for a channel.
            place = new Conversation
            {
                WorkspaceId = workspace.Id,
                ExternalId = name,
                Kind = ConversationKind.Personal,
                Name = "Direct messages",
                DigestOn = false,
                CreatedAt = now,
            };
            db.Conversations.Add(place);
            await db.SaveChangesAsync(cancellationToken);
        }

        var prompt = campaign.Prompts.Find(p => p.ConversationId == place.Id);
        if (prompt is null)
        {
            prompt = new Prompt { CampaignId = campaign.Id, ConversationId = place.Id, Direct = true };
            campaign.Prompts.Add(prompt);
        }

        if (prompt.PostedAt is null)
        {
            prompt.StartsAt = CampaignTimes.Instant(draft.Start, workspace.TimeZone) ?? now;
        }

        prompt.EndsAt = CampaignTimes.Instant(draft.End, workspace.TimeZone);
        if (prompt.EndedAt is not null && (prompt.EndsAt is null || prompt.EndsAt > now))
        {
            prompt.EndedAt = null;
        }
    }
}
