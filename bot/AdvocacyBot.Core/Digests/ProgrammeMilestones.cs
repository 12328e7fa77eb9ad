using System.Collections.Concurrent;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Reports;
using NodaTime;

namespace AdvocacyBot.Core.Digests;

/// <summary>
/// Round numbers of shares that the whole programme passes, counted from its beginning: shares that people say they made, one person and campaign once. The same for all
/// channels, so it is read once for the digests of the same minutes.
/// </summary>
public sealed class ProgrammeMilestones(DayLadders days)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(long Workspace, LocalDate FirstDay), (DateTimeOffset At, int? Passed)> kept = new();

    /// <summary>1, 2.5 and 5 times the powers of ten, from a hundred on.</summary>
    internal static IEnumerable<int> Steps { get; } = [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000];

    /// <param name="workspaceId">Whose.</param>
    /// <param name="timeZone">The workspace's own.</param>
    /// <param name="firstDay">Of the seven days in which a number was passed.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The highest number passed in those days; null: none was, or so few people take part that nothing is told of them, or the history is not summed up yet.</returns>
    public async Task<int?> ReadAsync(long workspaceId, string timeZone, LocalDate firstDay, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = (workspaceId, firstDay);
        if (kept.TryGetValue(key, out var last) && now - last.At is var age && age >= TimeSpan.Zero && age < Fresh)
        {
            return last.Passed;
        }

        var zone = DigestWeek.Zone(timeZone, out _);
        var (start, end) = (DigestWeek.Midnight(zone, firstDay).ToDateTimeOffset(), DigestWeek.Midnight(zone, firstDay.PlusDays(DigestWeek.Length)).ToDateTimeOffset());
        var before = new LadderScope(workspaceId, CampaignId: null, DateTimeOffset.UnixEpoch, start);
        var until = before with { End = end };
        var read = await days.RunAsync(workspaceId, timeZone, new Dictionary<LadderScope, LadderParts> { [before] = LadderParts.Said, [until] = LadderParts.Said }, now, cancellationToken);
        if (read is null)
        {
            return null;
        }

        var passed = read[until].SmallGroup ? (int?)null : Steps.Where(step => read[before].Said < step && read[until].Said >= step).Select(step => (int?)step).Max();
        foreach (var old in kept.Where(k => now - k.Value.At >= Fresh).Select(k => k.Key))
        {
            kept.TryRemove(old, out _);
        }

        kept[key] = (now, passed);
        return passed;
    }
}
