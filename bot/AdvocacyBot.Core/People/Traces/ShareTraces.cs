using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.People;

/// <summary>
/// Shares: the words, and the pages that act for the person. The link that stands in posts leads visitors on, and its visits count for the campaign; whose it was
/// is not known any more.
/// </summary>
internal sealed class ShareTraces(ShareStore store, PublicAddress address) : IPersonTraces
{
    private readonly List<long> erased = [];

    public string Section => "shares";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        var shares = await (
            from share in db.Shares.AsNoTracking()
            join campaign in db.Campaigns.AsNoTracking() on share.CampaignId equals campaign.Id
            where share.PersonId == person.Id
            orderby share.CreatedAt, share.Id
            select new { share.Id, Campaign = campaign.Title, share.Text, share.Language, share.Code, share.CreatedAt }).ToListAsync(cancellationToken);
        var ids = shares.ConvertAll(s => s.Id);
        var visits = await db.Clicks.AsNoTracking().Where(c => ids.Contains(c.ShareId) && c.Class == (int)ClickClass.Human)
            .GroupBy(c => c.ShareId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return ExportJson.List(shares.ConvertAll(s => new
        {
            s.Campaign,
            s.Text,
            s.Language,
            Link = address.Tracked(s.Code, null).AbsoluteUri,
            s.CreatedAt,
            Visits = visits.GetValueOrDefault(s.Id),
        }));
    }

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        foreach (var id in await db.Shares.Where(s => s.PersonId == person.Id).Select(s => s.Id).ToListAsync(cancellationToken))
        {
            var (code, owner) = (LinkCode.New() + LinkCode.New(), anonymousId);
            await db.Database.ExecuteSqlAsync(
                $"""UPDATE shares SET "PersonId" = {owner}, "Text" = '', "PrivateCode" = {code} WHERE "Id" = {id}""", cancellationToken);
            erased.Add(id);
        }
    }

    public void Forget(TracedPerson person) => erased.ForEach(store.Forget);
}
