using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>
/// Puts a composed campaign on its way: one prompt and one delivery per channel, at the moment the channel's own clock shows the start. Runs in the
/// caller's transaction.
/// </summary>
public sealed class PublishCampaign(
    AdvocacyDb db,
    LinkIndex links,
    ApproveSuggestion suggestions,
    ProgrammeScope scope,
    DirectPrompts direct,
    FollowBroadcast follow,
    AfterCommit afterCommit,
    DeliverySignal signal)
{
    /// <summary>Publishes a draft or what was approved, or brings a published campaign's prompts in line with what was changed.</summary>
    /// <param name="campaign">Tracked, with texts and prompts.</param>
    /// <param name="draft">Channels and times.</param>
    /// <param name="turn">Who and when.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task RunAsync(Campaign campaign, CampaignDraft draft, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(turn);
        await AlignAsync(campaign, draft, turn, cancellationToken);
        await direct.AlignAsync(campaign, draft, turn.Now, cancellationToken);
        if (CampaignStates.IsUnpublished(campaign.State))
        {
            var move = campaign.Prompts.Any(prompt => prompt.StartsAt <= turn.Now) ? CampaignMove.Start : CampaignMove.Schedule;
            campaign.TryMove(move, turn.Now);
            campaign.SentBackReason = null;
            await suggestions.RunAsync(campaign, turn, cancellationToken);
        }

        await FollowAsync(campaign, turn, cancellationToken);
        await follow.BeginAsync(campaign, turn, cancellationToken);
    }

    /// <summary>Keeps channels and times with a campaign that waits for approval; cards that stand in channels rest meanwhile.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task SubmitAsync(Campaign campaign, CampaignDraft draft, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(turn);
        await AlignAsync(campaign, draft, turn, cancellationToken);
        campaign.TryMove(CampaignMove.Submit, turn.Now);
        await FollowAsync(campaign, turn, cancellationToken);
    }

    /// <summary>
    /// Saves the campaign, and writes the deliveries that its state calls for: cards not posted yet, and updates of those that stand. From saving on nothing is noted as sent
    /// (see <see cref="CampaignLock"/>), so what was noted before is read again then.
    /// </summary>
    public async Task PlanAsync(Campaign campaign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        await db.SaveChangesAsync(cancellationToken);
        var posted = await db.Prompts.Where(p => p.CampaignId == campaign.Id && p.PostedAt != null).Select(p => p.Id).ToListAsync(cancellationToken);
        foreach (var prompt in campaign.Prompts.Where(prompt => prompt.PostedAt is null && posted.Contains(prompt.Id)))
        {
            await db.Entry(prompt).ReloadAsync(cancellationToken);
        }

        await direct.FollowAsync(campaign, now, cancellationToken);
        var live = campaign.State is CampaignState.Running or CampaignState.Scheduled;
        var workspaces = await WorkspacesOfAsync(campaign, cancellationToken);
        foreach (var workspace in workspaces.Values.Distinct())
        {
            afterCommit.Add(() => signal.Raise(workspace));
        }

        foreach (var prompt in campaign.Prompts.Where(prompt => !prompt.Direct))
        {
            if (prompt.PostedAt is not null)
            {
                Add(workspaces, campaign, prompt, DeliveryKind.PromptUpdate, $"update:{prompt.Id}:{campaign.Version}", now, now);
            }
            else if (live && prompt.EndedAt is null)
            {
                var waiting = await db.Deliveries.FirstOrDefaultAsync(
                    d => d.PromptId == prompt.Id && d.Kind == DeliveryKind.Prompt && d.State == DeliveryState.Pending, cancellationToken);
                if (waiting is null)
                {
                    Add(workspaces, campaign, prompt, DeliveryKind.Prompt, $"prompt:{prompt.Id}:{campaign.Version}", prompt.StartsAt, now);
                }
                else
                {
                    waiting.NotBefore = prompt.StartsAt;
                    waiting.UpdatedAt = now;
                }
            }
        }
    }

    private async Task FollowAsync(Campaign campaign, TurnContext turn, CancellationToken cancellationToken)
    {
        await PlanAsync(campaign, turn.Now, cancellationToken);
        afterCommit.Add(() => links.Forget(campaign.Id));
    }

    /// <returns>By conversation: the workspace it is in.</returns>
    private async Task<Dictionary<long, long>> WorkspacesOfAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var places = campaign.Prompts.ConvertAll(prompt => prompt.ConversationId);
        return await db.Conversations.AsNoTracking().Where(c => places.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.WorkspaceId, cancellationToken);
    }

    private async Task AlignAsync(Campaign campaign, CampaignDraft draft, TurnContext turn, CancellationToken cancellationToken)
    {
        var workspaces = await scope.WorkspacesAsync(campaign.WorkspaceId, cancellationToken);
        var channels = await db.Conversations
            .Where(c => workspaces.Keys.Contains(c.WorkspaceId) && c.Kind != ConversationKind.Personal && draft.Channels.Contains(c.Id) && c.RemovedAt == null)
            .ToListAsync(cancellationToken);
        foreach (var channel in channels)
        {
            var zone = channel.TimeZone ?? workspaces[channel.WorkspaceId].TimeZone;
            var prompt = campaign.Prompts.Find(p => p.ConversationId == channel.Id);
            if (prompt is null)
            {
                prompt = new Prompt { CampaignId = campaign.Id, ConversationId = channel.Id };
                campaign.Prompts.Add(prompt);
            }

            if (prompt.PostedAt is null)
            {
                prompt.StartsAt = CampaignTimes.Instant(draft.Start, zone) ?? turn.Now;
            }

            prompt.EndsAt = CampaignTimes.Instant(draft.End, zone);
            if (prompt.EndedAt is not null && (prompt.EndsAt is null || prompt.EndsAt > turn.Now))
            {
                prompt.EndedAt = null;
            }
        }

        // A channel that was taken out ends; its card says so. Where nothing was posted yet the prompt goes, and with it its delivery finds nothing to say.
        foreach (var prompt in campaign.Prompts.Where(p => !p.Direct && !channels.Exists(c => c.Id == p.ConversationId)).ToList())
        {
            if (prompt.PostedAt is null)
            {
                campaign.Prompts.Remove(prompt);
                db.Prompts.Remove(prompt);
            }
            else
            {
                prompt.EndedAt ??= turn.Now;
            }
        }
    }

    private void Add(
        Dictionary<long, long> workspaces, Campaign campaign, Prompt prompt, DeliveryKind kind, string key, DateTimeOffset notBefore, DateTimeOffset now) =>
        db.Deliveries.Add(new Data.Delivery
        {
            PublicId = Guid.NewGuid(),
            WorkspaceId = workspaces[prompt.ConversationId],
            ConversationId = prompt.ConversationId,
            Kind = kind,
            Key = key,
            CampaignId = campaign.Id,
            PromptId = prompt.Id,
            NotBefore = notBefore,
            CreatedAt = now,
            UpdatedAt = now,
        });
}
