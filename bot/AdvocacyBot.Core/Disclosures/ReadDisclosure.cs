using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Disclosures;

/// <summary>What a workspace's programme requires now.</summary>
public static class ReadDisclosure
{
    public static async Task<DisclosureRule> DisclosureAsync(this AdvocacyDb db, long workspaceId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var texts = await db.Disclosures.AsNoTracking().Where(d => d.WorkspaceId == workspaceId).ToDictionaryAsync(d => d.Language, d => d.Text, cancellationToken);
        return texts.Count == 0 ? DisclosureRule.None : new DisclosureRule(texts);
    }
}
