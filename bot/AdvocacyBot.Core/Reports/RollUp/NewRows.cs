using System.Data.Common;
using System.Runtime.InteropServices;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>Sums of rows that are not in the days yet, by workspace and day.</summary>
internal sealed class NewRows(IReadOnlyDictionary<long, LocalDays> days)
{
    public Dictionary<(long Workspace, int Day), DayFacts> Facts { get; } = [];

    /// <summary>Reads on from where the days end.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="transaction">To read in; null: none.</param>
    /// <param name="from">Where the days end.</param>
    /// <param name="most">Rows of each table.</param>
    /// <param name="settled">By the time a row was recorded: whether to go beyond it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The last rows that were read.</returns>
    public async Task<(long Ledger, long Click)> ReadAsync(
        DbConnection connection, DbTransaction? transaction, (long Ledger, long Click) from, int most, Func<long, bool> settled, CancellationToken cancellationToken)
    {
        var (ledger, click) = from;
        await using (var command = DigestSql.Command(connection, RollUpSql.Entries, from.Ledger, (long)most))
        {
            command.Transaction = transaction;
            await using var r = await command.ExecuteReaderAsync(cancellationToken);
            while (await r.ReadAsync(cancellationToken) && settled(r.GetInt64(8)))
            {
                ledger = r.GetInt64(0);
                Of(r.GetInt64(1), r.GetInt64(7))?.AddEntry(
                    r.GetInt64(2), r.GetInt64(3), (LedgerKind)r.GetInt64(4), r.IsDBNull(5) ? null : r.GetString(5), (int)r.GetInt64(6));
            }
        }

        await using (var command = DigestSql.Command(connection, RollUpSql.Clicks, from.Click, (long)most))
        {
            command.Transaction = transaction;
            await using var r = await command.ExecuteReaderAsync(cancellationToken);
            while (await r.ReadAsync(cancellationToken) && settled(r.GetInt64(6)))
            {
                click = r.GetInt64(0);
                Of(r.GetInt64(1), r.GetInt64(6))?.AddClick(r.GetInt64(2), r.GetInt64(3), (int)r.GetInt64(4), r.IsDBNull(5) ? null : r.GetString(5));
            }
        }

        return (ledger, click);
    }

    private DayFacts? Of(long workspace, long at)
    {
        if (!days.TryGetValue(workspace, out var local))
        {
            return null;
        }

        ref var facts = ref CollectionsMarshal.GetValueRefOrAddDefault(Facts, (workspace, local.Of(at)), out _);
        return facts ??= new DayFacts();
    }
}
