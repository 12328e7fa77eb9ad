using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Broadcasts;

/// <summary>
/// A campaign's deliveries as CSV (RFC 4180, comma, CRLF, UTF-8 with a byte order mark), one line for each recipient: <c>recipient</c> (<c>channel</c> or <c>person</c>),
/// <c>platform</c>, <c>workspace</c>, <c>channel</c> (its name; empty for a person), <c>state</c>, <c>reason</c>, <c>attempts</c>, <c>created</c> and <c>updated</c>
/// (ISO 8601, UTC), <c>delivery</c> (our id, as the logs have it). Nobody is named: who was not written to by their own choice is nobody's business.
/// </summary>
public sealed class DeliveryFile(ActionTokens tokens, IDbContextFactory<AdvocacyDb> contexts)
{
    internal const string Verb = "deliveries.csv";
    private const int Page = 2000;

    /// <summary>The campaign whose file an address opens, while it lasts and its person may still see it.</summary>
    /// <returns>Null: the address is wrong or old, or not for them any more.</returns>
    public async Task<long?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (tokens.Read(token, out var read) != TokenVerdict.Valid || read is not { Verb: Verb })
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var may = await db.People.AnyAsync(
            p => p.Id == read.PersonId && p.WorkspaceId == read.Context && p.Reachable && (p.Roles & CampaignRoutes.Managers) != Roles.None, cancellationToken)
            && await db.Campaigns.AnyAsync(c => c.Id == read.Subject && c.WorkspaceId == read.Context, cancellationToken);
        return may ? read.Subject : null;
    }

    /// <returns>How many lines were written, the heading aside.</returns>
    public async Task<int> WriteAsync(long campaignId, TextWriter to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await CsvRow.WriteAsync(to, ["recipient", "platform", "workspace", "channel", "state", "reason", "attempts", "created", "updated", "delivery"]);
        var workspaces = await db.Workspaces.AsNoTracking().ToDictionaryAsync(w => w.Id, cancellationToken);
        var prompts = await db.Prompts.AsNoTracking().Where(p => p.CampaignId == campaignId).Select(p => p.Id).ToListAsync(cancellationToken);
        var tally = await new DeliveryTallyQuery(db).ReadAsync(campaignId, DateTimeOffset.UnixEpoch, cancellationToken);
        var merged = Enum.GetValues<DeliveryState>().ToDictionary(
            state => state, state => DeliveryReasons.Merged(tally.Reasons(state)).Any(reason => reason.Key == DeliveryReasons.OwnChoice));
        var written = 0;
        foreach (var delivery in await DeliveryTallyQuery.Channels(db, prompts).OrderBy(d => d.Id).ToListAsync(cancellationToken))
        {
            var name = await db.Conversations.AsNoTracking().Where(c => c.Id == delivery.ConversationId).Select(c => c.Name).FirstOrDefaultAsync(cancellationToken);
            await LineAsync("channel", delivery, name);
        }

        for (long after = 0; ;)
        {
            var page = await db.Deliveries.AsNoTracking()
                .Where(d => d.Id > after && d.PromptId != null && prompts.Contains(d.PromptId.Value) && d.Kind == DeliveryKind.Prompt && d.PersonId != null)
                .OrderBy(d => d.Id).Take(Page).ToListAsync(cancellationToken);
            if (page.Count == 0)
            {
                return written;
            }

            foreach (var delivery in page)
            {
                await LineAsync("person", delivery, channel: null);
            }

            after = page[^1].Id;
        }

        async Task LineAsync(string recipient, Data.Delivery delivery, string? channel)
        {
            var workspace = workspaces[delivery.WorkspaceId];
            var reason = delivery.Reason is { } own && merged[delivery.State] && DeliveryReasons.IsOwnChoice(own) ? DeliveryReasons.OwnChoice : delivery.Reason;
            await CsvRow.WriteAsync(to,
            [
                recipient, workspace.Platform, workspace.Name, channel, Audience.Name(delivery.State), reason,
                delivery.Attempts.ToString(CultureInfo.InvariantCulture), Time(delivery.CreatedAt), Time(delivery.UpdatedAt), delivery.Id.ToString(CultureInfo.InvariantCulture),
            ]);
            written++;
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
