using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Reports.RollUp;

namespace AdvocacyBot.Core.Reports;

/// <summary>What of a ladder is wanted beside people and visits, which it always has.</summary>
[Flags]
public enum LadderParts
{
    None = 0,
    Opened = 1,
    Said = 2,
    Posted = 4,
    Fetched = 8,
    All = Opened | Said | Posted | Fetched,
}

/// <summary>
/// Counts a whole programme's rungs from the days that the report is read from, some hundred times faster than from the rows. Days that are out of date are counted from the
/// rows in passing; nothing is written.
/// </summary>
public sealed class DayLadders(Database database)
{
    /// <param name="workspaceId">Whose.</param>
    /// <param name="timeZone">Its own.</param>
    /// <param name="wanted">Times of the whole programme, in whole local days; the last one may be today, or later.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>By scope, without applicants and leads, and without the parts that were not wanted; null: too much is not summed up yet.</returns>
    public async Task<IReadOnlyDictionary<LadderScope, Ladder>?> RunAsync(
        long workspaceId, string timeZone, IReadOnlyDictionary<LadderScope, LadderParts> wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var local = new LocalDays(timeZone);
        var ranges = wanted.Keys.Where(scope => scope.Start < scope.End)
            .ToDictionary(scope => scope, scope => (First: local.Of(scope.Start.ToUnixTimeMilliseconds()), Last: local.Of(scope.End.ToUnixTimeMilliseconds() - 1)));
        if (ranges.Count == 0)
        {
            return new Dictionary<LadderScope, Ladder>();
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await ReportReading.BeginAsync(connection, cancellationToken);
        var reading = new ReportReading(connection, transaction, database.IsSqlite, cancellationToken);
        var (first, last) = (ranges.Values.Min(r => r.First), ranges.Values.Max(r => r.Last));
        if (await reading.CurrentDaysAsync(workspaceId, timeZone, first, last, local.Of(now.ToUnixTimeMilliseconds())) is not { } days)
        {
            return null;
        }

        var unreachable = await reading.UnreachableAsync(workspaceId);
        var ladders = new Dictionary<LadderScope, Ladder>();
        foreach (var nested in ranges.GroupBy(r => (r.Value.First, Parts: wanted[r.Key])))
        {
            // Times that begin together are counted on from the shorter to the longer.
            var all = nested.OrderBy(r => r.Value.Last).ToList();
            var waiting = new Queue<StoredDay>(days.Where(day => day.Day >= nested.Key.First && day.Day <= all[^1].Value.Last));
            var tally = new LadderTally(waiting, nested.Key.Parts);
            foreach (var (scope, range) in all)
            {
                while (waiting.TryPeek(out var day) && day.Day <= range.Last)
                {
                    tally.Read(waiting.Dequeue());
                }

                ladders[scope] = tally.Ladder(unreachable);
            }
        }

        return ladders;
    }
}
