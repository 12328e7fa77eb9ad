using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>A campaign's card for one channel, as it is when it is sent; for one person, see <see cref="DirectContent"/>.</summary>
public sealed class PromptContent(AdvocacyDb db, PromptCards cards, Credits credits, DirectContent direct, TimeProvider clock) : IDeliveryContent
{
    public DeliveryKind Kind => DeliveryKind.Prompt;

    public async Task<DeliveryContent> BuildAsync(Data.Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (await PromptInPlace.FindAsync(db, delivery, cancellationToken) is not var (campaign, prompt, conversation, language))
        {
            return new DeliveryContent.Skip("channel_taken_out");
        }

        if (delivery.PersonId is not null)
        {
            return (await direct.BuildAsync(new PromptInPlace(campaign, prompt, conversation, language), [delivery], cancellationToken))[0];
        }

        delivery.BuiltVersion = campaign.Version;
        var now = clock.GetUtcNow();
        return (campaign.State, prompt, conversation.RemovedAt) switch
        {
            (_, _, not null) => new DeliveryContent.Skip("channel_removed"),
            (_, { PostedAt: not null }, _) => new DeliveryContent.Skip("posted_already"),
            (CampaignState.Paused, _, _) => new DeliveryContent.Skip("campaign_paused"),
            (CampaignState.AwaitingApproval, _, _) => new DeliveryContent.Skip("campaign_awaits_approval"),
            (CampaignState.Closed or CampaignState.Draft, _, _) => new DeliveryContent.Skip("campaign_closed"),
            (_, { EndedAt: not null }, _) => new DeliveryContent.Skip("campaign_ended"),
            _ when prompt.EndsAt <= now => new DeliveryContent.Skip("campaign_ended"),
            _ => new DeliveryContent.Post(
                cards.Live(campaign, prompt.Id, language, now, await credits.OfAsync(campaign.SuggestionId, cancellationToken)),
                Texts.In(language).Format("Campaigns.PromptSummary", ("title", campaign.Title))),
        };
    }

    public Task<IReadOnlyList<DeliveryContent>> BuildManyAsync(IReadOnlyList<Data.Delivery> deliveries, CancellationToken cancellationToken) =>
        PromptInPlace.BuildManyAsync(db, deliveries, BuildAsync, direct.BuildAsync, cancellationToken);

    public Task OnSentAsync(Data.Delivery delivery, string messageId, CancellationToken cancellationToken) => OnSentManyAsync([(delivery, messageId)], cancellationToken);

    public async Task OnSentManyAsync(IReadOnlyList<(Data.Delivery Delivery, string MessageId)> sent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sent);
        foreach (var campaign in sent.GroupBy(one => one.Delivery.CampaignId).OrderBy(group => group.Key))
        {
            await CampaignLock.HoldAsync(db, campaign.Key, cancellationToken);
            foreach (var prompt in campaign.GroupBy(one => one.Delivery.PromptId))
            {
                await NoteAsync([.. prompt], cancellationToken);
            }
        }
    }

    private async Task NoteAsync(List<(Data.Delivery Delivery, string MessageId)> sent, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var promptId = sent[0].Delivery.PromptId;
        var (prompt, campaign) = await (
            from posted in db.Prompts
            join its in db.Campaigns on posted.CampaignId equals its.Id
            where posted.Id == promptId
            select new ValueTuple<Prompt, Campaign>(posted, its)).FirstAsync(cancellationToken);
        await direct.OnSentAsync([.. sent.Where(one => one.Delivery.PersonId is not null).Select(one => one.Delivery)], prompt, campaign, cancellationToken);
        foreach (var (delivery, messageId) in sent.Where(one => one.Delivery.PersonId is null))
        {
            prompt.MessageId = messageId;
            prompt.PostedAt = now;
            if (delivery.BuiltVersion is { } built && built != campaign.Version)
            {
                await FollowAsync(delivery, campaign, now, cancellationToken);
            }
        }

        campaign.TryMove(CampaignMove.Start, now);
    }

    /// <summary>It was edited or paused while the card was on its way, when there was nothing to bring up to date yet.</summary>
    private async Task FollowAsync(Data.Delivery delivery, Campaign campaign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = $"update:{delivery.PromptId}:{campaign.Version}";
        if (await db.Deliveries.AnyAsync(d => d.Key == key, cancellationToken))
        {
            return;
        }

        db.Deliveries.Add(new Data.Delivery
        {
            PublicId = Guid.NewGuid(),
            WorkspaceId = delivery.WorkspaceId,
            ConversationId = delivery.ConversationId,
            Kind = DeliveryKind.PromptUpdate,
            Key = key,
            CampaignId = delivery.CampaignId,
            PromptId = delivery.PromptId,
            NotBefore = now,
            CreatedAt = now,
            UpdatedAt = now,
        });
    }
}

/// <summary>Brings a posted card in line with its campaign: edited, paused, resumed, ended.</summary>
public sealed class PromptUpdateContent(
    AdvocacyDb db, PromptCards cards, Credits credits, DirectContent direct, CampaignQuery query, TimeProvider clock) : IDeliveryContent
{
    public DeliveryKind Kind => DeliveryKind.PromptUpdate;

    public bool Updates => true;

    public async Task<DeliveryContent> BuildAsync(Data.Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (await PromptInPlace.FindAsync(db, delivery, cancellationToken) is not { } place)
        {
            return new DeliveryContent.Skip("not_posted");
        }

        if (delivery.PersonId is not null)
        {
            return (await direct.BuildUpdatesAsync(place, [delivery], cancellationToken))[0];
        }

        var (campaign, prompt, conversation, language) = place;
        if (prompt.MessageId is null)
        {
            return new DeliveryContent.Skip("not_posted");
        }

        if (conversation.RemovedAt is not null)
        {
            return new DeliveryContent.Skip("channel_removed");
        }

        if (campaign.RetractedAt is not null)
        {
            return new DeliveryContent.Update(PromptCards.Retracted(language), Texts.In(language)["Broadcasts.Retracted"], prompt.MessageId);
        }

        var now = clock.GetUtcNow();
        var live = campaign.State is CampaignState.Running or CampaignState.Scheduled && prompt.EndedAt is null;
        var card = live
            ? cards.Live(campaign, prompt.Id, language, now, await credits.OfAsync(campaign.SuggestionId, cancellationToken))
            : PromptCards.Ended(
                campaign,
                await query.ReadAsync(campaign.Id, conversation.Id, now, cancellationToken),
                campaign.State != CampaignState.Closed && prompt.EndedAt is null,
                language);
        return new DeliveryContent.Update(
            card, Texts.In(language).Format("Campaigns.PromptSummary", ("title", campaign.Title)), prompt.MessageId);
    }

    public Task<IReadOnlyList<DeliveryContent>> BuildManyAsync(IReadOnlyList<Data.Delivery> deliveries, CancellationToken cancellationToken) =>
        PromptInPlace.BuildManyAsync(db, deliveries, BuildAsync, direct.BuildUpdatesAsync, cancellationToken);

    public Task OnSentAsync(Data.Delivery delivery, string messageId, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A prompt with its campaign, channel and the channel's language.</summary>
internal sealed record PromptInPlace(Campaign Campaign, Prompt Prompt, Conversation Conversation, Language Language)
{
    public static async Task<PromptInPlace?> FindAsync(AdvocacyDb db, Data.Delivery delivery, CancellationToken cancellationToken)
    {
        var place = await (
            from prompt in db.Prompts.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on prompt.CampaignId equals campaign.Id
            join conversation in db.Conversations.AsNoTracking() on prompt.ConversationId equals conversation.Id
            join workspace in db.Workspaces.AsNoTracking() on conversation.WorkspaceId equals workspace.Id
            where prompt.Id == delivery.PromptId
            select new { campaign, prompt, conversation, workspace.Language }).FirstOrDefaultAsync(cancellationToken);
        return place is null
            ? null
            : new PromptInPlace(place.campaign, place.prompt, place.conversation, Localization.Language.First(place.conversation.Language, place.Language));
    }

    /// <summary>Direct messages of one campaign in one workspace together; all else one by one.</summary>
    public static async Task<IReadOnlyList<DeliveryContent>> BuildManyAsync(
        AdvocacyDb db,
        IReadOnlyList<Data.Delivery> deliveries,
        Func<Data.Delivery, CancellationToken, Task<DeliveryContent>> one,
        Func<PromptInPlace, IReadOnlyList<Data.Delivery>, CancellationToken, Task<IReadOnlyList<DeliveryContent>>> many,
        CancellationToken cancellationToken)
    {
        var built = new Dictionary<long, DeliveryContent>(deliveries.Count);
        foreach (var alike in deliveries.GroupBy(delivery => delivery.PersonId is null ? null : delivery.PromptId))
        {
            List<Data.Delivery> group = [.. alike];
            if (alike.Key is not null && await FindAsync(db, group[0], cancellationToken) is { } place)
            {
                foreach (var (delivery, what) in group.Zip(await many(place, group, cancellationToken)))
                {
                    built[delivery.Id] = what;
                }

                continue;
            }

            foreach (var delivery in group)
            {
                built[delivery.Id] = await one(delivery, cancellationToken);
            }
        }

        return [.. deliveries.Select(delivery => built[delivery.Id])];
    }
}
