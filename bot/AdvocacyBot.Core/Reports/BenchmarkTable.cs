using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Reports;

/// <summary>What is claimed of employee advocacy, beside what this programme has measured of it.</summary>
internal static class BenchmarkTable
{
    /// <summary>In the order of the article they are from; <c>engaged</c> first, because every rate is set against it.</summary>
    public static readonly IReadOnlyList<string> Claims =
        ["engaged", "trust", "engagement", "likes", "reshares", "leads", "sellers", "attractive", "retention", "networks", "applicants"];

    public static ReportTable Make(ReportNumbers numbers, ReportExtras extras, Texts t) => new(
        "benchmarks",
        t["Reports.Table_benchmarks"],
        [
            ReportTables.Column(t, "claim", ColumnKind.Text, figure: false), ReportTables.Column(t, "claimed", ColumnKind.Text, figure: false),
            ReportTables.Column(t, "own", ColumnKind.Text, figure: false),
        ],
        [.. Claims.Select(claim => (IReadOnlyList<object?>)[t[$"Reports.Claim_{claim}"], t[$"Reports.Claimed_{claim}"], Own(claim, numbers, extras, t)])],
        Note: t["Reports.NoteBenchmarks"]);

    private static string Own(string claim, ReportNumbers numbers, ReportExtras extras, Texts t)
    {
        if (numbers.SmallGroup)
        {
            return t["Reports.TooFew"];
        }

        return claim switch
        {
            "engaged" when numbers.Rate is { } rate => t.Format("Reports.Own_engaged", ("rate", Texts.Percent(rate))),
            "engagement" when numbers.Sharers > 0 => t.Format("Reports.Own_engagement", ("clicks", t.Number((double)numbers.Clicked / numbers.Sharers, "N1"))),
            _ => extras.Own.GetValueOrDefault(claim) ?? t["Reports.NotMeasurable"],
        };
    }
}
