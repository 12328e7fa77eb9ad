using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>
/// Lets a campaign be changed and its messages be noted as sent only one after the other. Both begin with the campaign's row, so that whoever comes second sees what the first did:
/// the change plans updates of all messages that are noted, and who notes a message sees that the campaign has changed since it was made.
/// </summary>
internal static class CampaignLock
{
    /// <summary>
    /// Waits for a change of the campaign that is being written, and holds up the next one, until the context's transaction ends. SQLite has one writer anyway. Rows that refer to
    /// the campaign can be written meanwhile.
    /// </summary>
    public static async Task HoldAsync(AdvocacyDb db, long? campaignId, CancellationToken cancellationToken)
    {
        if (campaignId is { } id && !db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM campaigns WHERE "Id" = {id} FOR NO KEY UPDATE""", cancellationToken);
        }
    }
}
