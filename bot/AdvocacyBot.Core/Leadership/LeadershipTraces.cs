using System.Globalization;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Leadership;

/// <summary>Words that people said as sponsors, kick-off messages they sent and recurrences they set up.</summary>
public sealed class LeadershipTraces : IPersonTraces
{
    public string Section => "leadership";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        var campaigns = await db.Campaigns.AsNoTracking().Where(c => c.SponsorId == person.Id).OrderBy(c => c.Id)
            .Select(c => new { c.Title, c.SponsorName, c.SponsorMessage, c.SponsorImageUrl, c.SponsorImageAlt, c.SponsorAsk }).ToListAsync(cancellationToken);
        var kickoffs = await db.Kickoffs.AsNoTracking().Where(k => k.SponsorId == person.Id || k.AuthorId == person.Id).OrderBy(k => k.Id).ToListAsync(cancellationToken);
        var recurrences = await db.Recurrences.AsNoTracking().Where(r => r.AuthorId == person.Id).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        if (campaigns.Count + kickoffs.Count + recurrences.Count == 0)
        {
            return null;
        }

        return new JsonObject
        {
            ["sponsored"] = new JsonArray([.. campaigns.Select(c => new JsonObject
            {
                ["campaign"] = c.Title,
                ["name"] = c.SponsorName,
                ["message"] = c.SponsorMessage,
                ["picture"] = c.SponsorImageUrl,
                ["pictureShows"] = c.SponsorImageAlt,
                ["answer"] = c.SponsorAsk?.ToString(),
            })]),
            ["kickoffs"] = new JsonArray([.. kickoffs.Select(k => new JsonObject
            {
                ["at"] = k.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                ["title"] = k.AuthorId == person.Id ? k.Title : null,
                ["text"] = k.AuthorId == person.Id ? k.Text : null,
                ["messageAsSponsor"] = k.SponsorId == person.Id ? k.SponsorMessage : null,
            })]),
            ["recurringCampaigns"] = new JsonArray([.. recurrences.Select(r => new JsonObject
            {
                ["since"] = r.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                ["firstDay"] = r.FirstDay,
            })]),
        };
    }

    /// <summary>Cards that stand are brought in line by the minute's look at the outbox.</summary>
    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(db);
        foreach (var campaign in await db.Campaigns.Include(c => c.Prompts).Where(c => c.SponsorId == person.Id).ToListAsync(cancellationToken))
        {
            (campaign.SponsorId, campaign.SponsorName, campaign.SponsorMessage, campaign.SponsorImageUrl, campaign.SponsorImageAlt, campaign.SponsorAsk) = (null, null, null, null, null, null);
            campaign.Version++;
            db.Deliveries.AddRange(campaign.Prompts.Where(p => p.PostedAt is not null && campaign.State != CampaignState.Closed).Select(p => Update(campaign, p)));
        }

        await db.Kickoffs.Where(k => k.SponsorId == person.Id).ExecuteUpdateAsync(
            set => set.SetProperty(k => k.SponsorId, (long?)null).SetProperty(k => k.SponsorName, (string?)null).SetProperty(k => k.SponsorMessage, (string?)null)
                .SetProperty(k => k.SponsorImageUrl, (string?)null).SetProperty(k => k.SponsorImageAlt, (string?)null),
            cancellationToken);
        await db.Kickoffs.Where(k => k.AuthorId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.AuthorId, anonymousId), cancellationToken);
        await db.Recurrences.Where(r => r.AuthorId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.AuthorId, anonymousId), cancellationToken);
    }

    private static Data.Delivery Update(Campaign campaign, Prompt prompt) => new()
    {
        PublicId = Guid.NewGuid(),
        WorkspaceId = campaign.WorkspaceId,
        ConversationId = prompt.ConversationId,
        Kind = DeliveryKind.PromptUpdate,
        Key = string.Create(CultureInfo.InvariantCulture, $"update:{prompt.Id}:{campaign.Version}"),
        CampaignId = campaign.Id,
        PromptId = prompt.Id,
        NotBefore = campaign.UpdatedAt,
        CreatedAt = campaign.UpdatedAt,
        UpdatedAt = campaign.UpdatedAt,
    };
}
