using AdvocacyBot.Core.Suggestions;

namespace AdvocacyBot.Core.Digests;

/// <summary>A channel and the days to be read of it.</summary>
public sealed record DigestScope(long ConversationId, DigestPeriod Period);

/// <summary>What a channel's week came to. Holds more than a card may show: see <see cref="SmallGroup"/>.</summary>
public sealed record DigestNumbers
{
    /// <summary>Groups below this are not broken down.</summary>
    public const int SmallestGroup = 5;

    public required long ConversationId { get; init; }

    /// <summary>Null where no campaign was live, or nobody could see one.</summary>
    public DigestRate? Rate { get; init; }

    /// <summary>The same of the seven days before, read again now, so that what came in late counts there too.</summary>
    public DigestRate? RateBefore { get; init; }

    /// <summary>No campaign had been posted here before these days.</summary>
    public bool FirstWeek { get; init; }

    /// <summary>People who could see a campaign, or, where none was live, reachable people in the channel; with those who acted.</summary>
    public required int GroupSize { get; init; }

    /// <summary>Nothing may be broken down.</summary>
    public bool SmallGroup => GroupSize < SmallestGroup;

    /// <summary>Distinct people who shared, reacted or suggested.</summary>
    public int Acted { get; init; }

    /// <summary>People with a share at rung <c>opened</c> or higher.</summary>
    public int Sharers { get; init; }

    public int Reactors { get; init; }

    public int Suggesters { get; init; }

    public DigestRung Opened { get; init; } = DigestRung.None;

    public DigestRung Said { get; init; } = DigestRung.None;

    public DigestRung Posted { get; init; } = DigestRung.None;

    /// <summary>Previews: personal links times the networks whose crawler fetched them.</summary>
    public int Fetched { get; init; }

    /// <summary>Visits of people through personal links.</summary>
    public int Clicked { get; init; }

    /// <summary>Reactions given and not taken back.</summary>
    public int Reactions { get; init; }

    /// <summary>At most three, by people who acted, then visits.</summary>
    public IReadOnlyList<CampaignResult> BestCampaigns { get; init; } = [];

    /// <summary>Something that these days brought and the ones before had not; null where nothing stands out.</summary>
    public DigestMilestone? Milestone { get; init; }

    /// <summary>Posted here in these days, in order.</summary>
    public IReadOnlyList<CampaignName> NewCampaigns { get; init; } = [];

    /// <summary>Those of <see cref="NewCampaigns"/> that somebody suggested.</summary>
    public IReadOnlyList<CreditedCampaign> Credited { get; init; } = [];

    /// <summary>Names of people who shared and agreed to be thanked by name.</summary>
    public IReadOnlyList<string> Thanked { get; init; } = [];

    /// <summary>Campaigns that start here in the seven days from now, in order.</summary>
    public IReadOnlyList<ComingCampaign> Coming { get; init; } = [];

    /// <summary>The campaign that was posted here last and is open now.</summary>
    public RunningCampaign? Newest { get; init; }
}

/// <summary>Distinct people who acted, of the distinct people who could see at least one campaign; those who acted are among them.</summary>
public sealed record DigestRate(int Acted, int CouldSee)
{
    /// <summary>0 to 1.</summary>
    public double Share => (double)Acted / CouldSee;

    /// <summary>Whole percent, as it is shown.</summary>
    public int Percent => (int)Math.Round(Share * 100, MidpointRounding.AwayFromZero);
}

/// <summary>One rung of the evidence ladder.</summary>
/// <param name="People">Distinct people.</param>
/// <param name="Shares">Distinct shares: one person taking up one campaign.</param>
public sealed record DigestRung(int People, int Shares)
{
    public static readonly DigestRung None = new(0, 0);
}

/// <param name="Id">Campaign.</param>
/// <param name="Title">As its author wrote it.</param>
/// <param name="People">Distinct people who shared it or reacted to it.</param>
/// <param name="Clicks">Visits of people through personal links.</param>
public sealed record CampaignResult(long Id, string Title, int People, int Clicks)
{
    /// <summary>Distinct people who shared it, at rung <c>opened</c> or higher.</summary>
    public int Sharers { get; init; }

    /// <summary>Names of those of them who agreed to be thanked by name.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    public bool Equals(CampaignResult? other) => other is not null
        && (Id, Title, People, Clicks, Sharers) == (other.Id, other.Title, other.People, other.Clicks, other.Sharers) && Named.SequenceEqual(other.Named, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Id, People, Clicks, Sharers);
}

public enum MilestoneKind
{
    /// <summary>The first week with a campaign, and somebody took part.</summary>
    FirstWeek = 0,

    /// <summary>The participation rate passed <see cref="DigestMilestone.Value"/> percent.</summary>
    Rate = 1,

    /// <summary>A campaign was taken up by <see cref="DigestMilestone.Value"/> people here.</summary>
    Campaign = 2,
}

/// <param name="Kind">What it is.</param>
/// <param name="Value">The step that was passed.</param>
/// <param name="Title">Of a campaign; "" otherwise.</param>
public sealed record DigestMilestone(MilestoneKind Kind, int Value, string Title)
{
    /// <summary>Percent, highest first.</summary>
    internal static readonly IReadOnlyList<int> Rates = [75, 50, 25, 13];

    /// <summary>People, highest first.</summary>
    internal static readonly IReadOnlyList<int> People = [1000, 500, 250, 100, 50, 25, 10, 5];
}

public sealed record CampaignName(long Id, string Title);

/// <param name="Title">As its author wrote it.</param>
/// <param name="Credit">Who suggested it.</param>
public sealed record CreditedCampaign(string Title, Credit Credit);

public sealed record ComingCampaign(long Id, string Title, DateTimeOffset StartsAt);

public sealed record RunningCampaign(long CampaignId, long PromptId, string Title);
