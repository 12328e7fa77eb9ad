using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Digests;

/// <summary>The three short stories of a digest. Names only of people who agreed to it; visits only where they are not one person's own number.</summary>
internal static class DigestStories
{
    private const int NamesShown = 3;

    /// <summary>Card text, one sentence or two each.</summary>
    public static IReadOnlyList<string> Of(DigestNumbers numbers, Texts texts, DigestExtras? extras = null) =>
        [.. new[] { Best(numbers, texts), MadeIt(numbers, texts), Programme(extras, texts) ?? Milestone(numbers, texts) }.OfType<string>()];

    private static string? Best(DigestNumbers numbers, Texts texts)
    {
        if (numbers.SmallGroup || numbers.BestCampaigns.FirstOrDefault(c => c.Sharers > 0) is not { } best)
        {
            return null;
        }

        var title = ("title", (object?)DigestWords.Escape(best.Title));
        var who = ("who", (object?)Whole(Who(best, texts)));

        // Whoever is named beside few others could be told from the number of visits.
        var visitsAreNobodys = best.Sharers >= DigestNumbers.SmallestGroup || (best.Sharers > 1 && best.Named.Count == 0);
        return visitsAreNobodys && best.Clicks > 0
            ? texts.Plural("Digests.StoryBestVisits", best.Clicks, title, who)
            : texts.Format("Digests.StoryBest", title, who);
    }

    /// <summary>A phrase of the same language, in which names are isolated already: not to be isolated once more as one.</summary>
    private static FormattableString Whole(string phrase) => $"{phrase}";

    /// <summary>"Dana, Noa and 2 more people", or "4 people".</summary>
    private static string Who(CampaignResult best, Texts texts)
    {
        var named = best.Named.Take(NamesShown).Select(DigestWords.Escape).ToList();
        var others = best.Sharers - named.Count;
        var names = new JoinedText(named, texts.Language);
        return (named.Count, others) switch
        {
            (0, _) => DigestWords.People(others, texts),
            (_, 0) => names.ToString(),
            _ => texts.Plural("Digests.NamesAndMore", others, ("names", names)),
        };
    }

    /// <summary>In a small group only where everybody behind it agreed to be named: a number would tell who the others are.</summary>
    private static string? MadeIt(DigestNumbers numbers, Texts texts) => numbers.Credited.LastOrDefault(c => !numbers.SmallGroup || c.Credit.Others == 0) is { } made
        ? texts.Format("Digests.StoryMadeIt", ("title", DigestWords.Escape(made.Title)), ("credit", Whole(made.Credit.Say(texts))))
        : null;

    /// <summary>Of the whole programme, which comes seldom, so it stands before the channel's own; in a small group as well, since it tells nothing of it.</summary>
    private static string? Programme(DigestExtras? extras, Texts texts) =>
        extras?.ProgrammeShares is { } shares ? texts.Format("Digests.StoryProgramme", ("shares", texts.Number(shares))) : null;

    private static string? Milestone(DigestNumbers numbers, Texts texts) => numbers is { SmallGroup: false, Milestone: { } milestone }
        ? milestone.Kind switch
        {
            MilestoneKind.FirstWeek => texts.Plural("Digests.StoryFirstWeek", milestone.Value),
            MilestoneKind.Rate => texts.Format("Digests.StoryRate", ("percent", Texts.Percent(milestone.Value / 100.0))),
            _ => texts.Format("Digests.StoryCampaign", ("title", DigestWords.Escape(milestone.Title)), ("people", milestone.Value)),
        }
        : null;
}
