using System.Globalization;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Data;
using NodaTime;

namespace AdvocacyBot.Core.Recognition;

/// <summary>What badges are given for; the names are stored in the trace.</summary>
public enum BadgeFamily
{
    /// <summary>Campaigns shared, at rung <c>opened</c> or higher.</summary>
    Shares = 0,

    /// <summary>Things suggested.</summary>
    Suggestions = 1,

    /// <summary>Suggestions that became campaigns.</summary>
    MadeIt = 2,

    /// <summary>People who came in through the personal links.</summary>
    Visits = 3,

    /// <summary>Networks shared on.</summary>
    Networks = 4,

    /// <summary>Weeks in a row.</summary>
    Weeks = 5,

    /// <summary>Colleagues who said thanks.</summary>
    Thanked = 6,
}

/// <param name="Family">What for.</param>
/// <param name="Step">How many of it.</param>
/// <param name="At">When the last one of them came.</param>
public sealed record Badge(BadgeFamily Family, int Step, DateTimeOffset At)
{
    /// <summary>As the trace keeps it, e.g. <c>Shares.5</c>.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Family}.{Step}");

    public string Say(Texts texts) => Badges.Say(Family, Step, texts);
}

/// <summary>Badges, computed from what stands now: what is taken back takes its badges with it.</summary>
public static class Badges
{
    /// <summary>Steps of each family.</summary>
    public static IReadOnlyDictionary<BadgeFamily, IReadOnlyList<int>> Steps { get; } = new Dictionary<BadgeFamily, IReadOnlyList<int>>
    {
        [BadgeFamily.Shares] = [1, 5, 10, 25, 50, 100],
        [BadgeFamily.Suggestions] = [1, 5, 10],
        [BadgeFamily.MadeIt] = [1, 3, 10],
        [BadgeFamily.Visits] = [10, 100, 1000],
        [BadgeFamily.Networks] = [3],
        [BadgeFamily.Weeks] = [4, 12, 26, 52],
        [BadgeFamily.Thanked] = [1, 5, 20],
    };

    /// <summary>In the order they were earned.</summary>
    public static IReadOnlyList<Badge> Of(PersonHistory history, Streak streak)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(streak);
        return
        [
            .. Steps.SelectMany(family =>
            {
                var occasions = Occasions(family.Key, history, streak);
                return family.Value.Where(step => step <= occasions.Count).Select(step => new Badge(family.Key, step, occasions[step - 1]));
            }).OrderBy(badge => badge.At).ThenBy(badge => badge.Family).ThenBy(badge => badge.Step),
        ];
    }

    /// <summary>The next badge of shares, to look forward to; null above the last.</summary>
    public static int? NextShares(int shares) => Steps[BadgeFamily.Shares].Cast<int?>().FirstOrDefault(step => step > shares);

    /// <summary>Different campaigns shared.</summary>
    public static int Shares(PersonHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Deeds.Where(deed => deed.IsShare).Select(deed => deed.CampaignId).Distinct().Count();
    }

    public static string Say(BadgeFamily family, int step, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Plural($"Recognition.Badge{family}", step);
    }

    /// <summary>A badge of the trace in words; null for one that there is no more.</summary>
    public static string? Say(string key, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Split('.') is [var name, var step] && Enum.TryParse<BadgeFamily>(name, out var family) && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Say(family, count, texts)
            : null;
    }

    /// <summary>When each one of what a family counts came, in order.</summary>
    private static List<DateTimeOffset> Occasions(BadgeFamily family, PersonHistory history, Streak streak) => family switch
    {
        BadgeFamily.Shares => Firsts(history.Deeds.Where(deed => deed.IsShare), deed => deed.CampaignId),
        BadgeFamily.Suggestions => [.. history.Deeds.Where(deed => deed.Kind == LedgerKind.Suggested).Select(deed => deed.At)],
        BadgeFamily.MadeIt => [.. history.MadeIt],
        BadgeFamily.Visits => [.. history.Visits],
        BadgeFamily.Networks => Firsts(history.Deeds.Where(deed => deed is { Kind: LedgerKind.Opened, Network: not null }), deed => deed.Network!),
        BadgeFamily.Weeks => [.. streak.Steps.Select(week => week.AtStartOfDayInZone(history.Clock).ToDateTimeOffset())],
        _ => [.. history.ThankedBy],
    };

    private static List<DateTimeOffset> Firsts<TKey>(IEnumerable<Deed> deeds, Func<Deed, TKey> key) => [.. deeds.GroupBy(key).Select(g => g.Min(deed => deed.At)).Order()];
}
