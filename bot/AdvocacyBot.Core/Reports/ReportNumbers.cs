using AdvocacyBot.Core.Digests;
using NodaTime;

namespace AdvocacyBot.Core.Reports;

/// <summary>What a workspace's period came to. People are counted once in each figure.</summary>
public sealed record ReportNumbers
{
    public required ReportPeriod Period { get; init; }

    /// <summary>People who could see at least one prompt, and those who acted.</summary>
    public required int CouldSee { get; init; }

    /// <summary>People who shared, reacted or suggested.</summary>
    public required int Acted { get; init; }

    public required int Sharers { get; init; }

    public required int Reactors { get; init; }

    public required int Suggesters { get; init; }

    public required DigestRung Opened { get; init; }

    public required DigestRung Said { get; init; }

    public required DigestRung Posted { get; init; }

    /// <summary>Personal links whose preview a network fetched: links times networks.</summary>
    public required int Fetched { get; init; }

    /// <summary>Visits of people through personal links.</summary>
    public required int Clicked { get; init; }

    public required int Reactions { get; init; }

    /// <summary>Visits by key of the network; "" where it is not known. For sums: the lines of <see cref="Networks"/> are those that may be shown.</summary>
    public required IReadOnlyDictionary<string, int> ClicksByNetwork { get; init; }

    /// <summary>Shares whose composer was opened, as <see cref="ClicksByNetwork"/>; one that was opened on two networks is in both.</summary>
    public required IReadOnlyDictionary<string, int> OpenedByNetwork { get; init; }

    /// <summary>Previews, as <see cref="ClicksByNetwork"/>.</summary>
    public required IReadOnlyDictionary<string, int> FetchedByNetwork { get; init; }

    /// <summary>All requests to personal links, by the number of their <see cref="Links.ClickClass"/>.</summary>
    public required IReadOnlyList<int> Requests { get; init; }

    public required IReadOnlyList<WeekLine> Weeks { get; init; }

    /// <summary>The best first; those that may not stand alone are the last line, without an id.</summary>
    public required IReadOnlyList<CampaignLine> Campaigns { get; init; }

    public required IReadOnlyList<NetworkLine> Networks { get; init; }

    public required IReadOnlyList<GroupLine> ContentTypes { get; init; }

    public required IReadOnlyList<GroupLine> Languages { get; init; }

    public required IReadOnlyList<SegmentSet> Segments { get; init; }

    /// <summary>An estimate of whom shares may have reached; null where fewer than five people's counts are in it.</summary>
    public People.Reach? Reach { get; init; }

    /// <summary>Nothing may be broken down.</summary>
    public bool SmallGroup => CouldSee < DigestNumbers.SmallestGroup;

    /// <summary>0 to 1; null where nobody could see anything.</summary>
    public double? Rate => CouldSee == 0 ? null : (double)Acted / CouldSee;
}

/// <param name="First">First day.</param>
/// <param name="Running">The week is not over.</param>
/// <param name="CouldSee">As in <see cref="ReportNumbers"/>, of the week.</param>
/// <param name="Acted">Of the week.</param>
/// <param name="Sharers">People at rung opened or higher.</param>
/// <param name="Reactors">People whose reaction stands.</param>
/// <param name="Suggesters">People who suggested.</param>
/// <param name="Clicks">Visits of people.</param>
public sealed record WeekLine(LocalDate First, bool Running, int CouldSee, int Acted, int Sharers, int Reactors, int Suggesters, int Clicks)
{
    public bool SmallGroup => CouldSee < DigestNumbers.SmallestGroup;

    /// <summary>0 to 1; null where nobody could see anything, or too few.</summary>
    public double? Rate => SmallGroup ? null : (double)Acted / CouldSee;
}

/// <summary>People by rung, each counted once.</summary>
public sealed record PeopleCount(int Acted, int Sharers, int Opened, int Said, int Posted);

/// <param name="Id">Null: all those together that have no line of their own.</param>
/// <param name="Title">As its author wrote it.</param>
/// <param name="Campaigns">How many it stands for.</param>
/// <param name="People">People by rung.</param>
/// <param name="Fetched">Links times networks.</param>
/// <param name="Clicks">Visits of people.</param>
/// <param name="Reactions">That stand.</param>
public sealed record CampaignLine(long? Id, string Title, int Campaigns, PeopleCount People, int Fetched, int Clicks, int Reactions);

/// <param name="Network">Key of the network; empty: none is known; null: several that may not stand alone.</param>
/// <param name="Opened">People who opened its composer.</param>
/// <param name="Fetched">Links whose preview it fetched.</param>
/// <param name="Clicks">Visits of people.</param>
public sealed record NetworkLine(string? Network, int Opened, int Fetched, int Clicks);

/// <param name="Key">Of a content type or language; null: several that may not stand alone.</param>
/// <param name="Campaigns">That something happened for.</param>
/// <param name="People">People by rung.</param>
/// <param name="Clicks">Visits of people.</param>
public sealed record GroupLine(string? Key, int Campaigns, PeopleCount People, int Clicks);

/// <summary>One way to divide people, such as departments.</summary>
/// <param name="Name"><c>department</c>, <c>location</c> or <c>persona</c>; somebody can be of several personas.</param>
/// <param name="Lines">Each of at least five people who could see a prompt.</param>
public sealed record SegmentSet(string Name, IReadOnlyList<SegmentLine> Lines);

/// <param name="Name">Empty: of whom it is not known; null: several that may not stand alone.</param>
/// <param name="CouldSee">Its people who could see a prompt, and who acted.</param>
/// <param name="Acted">Its people who shared, reacted or suggested.</param>
/// <param name="Sharers">Its people at rung opened or higher.</param>
/// <param name="Applicants">Reported, tied to its people's links and not reversed; also of people who could not see a prompt in the period.</param>
/// <param name="Leads">Likewise.</param>
public sealed record SegmentLine(string? Name, int CouldSee, int Acted, int Sharers, int Applicants, int Leads)
{
    public double Rate => CouldSee == 0 ? 0 : (double)Acted / CouldSee;
}
