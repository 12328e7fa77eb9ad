using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>A campaign's card for one person, as it is when it is sent; what the person wants is looked at again then.</summary>
public sealed class DirectContent(
    AdvocacyDb db, PromptCards cards, DirectCards shared, Credits credits, CampaignQuery query, ContactRules rules, TimeProvider clock)
{
    /// <summary>Another account of the same person got it, or may have.</summary>
    public const string ElsewhereReason = "reached_elsewhere";

    private int? builtVersion;

    /// <summary>The message, or why there is none, or not yet.</summary>
    internal async Task<DeliveryContent> BuildAsync(Data.Delivery delivery, PromptInPlace place, CancellationToken cancellationToken)
    {
        var (campaign, prompt, conversation, _) = place;
        var now = clock.GetUtcNow();
        if (DirectPrompts.Reason(campaign, prompt) is { } reason)
        {
            return new DeliveryContent.Skip(reason);
        }

        if (prompt.EndsAt <= now)
        {
            return new DeliveryContent.Skip("campaign_ended");
        }

        var personId = delivery.PersonId!.Value;
        if (await LanguageAsync(personId, conversation.WorkspaceId, cancellationToken) is not { } language)
        {
            return new DeliveryContent.Skip(Recipient.Gone);
        }

        if (await RefusalAsync(delivery, campaign, now, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        builtVersion = campaign.Version;
        return new DeliveryContent.Post(
            await shared.GetAsync(prompt.Id, campaign.Version, language, "live", () => LiveAsync(campaign, prompt, language, now, cancellationToken)),
            Texts.In(language).Format("Campaigns.PromptSummary", ("title", campaign.Title)));
    }

    /// <summary>The message as it has to look now: edited, resting, ended or taken back.</summary>
    internal async Task<DeliveryContent> BuildUpdateAsync(Data.Delivery delivery, PromptInPlace place, CancellationToken cancellationToken)
    {
        var (campaign, prompt, conversation, _) = place;
        var now = clock.GetUtcNow();
        var message = await db.Deliveries.AsNoTracking()
            .Where(d => d.PersonId == delivery.PersonId && d.Kind == DeliveryKind.Prompt && d.PromptId == delivery.PromptId && d.MessageId != null)
            .Select(d => d.MessageId).FirstOrDefaultAsync(cancellationToken);
        if (message is null || await LanguageAsync(delivery.PersonId!.Value, conversation.WorkspaceId, cancellationToken) is not { } language)
        {
            return new DeliveryContent.Skip("not_posted");
        }

        var t = Texts.In(language);
        if (campaign.RetractedAt is not null)
        {
            return new DeliveryContent.Update(PromptCards.Retracted(language), t["Broadcasts.Retracted"], message);
        }

        var live = campaign.State is CampaignState.Running or CampaignState.Scheduled && prompt.EndedAt is null;
        var card = live
            ? await shared.GetAsync(prompt.Id, campaign.Version, language, "live", () => LiveAsync(campaign, prompt, language, now, cancellationToken))
            : await shared.GetAsync(prompt.Id, campaign.Version, language, "ended", async () => PromptCards.Ended(
                campaign,
                await query.ReadAsync(campaign.Id, conversationId: null, now, cancellationToken),
                campaign.State != CampaignState.Closed && prompt.EndedAt is null,
                language));
        return new DeliveryContent.Update(card, t.Format("Campaigns.PromptSummary", ("title", campaign.Title)), message);
    }

    /// <summary>It arrived: the person could see it from now on, and what changed while it was on its way follows.</summary>
    internal async Task OnSentAsync(Data.Delivery delivery, Prompt prompt, Campaign campaign, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        prompt.PostedAt ??= now;
        var personId = delivery.PersonId!.Value;
        if (!await db.Memberships.AnyAsync(m => m.ConversationId == prompt.ConversationId && m.PersonId == personId, cancellationToken))
        {
            db.Memberships.Add(new Membership { ConversationId = prompt.ConversationId, PersonId = personId, JoinedAt = now });
        }

        if (builtVersion != campaign.Version)
        {
            var key = $"update:{prompt.Id}:{campaign.Version}:{personId}";
            if (!await db.Deliveries.AnyAsync(d => d.Key == key, cancellationToken))
            {
                db.Deliveries.Add(new Data.Delivery
                {
                    PublicId = Guid.NewGuid(),
                    WorkspaceId = delivery.WorkspaceId,
                    ConversationId = delivery.ConversationId,
                    CampaignId = delivery.CampaignId,
                    PromptId = delivery.PromptId,
                    Kind = DeliveryKind.PromptUpdate,
                    Priority = Data.Delivery.Bulk,
                    PersonId = personId,
                    Key = key,
                    NotBefore = now,
                    CreatedAt = now,
                    UpdatedAt = now,
                });
            }
        }

        builtVersion = null;
    }

    private async Task<Cards.AdaptiveCard> LiveAsync(Campaign campaign, Prompt prompt, Language language, DateTimeOffset now, CancellationToken cancellationToken) =>
        cards.Live(campaign, prompt.Id, language, now, await credits.OfAsync(campaign.SuggestionId, cancellationToken));

    /// <summary>The person's language; null: the person is not there any more.</summary>
    private async Task<Language?> LanguageAsync(long personId, long workspaceId, CancellationToken cancellationToken)
    {
        var known = await (
            from person in db.People.AsNoTracking()
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            join profile in db.PersonProfiles.AsNoTracking() on person.Id equals profile.PersonId into profiles
            from profile in profiles.DefaultIfEmpty()
            where person.Id == personId && person.WorkspaceId == workspaceId
            select new { person.Language, Listed = profile.Language, Default = workspace.Language }).FirstOrDefaultAsync(cancellationToken);
        return known is null ? null : Language.First(known.Language, known.Listed, known.Default);
    }

    /// <summary>What the person wants, with whichever of their accounts they said it.</summary>
    private async Task<DeliveryContent?> RefusalAsync(Data.Delivery delivery, Campaign campaign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var personId = delivery.PersonId!.Value;
        var accounts = await db.PersonProfiles.AsNoTracking()
            .Where(f => f.HumanId == db.PersonProfiles.Where(own => own.PersonId == personId).Select(own => own.HumanId).First())
            .Select(f => new { f.PersonId, f.DeactivatedAt }).ToListAsync(cancellationToken);
        if (accounts.Exists(account => account.DeactivatedAt is not null))
        {
            return new DeliveryContent.Skip(Recipient.Gone);
        }

        List<long> ids = [.. accounts.Select(account => account.PersonId).Append(personId).Distinct()];
        if (ids.Count > 1 && await db.Deliveries.AsNoTracking().AnyAsync(
            d => d.PersonId != null && d.PersonId != personId && ids.Contains(d.PersonId.Value) && d.Kind == DeliveryKind.Prompt && d.CampaignId == campaign.Id
                && (d.State == DeliveryState.Sent || d.State == DeliveryState.Sending || d.State == DeliveryState.Unknown),
            cancellationToken))
        {
            return new DeliveryContent.Skip(ElsewhereReason);
        }

        var verdicts = await rules.CheckAsync(ids, Contact.Prompt(campaign), now, cancellationToken);
        foreach (var id in ids)
        {
            if (AudiencePlan.IsOwnWish(verdicts[id].Reason, later: false))
            {
                return new DeliveryContent.Skip(verdicts[id].Code);
            }
        }

        return verdicts[personId] switch
        {
            { IsAllowed: true } => null,
            { Reason: ContactReason.QuietHours, Until: { } until } verdict => new DeliveryContent.Wait(until, verdict.Code),
            var verdict => new DeliveryContent.Skip(verdict.Code),
        };
    }
}
