using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>
/// A campaign's card for people one by one, as it is when it is sent; what each of them wants is looked at again then. Read for many at once, with the same few queries
/// whatever their number.
/// </summary>
public sealed class DirectContent(
    AdvocacyDb db, PromptCards cards, DirectCards shared, Credits credits, CampaignQuery query, ContactRules rules, TimeProvider clock)
{
    /// <summary>Another account of the same person got it, or may have.</summary>
    public const string ElsewhereReason = "reached_elsewhere";

    /// <summary>How long an update waits for the message that it updates.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(15);

    /// <summary>The messages, or why there are none, or not yet.</summary>
    /// <param name="place">What all of them are about.</param>
    /// <param name="deliveries">Each for another person.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    internal async Task<IReadOnlyList<DeliveryContent>> BuildAsync(PromptInPlace place, IReadOnlyList<Data.Delivery> deliveries, CancellationToken cancellationToken)
    {
        var (campaign, prompt, conversation, _) = place;
        var now = clock.GetUtcNow();
        var reason = DirectPrompts.Reason(campaign, prompt) ?? (prompt.EndsAt <= now ? "campaign_ended" : null);
        if (reason is not null)
        {
            return [.. deliveries.Select(_ => new DeliveryContent.Skip(reason))];
        }

        var readers = await ReadersAsync([.. deliveries.Select(delivery => delivery.PersonId!.Value)], conversation.WorkspaceId, cancellationToken);
        var refusals = await RefusalsAsync(readers, campaign, now, cancellationToken);
        var posts = new Dictionary<Language, DeliveryContent>();
        var built = new List<DeliveryContent>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            var person = delivery.PersonId!.Value;
            delivery.BuiltVersion = campaign.Version;
            built.Add(!readers.TryGetValue(person, out var reader)
                ? new DeliveryContent.Skip(Recipient.Gone)
                : refusals[person] ?? await PostAsync(reader.Language));
        }

        return built;

        async Task<DeliveryContent> PostAsync(Language language) => posts.TryGetValue(language, out var post) ? post : posts[language] = new DeliveryContent.Post(
            await shared.GetAsync(prompt.Id, campaign.Version, language, "live", () => LiveAsync(campaign, prompt, language, now, cancellationToken)),
            Texts.In(language).Format("Campaigns.PromptSummary", ("title", campaign.Title)));
    }

    /// <summary>The messages as they have to look now: edited, resting, ended or taken back.</summary>
    /// <inheritdoc cref="BuildAsync"/>
    internal async Task<IReadOnlyList<DeliveryContent>> BuildUpdatesAsync(PromptInPlace place, IReadOnlyList<Data.Delivery> deliveries, CancellationToken cancellationToken)
    {
        var (campaign, prompt, conversation, _) = place;
        var now = clock.GetUtcNow();
        List<long> ids = [.. deliveries.Select(delivery => delivery.PersonId!.Value)];

        // Found by the person: compared as it stands, the prompt would be taken for the better way in, and stands for everybody it was sent to.
        var messages = await db.Deliveries.AsNoTracking()
            .Where(d => d.PersonId != null && ids.Contains(d.PersonId.Value) && d.Kind == DeliveryKind.Prompt && (d.PromptId ?? 0) == prompt.Id)
            .Select(d => new { PersonId = d.PersonId!.Value, d.MessageId, d.State }).ToDictionaryAsync(d => d.PersonId, cancellationToken);
        var readers = await ReadersAsync(ids, conversation.WorkspaceId, cancellationToken);
        var built = new List<DeliveryContent>(deliveries.Count);
        foreach (var person in ids)
        {
            built.Add((messages.GetValueOrDefault(person), readers.GetValueOrDefault(person)?.Language) switch
            {
                ({ MessageId: { } message }, { } language) => await UpdateAsync(campaign, prompt, language, message, now, cancellationToken),
                ({ State: DeliveryState.Sending }, _) => new DeliveryContent.Wait(now + OnItsWay, "not_posted"),
                _ => new DeliveryContent.Skip("not_posted"),
            });
        }

        return built;
    }

    /// <summary>They arrived: these people could see it from now on, and what changed while it was on its way follows.</summary>
    internal async Task OnSentAsync(IReadOnlyList<Data.Delivery> deliveries, Prompt prompt, Campaign campaign, CancellationToken cancellationToken)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        prompt.PostedAt ??= now;
        var outbox = new DirectOutbox(db);
        await outbox.NoteSeenAsync(prompt.ConversationId, deliveries.Select(delivery => delivery.PersonId!.Value), now, cancellationToken);

        // After a crash nobody knows what it said, so it is made to say what it has to.
        List<long> outdated = [.. deliveries.Where(delivery => delivery.BuiltVersion != campaign.Version).Select(delivery => delivery.PersonId!.Value)];
        if (outdated.Count > 0)
        {
            await outbox.UpdateAsync(prompt.Id, campaign.Version, outdated, now, cancellationToken);
        }
    }

    private async Task<DeliveryContent> UpdateAsync(Campaign campaign, Prompt prompt, Language language, string message, DateTimeOffset now, CancellationToken cancellationToken)
    {
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

    private async Task<AdaptiveCard> LiveAsync(Campaign campaign, Prompt prompt, Language language, DateTimeOffset now, CancellationToken cancellationToken) =>
        cards.Live(campaign, prompt.Id, language, now, await credits.OfAsync(campaign.SuggestionId, cancellationToken));

    /// <summary>Each person who is still there, with all accounts that are theirs.</summary>
    private async Task<Dictionary<long, Reader>> ReadersAsync(List<long> ids, long workspaceId, CancellationToken cancellationToken)
    {
        var rows = await (
            from person in db.People.AsNoTracking()
            join workspace in db.Workspaces.AsNoTracking() on person.WorkspaceId equals workspace.Id
            join own in db.PersonProfiles.AsNoTracking() on person.Id equals own.PersonId into owns
            from own in owns.DefaultIfEmpty()
            join account in db.PersonProfiles.AsNoTracking() on own.HumanId equals account.HumanId into accounts
            from account in accounts.DefaultIfEmpty()
            where ids.Contains(person.Id)
            select new
            {
                person.Id, person.WorkspaceId, person.Language, Listed = own.Language, Default = workspace.Language, Account = (long?)account.PersonId, account.DeactivatedAt,
            }).ToListAsync(cancellationToken);

        // Asked for as well, the workspace would be taken for the way in: everybody in it, for each message.
        var readers = new Dictionary<long, Reader>(ids.Count);
        foreach (var row in rows.Where(row => row.WorkspaceId == workspaceId))
        {
            if (!readers.TryGetValue(row.Id, out var reader))
            {
                readers[row.Id] = reader = new Reader(Language.First(row.Language, row.Listed, row.Default), [row.Id]);
            }

            reader.Deactivated |= row.DeactivatedAt is not null;
            if (row.Account is { } account && account != row.Id)
            {
                reader.Accounts.Add(account);
            }
        }

        return readers;
    }

    /// <summary>What each person wants, with whichever of their accounts they said it; null: the message.</summary>
    private async Task<Dictionary<long, DeliveryContent?>> RefusalsAsync(
        Dictionary<long, Reader> readers, Campaign campaign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<long> all = [.. readers.Values.SelectMany(reader => reader.Accounts).Distinct()];
        List<long> others = [.. readers.Values.Where(reader => reader.Accounts.Count > 1).SelectMany(reader => reader.Accounts).Distinct()];
        var reached = others.Count == 0
            ? []
            : (await db.Deliveries.AsNoTracking()
                .Where(d => d.PersonId != null && others.Contains(d.PersonId.Value) && d.Kind == DeliveryKind.Prompt && d.CampaignId == campaign.Id
                    && (d.State == DeliveryState.Sent || d.State == DeliveryState.Sending || d.State == DeliveryState.Unknown))
                .Select(d => d.PersonId!.Value).ToListAsync(cancellationToken)).ToHashSet();
        var verdicts = await rules.CheckAsync(all, Contact.Prompt(campaign), now, cancellationToken);
        return readers.ToDictionary(reader => reader.Key, reader => Refusal(reader.Key, reader.Value));

        DeliveryContent? Refusal(long id, Reader reader)
        {
            if (reader.Deactivated)
            {
                return new DeliveryContent.Skip(Recipient.Gone);
            }

            if (reader.Accounts.Exists(account => account != id && reached.Contains(account)))
            {
                return new DeliveryContent.Skip(ElsewhereReason);
            }

            if (reader.Accounts.Find(account => AudiencePlan.IsOwnWish(verdicts[account].Reason, later: false)) is var wish and not 0)
            {
                return new DeliveryContent.Skip(verdicts[wish].Code);
            }

            return verdicts[id] switch
            {
                { IsAllowed: true } => null,
                { Reason: ContactReason.QuietHours, Until: { } until } verdict => new DeliveryContent.Wait(until, verdict.Code),
                var verdict => new DeliveryContent.Skip(verdict.Code),
            };
        }
    }

    /// <param name="Language">Theirs.</param>
    /// <param name="Accounts">Ids, their own first.</param>
    private sealed record Reader(Language Language, List<long> Accounts)
    {
        /// <summary>One of the accounts is not used any more.</summary>
        public bool Deactivated { get; set; }
    }
}
