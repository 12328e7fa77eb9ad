namespace AdvocacyBot.Core.Evidence;

/// <summary>Which facts are counted.</summary>
/// <param name="WorkspaceId">Whose.</param>
/// <param name="CampaignId">One campaign's, or null for the whole programme.</param>
/// <param name="Start">From here on, by when things happened.</param>
/// <param name="End">Exclusive.</param>
public sealed record LadderScope(long WorkspaceId, long? CampaignId, DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// The evidence ladder over a time, each rung apart, and what came of it. People are distinct. Facts that were taken back do not count; those that came late
/// count when they happened. Holds more than may be shown: see <see cref="SmallGroup"/>.
/// </summary>
public sealed record Ladder
{
    /// <summary>Groups below this are not broken down.</summary>
    public const int SmallestGroup = 5;

    /// <summary>People who were members of a channel while a prompt was live in it, with those who acted.</summary>
    public required int CouldSee { get; init; }

    /// <summary>People who shared (opened, said or posted), reacted or suggested.</summary>
    public required int Active { get; init; }

    /// <summary>Shares whose composer was opened; a share is one person taking up one campaign.</summary>
    public required int Opened { get; init; }

    /// <summary>Shares that people say they made.</summary>
    public required int Said { get; init; }

    /// <summary>Shares whose post's address was given.</summary>
    public required int Posted { get; init; }

    /// <summary>Previews: personal links times the networks whose crawler fetched them.</summary>
    public int Fetched => FetchedByNetwork.Values.Sum();

    /// <summary>Visits of people.</summary>
    public int Clicked => ClicksByNetwork.Values.Sum();

    /// <summary>Applicants tied to a personal link.</summary>
    public required int Applicants { get; init; }

    /// <summary>Leads tied to a personal link.</summary>
    public required int Leads { get; init; }

    /// <summary>By the network whose crawler it was; "" where that is not known.</summary>
    public required IReadOnlyDictionary<string, int> FetchedByNetwork { get; init; }

    /// <summary>By the network the link was made for; "" where that is not known.</summary>
    public required IReadOnlyDictionary<string, int> ClicksByNetwork { get; init; }

    /// <summary>Composers opened, by network: a share opened on two networks counts in both.</summary>
    public required IReadOnlyDictionary<string, int> OpenedByNetwork { get; init; }

    /// <summary>Nothing may be shown of so few people.</summary>
    public bool SmallGroup => CouldSee < SmallestGroup;
}
