using AdvocacyBot.Core.Links;

namespace AdvocacyBot.Core.Evidence;

/// <summary>Requests to links by the rule's verdict, and the previews among them.</summary>
public sealed class VerdictCounts
{
    private readonly long[] byClass = new long[Enum.GetValues<ClickClass>().Length];
    private readonly HashSet<(long Share, string Network)> previews = [];

    /// <summary>Requests with a verdict.</summary>
    public long this[ClickClass verdict] => byClass[(int)verdict];

    /// <summary>The rung "fetched": personal links times the networks whose crawler fetched them.</summary>
    public int Fetched => previews.Count;

    /// <summary>The rung "clicked".</summary>
    public long Clicked => this[ClickClass.Human];

    /// <summary>Verdicts with their numbers, those without any left out.</summary>
    public IEnumerable<(ClickClass Verdict, long Count)> All => Enum.GetValues<ClickClass>().Select(verdict => (verdict, this[verdict])).Where(pair => pair.Item2 > 0);

    internal void Add(ClickClass verdict, long share, string? network)
    {
        byClass[(int)verdict]++;
        if (verdict == ClickClass.Crawler)
        {
            previews.Add((share, network ?? ""));
        }
    }
}

/// <summary>What judging again makes of one campaign's requests.</summary>
/// <param name="CampaignId">Which.</param>
/// <param name="WorkspaceId">Whose.</param>
/// <param name="Before">As it was stored.</param>
/// <param name="After">By the rule.</param>
/// <param name="Changed">Requests whose verdict is another one.</param>
public sealed record CampaignVerdicts(long CampaignId, long WorkspaceId, VerdictCounts Before, VerdictCounts After, long Changed);

/// <summary>What judging all stored requests again came to.</summary>
/// <param name="RuleVersion">Of the rule that judged.</param>
/// <param name="Applied">Written; otherwise only looked at.</param>
/// <param name="ByVersion">How many requests were last judged by which version, before.</param>
/// <param name="Campaigns">Every campaign with requests, by id.</param>
public sealed record Reclassification(int RuleVersion, bool Applied, IReadOnlyDictionary<int, long> ByVersion, IReadOnlyList<CampaignVerdicts> Campaigns)
{
    public long Requests => ByVersion.Values.Sum();

    public long Changed => Campaigns.Sum(campaign => campaign.Changed);
}
