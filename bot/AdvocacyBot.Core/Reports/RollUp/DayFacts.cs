using System.Runtime.InteropServices;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>What somebody did for a campaign on a day, by whom and, for composers that were opened, on which network.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Act(long Campaign, long Person, LedgerKind Kind, string? Network);

/// <summary>Requests to a campaign's links on a day: the verdict's number, and the network whose link it was.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VisitKey(long Campaign, int Class, string? Network);

/// <summary>A personal link whose preview a network's crawler read on a day.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Fetch(long Campaign, long Share, string? Network);

/// <summary>
/// What happened on one day of a workspace, as sums over rows. A withdrawal carries the time of what it withdraws, so it is in the same day: sums above zero stand.
/// Sums may be built in any order and in any portions.
/// </summary>
internal sealed class DayFacts
{
    public Dictionary<Act, int> Acts { get; } = [];

    public Dictionary<VisitKey, int> Visits { get; } = [];

    public Dictionary<Fetch, int> Fetches { get; } = [];

    /// <summary>Whether an entry of this kind is counted at all.</summary>
    public static bool Counts(LedgerKind kind) => kind is LedgerKind.Opened or LedgerKind.Said or LedgerKind.Posted or LedgerKind.Reacted or LedgerKind.Suggested;

    public void AddEntry(long campaign, long person, LedgerKind kind, string? network, int amount)
    {
        if (Counts(kind))
        {
            Add(Acts, new Act(campaign, person, kind, kind == LedgerKind.Opened ? network : null), amount);
        }
    }

    public void AddClick(long campaign, long share, int @class, string? network)
    {
        Add(Visits, new VisitKey(campaign, @class, network), 1);
        if (@class == (int)Links.ClickClass.Crawler)
        {
            Add(Fetches, new Fetch(campaign, share, network), 1);
        }
    }

    public void Add(DayFacts other)
    {
        foreach (var (key, amount) in other.Acts)
        {
            Add(Acts, key, amount);
        }

        foreach (var (key, amount) in other.Visits)
        {
            Add(Visits, key, amount);
        }

        foreach (var (key, amount) in other.Fetches)
        {
            Add(Fetches, key, amount);
        }
    }

    /// <summary>A sum of nothing is not kept.</summary>
    public static void Add<T>(Dictionary<T, int> sums, T key, int amount)
        where T : notnull
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _);
        sum += amount;
        if (sum == 0)
        {
            sums.Remove(key);
        }
    }
}
