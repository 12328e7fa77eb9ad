using System.Data.Common;
using System.Text.Json;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Suggestions;

namespace AdvocacyBot.Core.Digests;

/// <summary>Reads what channels' weeks came to, from the rows themselves: nothing is summed up beforehand, so late and withdrawn facts count right.</summary>
public sealed class DigestQuery(Database database)
{
    public async Task<DigestNumbers> ReadAsync(DigestScope scope, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await ReadAllAsync([scope], now, cancellationToken))[0];

    /// <summary>The same for many channels, each with its own days, in the same few statements.</summary>
    /// <param name="scopes">Every conversation at most once.</param>
    /// <param name="now">What is open and what is coming is told from here.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>In the order of <paramref name="scopes"/>.</returns>
    public async Task<IReadOnlyList<DigestNumbers>> ReadAllAsync(IReadOnlyList<DigestScope> scopes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        var tallies = scopes.ToDictionary(scope => scope.ConversationId, scope => new ChannelTally(scope));
        var nowMs = now.ToUnixTimeMilliseconds();
        var wanted = JsonSerializer.Serialize(scopes.Select(scope => new[]
        {
            scope.ConversationId, scope.Period.BeforeStart.ToUnixTimeMilliseconds(), scope.Period.Start.ToUnixTimeMilliseconds(), scope.Period.End.ToUnixTimeMilliseconds(),
        }));

        await using var connection = await database.OpenAsync(cancellationToken);
        var reading = new DigestReading(connection, database.IsSqlite, cancellationToken);
        await reading.ForEachAsync(DigestSql.Prompts, r => tallies[r.GetInt64(0)].AddPrompt(
            r.GetInt64(1), r.GetInt64(2), r.GetInt64(3) == (long)CampaignState.Running, r.GetInt64(4), Nullable(r, 5), Nullable(r, 6), Nullable(r, 7), nowMs), wanted, nowMs);
        await reading.ForEachAsync(DigestSql.HadPromptBefore, r => tallies[r.GetInt64(0)].AddHadPromptBefore(), wanted);
        await reading.ForEachAsync(DigestSql.Stays, r => tallies[r.GetInt64(0)].AddStay(r.GetInt64(1), r.GetInt64(2), Nullable(r, 3)), wanted);
        await reading.ForEachAsync(DigestSql.Events, r => tallies[r.GetInt64(0)].AddEvent(
            r.GetInt64(1) == 1, (LedgerKind)r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), (int)r.GetInt64(5)), wanted);
        if (scopes.Count > 0 && await reading.AnyAsync(DigestSql.AnyDirect, scopes.Min(scope => scope.Period.BeforeStart.ToUnixTimeMilliseconds())))
        {
            await reading.ForEachAsync(DigestSql.DirectStays, r => tallies[r.GetInt64(0)].AddDirectStay(
                r.GetInt64(1), r.GetInt64(2), Math.Min(Nullable(r, 3) ?? long.MaxValue, Nullable(r, 4) ?? long.MaxValue), r.GetInt64(5)), wanted);
            await reading.ForEachAsync(DigestSql.DirectEvents, r => tallies[r.GetInt64(0)].AddEvent(
                r.GetInt64(1) == 1, (LedgerKind)r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), (int)r.GetInt64(5)), wanted);
        }

        await reading.ForEachAsync(DigestSql.Visits, r => tallies[r.GetInt64(0)].AddVisits(r.GetInt64(1), (int)r.GetInt64(2)), wanted);
        await reading.ForEachAsync(DigestSql.Fetches, r => tallies[r.GetInt64(0)].AddFetched((int)r.GetInt64(1)), wanted);
        foreach (var tally in tallies.Values)
        {
            tally.CountSharers();
        }

        var names = await reading.TextsAsync(DigestSql.NamesOfWilling, tallies.Values.SelectMany(t => t.Sharers));
        var titles = new Dictionary<long, string>();
        var suggestions = new Dictionary<long, long>();
        await reading.ForEachOfAsync(DigestSql.Titles, tallies.Values.SelectMany(t => t.Campaigns), r =>
        {
            titles[r.GetInt64(0)] = r.GetString(1);
            if (!r.IsDBNull(2))
            {
                suggestions[r.GetInt64(0)] = r.GetInt64(2);
            }
        });
        var credits = await CreditsAsync(reading, suggestions);
        return [.. scopes.Select(scope => tallies[scope.ConversationId].Finish(titles, names, credits))];
    }

    /// <returns>By campaign; nothing is asked where no campaign was a suggestion.</returns>
    private static async Task<Dictionary<long, Credit>> CreditsAsync(DigestReading reading, Dictionary<long, long> suggestions)
    {
        if (suggestions.Count == 0)
        {
            return [];
        }

        var bySuggestion = new Dictionary<long, Credit>();
        await reading.ForEachOfAsync(DigestSql.Credits, suggestions.Values, r =>
        {
            var before = bySuggestion.GetValueOrDefault(r.GetInt64(0), new Credit([], 0));
            bySuggestion[r.GetInt64(0)] = r.GetInt64(2) == 1
                ? before with { Names = [.. before.Names, r.GetString(1)] }
                : before with { Others = before.Others + 1 };
        });
        return suggestions.Where(s => bySuggestion.ContainsKey(s.Value)).ToDictionary(s => s.Key, s => bySuggestion[s.Value]);
    }

    private static long? Nullable(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
