using System.Data.Common;
using System.Text.Json;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Reports.RollUp;
using NodaTime;

namespace AdvocacyBot.Core.Reports;

/// <summary>Which rows stand behind a figure.</summary>
/// <param name="Kind">One of <see cref="ReportRows.Kinds"/>.</param>
/// <param name="CampaignId">One campaign's; null: all.</param>
/// <param name="Before">Rows with a lower id than this; null: from the newest.</param>
/// <param name="Most">At most so many.</param>
public sealed record RowsWanted(string Kind, long? CampaignId, long? Before, int Most);

/// <summary>One row of the ledger or of the clicks, without saying whose it is unless they agreed to be named.</summary>
/// <param name="Id">In its table; for reading on.</param>
/// <param name="Day">Local day; the hour would tell more than it explains.</param>
/// <param name="Kind">What happened; null for a request to a link.</param>
/// <param name="Class">The click rule's verdict; null for an entry of the ledger.</param>
/// <param name="Amount">+1, or -1 for what was taken back.</param>
/// <param name="Network">Key of the network; null where none is known.</param>
/// <param name="Campaign">Title; null for a suggestion, and where too few could see it to say which one it was.</param>
/// <param name="Name">Of somebody who agreed to be named; null for everybody else.</param>
public sealed record ReportRow(long Id, LocalDate Day, LedgerKind? Kind, ClickClass? Class, int Amount, string? Network, string? Campaign, string? Name);

/// <summary>Reads the rows behind figures, the newest first.</summary>
public sealed class ReportRows(Database database)
{
    /// <summary>Rungs of the ladder, reactions and suggestions; <c>requests</c>: all requests to personal links with the rule's verdict.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["acted", "opened", "said", "posted", "fetched", "clicked", "reacted", "suggested", "requests"];

    private const string Entries =
        """
        SELECT l."Id", l."At", l."Kind", l."Amount", l."Network", l."CampaignId", c."Title", CASE WHEN p."AppearByName" AND p."ConsentedAt" IS NOT NULL THEN p."Name" END
        FROM ledger l LEFT JOIN campaigns c ON c."Id" = l."CampaignId" LEFT JOIN people p ON p."Id" = l."PersonId"
        WHERE l."WorkspaceId" = $1 AND l."At" >= $2 AND l."At" < $3 AND l."Id" < $4 AND ($5 = 0 OR l."CampaignId" = $5) AND l."Kind" IN (SELECT "Id" FROM ids)
        ORDER BY l."Id" DESC LIMIT $6
        """;

    private const string Requests =
        """
        SELECT k."Id", k."At", k."Class", k."Network", k."CampaignId", c."Title"
        FROM clicks k JOIN conversations v ON v."Id" = k."ConversationId" LEFT JOIN campaigns c ON c."Id" = k."CampaignId"
        WHERE v."WorkspaceId" = $1 AND k."At" >= $2 AND k."At" < $3 AND k."Id" < $4 AND ($5 = 0 OR k."CampaignId" = $5) AND k."Class" IN (SELECT "Id" FROM ids)
        ORDER BY k."Id" DESC LIMIT $6
        """;

    /// <returns>Empty for a kind that there is not, and where the whole group is too small for single rows.</returns>
    public async Task<IReadOnlyList<ReportRow>> ReadAsync(ReportVisitor visitor, ReportPeriod period, RowsWanted wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(wanted);
        if (!Kinds.Contains(wanted.Kind))
        {
            return [];
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await ReportReading.BeginAsync(connection, cancellationToken);
        var requests = wanted.Kind is "fetched" or "clicked" or "requests";
        var days = new LocalDays(period.TimeZone);
        var rows = new List<(ReportRow Row, long Campaign)>();
        await using (var command = DigestSql.Command(
            connection,
            (database.IsSqlite ? "WITH ids(\"Id\") AS (SELECT value FROM json_each($7)) " : "WITH ids(\"Id\") AS (SELECT v::bigint FROM json_array_elements_text($7::json) v) ") + (requests ? Requests : Entries),
            visitor.WorkspaceId,
            period.Start.ToUnixTimeMilliseconds(),
            period.End.ToUnixTimeMilliseconds(),
            wanted.Before ?? long.MaxValue,
            wanted.CampaignId ?? 0,
            (long)wanted.Most,
            JsonSerializer.Serialize(Numbers(wanted.Kind))))
        {
            command.Transaction = transaction;
            await using var r = await command.ExecuteReaderAsync(cancellationToken);
            while (await r.ReadAsync(cancellationToken))
            {
                var day = LocalDays.Date(days.Of(r.GetInt64(1)));
                rows.Add(requests
                    ? (new ReportRow(r.GetInt64(0), day, Kind: null, (ClickClass)r.GetInt32(2), 1, Text(r, 3), Text(r, 5), Name: null), r.GetInt64(4))
                    : (new ReportRow(r.GetInt64(0), day, (LedgerKind)r.GetInt32(2), Class: null, r.GetInt32(3), Text(r, 4), Text(r, 6), Text(r, 7)), r.GetInt64(5)));
            }
        }

        // Of a campaign that hardly anybody could see, a row would tell who did it.
        var reading = new ReportReading(connection, transaction, database.IsSqlite, cancellationToken);
        var small = new HashSet<long>();
        foreach (var campaign in rows.Select(row => row.Campaign).Where(id => id != 0).Distinct())
        {
            if (!await reading.IsLargeAsync([campaign]))
            {
                small.Add(campaign);
            }
        }

        return wanted.CampaignId is { } asked && small.Contains(asked)
            ? []
            : [.. rows.Select(row => small.Contains(row.Campaign) ? row.Row with { Campaign = null, Name = null } : row.Row)];
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static IEnumerable<int> Numbers(string kind) => kind switch
    {
        "acted" => [(int)LedgerKind.Opened, (int)LedgerKind.Said, (int)LedgerKind.Posted, (int)LedgerKind.Reacted, (int)LedgerKind.Suggested],
        "opened" => [(int)LedgerKind.Opened],
        "said" => [(int)LedgerKind.Said],
        "posted" => [(int)LedgerKind.Posted],
        "reacted" => [(int)LedgerKind.Reacted],
        "suggested" => [(int)LedgerKind.Suggested],
        "fetched" => [(int)ClickClass.Crawler],
        "clicked" => [(int)ClickClass.Human],
        _ => Enum.GetValues<ClickClass>().Select(value => (int)value),
    };
}
