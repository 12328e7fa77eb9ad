using System.Collections;
using System.Data.Common;
using AdvocacyBot.Core.Digests;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>Works out who could see a prompt on each day: was in a channel while a campaign was live in it.</summary>
internal static class CouldSee
{
    private const string Prompts =
        """
        SELECT r."ConversationId", r."PostedAt", r."EndedAt" FROM prompts r JOIN conversations c ON c."Id" = r."ConversationId"
        WHERE c."WorkspaceId" = $1 AND r."PostedAt" < $3 AND (r."EndedAt" IS NULL OR r."EndedAt" > $2)
        """;

    private const string Stays =
        """
        SELECT m."ConversationId", m."PersonId", m."JoinedAt", m."LeftAt" FROM memberships m JOIN conversations c ON c."Id" = m."ConversationId"
        WHERE c."WorkspaceId" = $1 AND m."JoinedAt" < $3 AND (m."LeftAt" IS NULL OR m."LeftAt" > $2)
        """;

    /// <summary>The day of a workspace's first prompt; null where none was ever posted.</summary>
    public static async Task<int?> FirstDayAsync(DbConnection connection, DbTransaction? transaction, long workspace, LocalDays days, CancellationToken cancellationToken)
    {
        await using var command = DigestSql.Command(
            connection, """SELECT MIN(r."PostedAt") FROM prompts r JOIN conversations c ON c."Id" = r."ConversationId" WHERE c."WorkspaceId" = $1""", workspace);
        command.Transaction = transaction;
        return await command.ExecuteScalarAsync(cancellationToken) is long at ? days.Of(at) : null;
    }

    /// <returns>A <see cref="PersonSet"/> for each day of the range, both ends included.</returns>
    public static async Task<List<byte[]>> ReadAsync(
        DbConnection connection, DbTransaction? transaction, long workspace, LocalDays days, int first, int last, CancellationToken cancellationToken)
    {
        var (from, to) = (days.Start(first), days.Start(last + 1));
        var live = new Dictionary<long, List<(long From, long To)>>();
        await ReadAsync(connection, transaction, Prompts, workspace, from, to, r =>
        {
            if (!live.TryGetValue(r.GetInt64(0), out var times))
            {
                live[r.GetInt64(0)] = times = [];
            }

            times.Add((Math.Max(from, r.GetInt64(1)), r.IsDBNull(2) ? to : Math.Min(to, r.GetInt64(2))));
        }, cancellationToken);
        foreach (var channel in live.Keys.ToList())
        {
            live[channel] = Joined(live[channel]);
        }

        var stays = new List<(long Person, long From, long To, List<(long From, long To)> Live)>();
        await ReadAsync(connection, transaction, Stays, workspace, from, to, r =>
        {
            if (live.TryGetValue(r.GetInt64(0), out var times))
            {
                stays.Add((r.GetInt64(1), r.GetInt64(2), r.IsDBNull(3) ? to : Math.Min(to, r.GetInt64(3)), times));
            }
        }, cancellationToken);

        var people = stays.Select(s => s.Person).Distinct().Order().ToArray();
        var seen = Enumerable.Range(first, last - first + 1).Select(_ => new BitArray(people.Length)).ToArray();
        foreach (var (person, joined, left, times) in stays)
        {
            var index = Array.BinarySearch(people, person);
            foreach (var (start, end) in times)
            {
                var (a, b) = (Math.Max(joined, start), Math.Min(left, end));
                if (a < b)
                {
                    var until = days.Of(b - 1);
                    for (var day = days.Of(a); day <= until; day++)
                    {
                        seen[day - first][index] = true;
                    }
                }
            }
        }

        return Written(seen, people);
    }

    /// <summary>A day is often as the day before.</summary>
    private static List<byte[]> Written(BitArray[] seen, long[] people)
    {
        var sets = new List<byte[]>(seen.Length);
        for (var day = 0; day < seen.Length; day++)
        {
            var same = day > 0 && !new BitArray(seen[day]).Xor(seen[day - 1]).HasAnySet();
            sets.Add(same ? sets[^1] : PersonSet.Write([.. people.Where((_, i) => seen[day][i])]));
        }

        return sets;
    }

    /// <summary>The times in order, those that touch or overlap as one.</summary>
    private static List<(long From, long To)> Joined(List<(long From, long To)> times)
    {
        var joined = new List<(long From, long To)>();
        foreach (var time in times.Where(t => t.From < t.To).Order())
        {
            if (joined.Count > 0 && time.From <= joined[^1].To)
            {
                joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, time.To));
            }
            else
            {
                joined.Add(time);
            }
        }

        return joined;
    }

    private static async Task ReadAsync(
        DbConnection connection, DbTransaction? transaction, string sql, long workspace, long from, long to, Action<DbDataReader> row, CancellationToken cancellationToken)
    {
        await using var command = DigestSql.Command(connection, sql, workspace, from, to);
        command.Transaction = transaction;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            row(reader);
        }
    }
}
