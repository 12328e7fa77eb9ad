using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Recognition;
using NodaTime;

namespace AdvocacyBot.Core.Digests;

/// <summary>The digest's sentences. No sign, slash or bracket that a right-to-left line would turn round: changes and shares are said in words.</summary>
internal static class DigestWords
{
    private const int LongestTitle = 100;

    public static string Title(DigestPeriod period, Texts texts) => texts.Format(
        period.Complete ? "Digests.WeekTitle" : "Digests.WeekTitleSoFar", ("from", Day(period.FirstDay, texts)), ("to", Day(period.LastDay, texts)));

    /// <summary>The participation rate in words; of a week in which nothing was possible, a kind word instead of a number.</summary>
    public static string Headline(DigestNumbers numbers, Texts texts, DigestExtras? extras = null) => numbers.Rate switch
    {
        null or { Acted: 0 } when extras?.Week.Free == true => texts["Digests.HeadlineHoliday"],
        null => texts["Digests.HeadlineNoCampaign"],
        { Acted: 0 } rate => texts.Format("Digests.HeadlineQuiet", ("couldSee", rate.CouldSee)),
        { } rate => texts.Format("Digests.Headline", ("percent", Percent(rate, texts)), ("acted", rate.Acted), ("couldSee", rate.CouldSee)),
    };

    /// <summary>One line of plain text for notifications.</summary>
    public static string Summary(DigestNumbers numbers, Texts texts, DigestExtras? extras = null) => numbers switch
    {
        { SmallGroup: true } => texts["Digests.SummarySmallGroup"],
        { Rate: null or { Acted: 0 } } when extras?.Week.Free == true => texts["Digests.SummaryHoliday"],
        { Rate: null } => texts["Digests.SummaryNoCampaign"],
        { Rate.Acted: 0 } => texts["Digests.SummaryQuiet"],
        { Rate: { } rate } => texts.Format("Digests.SummaryRate", ("percent", Percent(rate, texts)), ("acted", rate.Acted), ("couldSee", rate.CouldSee)),
    };

    /// <summary>
    /// The change in percentage points between the two percentages as they were shown. Null where there is none to tell: no rate, or a week that is
    /// still running beside one that is over. The rate of a small group is not given away by a comparison either. Weeks of holidays are not compared, and one with
    /// some holidays in it is not said to have fallen.
    /// </summary>
    public static string? Change(DigestNumbers numbers, DigestPeriod period, Texts texts, DigestExtras? extras = null)
    {
        if (numbers.Rate is not { } rate || !period.Complete)
        {
            return null;
        }

        var (week, weekBefore) = (extras?.Week ?? WorkWeek.Usual, extras?.WeekBefore ?? WorkWeek.Usual);
        if (week.Free)
        {
            return rate.Acted == 0 ? null : texts["Digests.ChangeHoliday"];
        }

        if (numbers.FirstWeek)
        {
            return texts["Digests.ChangeFirstWeek"];
        }

        if (numbers.RateBefore is not { CouldSee: >= DigestNumbers.SmallestGroup } before)
        {
            return texts["Digests.ChangeNoneBefore"];
        }

        if (weekBefore.Free)
        {
            return texts["Digests.ChangeHolidayBefore"];
        }

        var points = rate.Percent - before.Percent;
        return points switch
        {
            < 0 when week.HasHolidays => texts.Plural("Digests.ChangeShortWeek", week.Holidays, ("days", week.WorkingDays)),
            0 => texts["Digests.ChangeSame"],
            > 0 => texts.Plural("Digests.ChangeUp", points),
            < 0 => texts.Plural("Digests.ChangeDown", -points),
        };
    }

    /// <summary>Names of those who agreed, the rest as a number; a small group's rest is not counted. Null where nobody shared, or nobody may be said to.</summary>
    public static string? Thanks(DigestNumbers numbers, Texts texts)
    {
        const int named = 10;
        var names = new JoinedText([.. numbers.Thanked.Take(named).Select(Escape)], texts.Language);
        var others = numbers.SmallGroup ? 0 : numbers.Sharers - Math.Min(named, numbers.Thanked.Count);
        return (numbers.Thanked.Count, others) switch
        {
            (0, 0) => null,
            (0, _) => texts.Plural("Digests.ThanksAnonymous", others),
            (_, 0) => texts.Format("Digests.Thanks", ("names", names)),
            _ => texts.Plural("Digests.ThanksMore", others, ("names", names)),
        };
    }

    public static string People(int count, Texts texts) => texts.Plural("Digests.People", count);

    /// <summary>A day and time by the channel's clock.</summary>
    public static string When(DateTimeOffset at, DateTimeZone zone, Texts texts)
    {
        var culture = texts.Language.Culture;
        var local = Instant.FromDateTimeOffset(at).InZone(zone).ToDateTimeUnspecified();
        return local.ToString($"dddd, {culture.DateTimeFormat.MonthDayPattern}, HH:mm", culture);
    }

    /// <summary>People's words in one line of a card, not endless.</summary>
    public static string Escape(string words) => CardText.Escape(Shorten(words));

    public static string Shorten(string words)
    {
        var line = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var elements = new StringInfo(line);
        return elements.LengthInTextElements <= LongestTitle ? line : elements.SubstringByTextElements(0, LongestTitle - 1) + "…";
    }

    public static string Day(LocalDate date, Texts texts) => date.ToDateOnly().ToString("M", texts.Language.Culture);

    public static string Percent(DigestRate rate, Texts texts) => rate.Percent == 0 ? texts["Digests.LessThanOnePercent"] : Texts.Percent(rate.Share);
}
