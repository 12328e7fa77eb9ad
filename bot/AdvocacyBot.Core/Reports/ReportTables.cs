using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using NodaTime;

namespace AdvocacyBot.Core.Reports;

/// <summary>One of the figures at the top.</summary>
/// <param name="Key">Stable, for scripts.</param>
/// <param name="Title">In the reader's language.</param>
/// <param name="Value">Written the language's way.</param>
/// <param name="Formula">How it is worked out.</param>
/// <param name="Rows">One of <see cref="ReportRows.Kinds"/>; null: it is made of no rows.</param>
/// <param name="Beside">What to compare it with; null for nothing.</param>
public sealed record ReportFigure(string Key, string Title, string Value, string Formula, string? Rows, string? Beside = null);

/// <summary>Turns figures into tables in words, for the page, the exports and the charts alike.</summary>
public sealed class ReportTables(NetworkCatalogue networks)
{
    /// <summary>Share of employees who are engaged, as LinkedIn found: the line every rate is set against.</summary>
    public const double Engaged = 0.13;

    public static IReadOnlyList<ReportFigure> Figures(ReportNumbers numbers, ReportExtras extras, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(extras);
        ArgumentNullException.ThrowIfNull(texts);
        ReportFigure Figure(string key, string value, string? rows, string? beside = null) =>
            new(key, texts[$"Reports.Figure_{key}"], value, texts[$"Reports.Formula_{key}"], rows, beside);
        if (numbers.SmallGroup)
        {
            return [];
        }

        return
        [
            Figure(
                "rate",
                numbers.Rate is { } rate ? Texts.Percent(rate) : "–",
                "acted",
                texts.Format("Reports.RateBeside", ("acted", numbers.Acted), ("couldSee", numbers.CouldSee), ("line", Texts.Percent(Engaged)))),
            Figure("sharers", texts.Number(numbers.Sharers), "acted"),
            Figure("opened", texts.Number(numbers.Opened.Shares), "opened"),
            Figure("said", texts.Number(numbers.Said.Shares), "said"),
            Figure("posted", texts.Number(numbers.Posted.Shares), "posted"),
            Figure("fetched", texts.Number(numbers.Fetched), "fetched"),
            Figure("clicked", texts.Number(numbers.Clicked), "clicked"),
            Figure("reactions", texts.Number(numbers.Reactions), "reacted"),
            .. extras.Figures,
        ];
    }

    /// <summary>All tables that have something to say, in the order shown; for a group too small to be broken down, none but the comparison.</summary>
    public IReadOnlyList<ReportTable> All(ReportNumbers numbers, ReportExtras extras, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(extras);
        ArgumentNullException.ThrowIfNull(texts);
        if (numbers.SmallGroup)
        {
            return [BenchmarkTable.Make(numbers, extras, texts)];
        }

        return
        [
            Weeks(numbers, texts),
            Rungs(numbers, texts),
            .. extras.Goals is { } goals ? [goals] : Array.Empty<ReportTable>(),
            Campaigns(numbers, texts),
            Networks(numbers, texts),
            Groups("types", numbers.ContentTypes, key => texts[$"Campaigns.Type{key}"], texts),
            Groups("languages", numbers.Languages, key => Language.Find(key) is { } language ? texts[$"Common.Language_{language.Code}"] : key, texts),
            .. numbers.Segments.Select((segment, i) => Segment(i, segment, extras.Converted, texts)),
            .. extras.Tables,
            Requests(numbers, texts),
            BenchmarkTable.Make(numbers, extras, texts),
        ];
    }

    internal static TableColumn Column(Texts texts, string key, ColumnKind kind, string? rows = null, bool figure = true) =>
        new(key, texts[$"Reports.Column_{key}"], kind, figure ? texts[$"Reports.Formula_{key}"] : null, rows);

    private static ReportTable Weeks(ReportNumbers numbers, Texts t) => new(
        "weeks",
        t["Reports.Table_weeks"],
        [
            Column(t, "week", ColumnKind.Date, figure: false), Column(t, "rate", ColumnKind.Percent, "acted"), Column(t, "couldSee", ColumnKind.Number), Column(t, "acted", ColumnKind.Number, "acted"),
            Column(t, "sharers", ColumnKind.Number, "acted"), Column(t, "reactors", ColumnKind.Number, "reacted"), Column(t, "suggesters", ColumnKind.Number, "suggested"),
            Column(t, "clicks", ColumnKind.Number, "clicked"),
        ],
        [.. numbers.Weeks.Select(w => (IReadOnlyList<object?>)(w.SmallGroup
            ? [w.First, null, null, null, null, null, null, null]
            : [w.First, w.Rate, w.CouldSee, w.Acted, w.Sharers, w.Reactors, w.Suggesters, w.Clicks]))],
        new TableChart("line", ["rate"], Engaged, t.Format("Reports.EngagedLine", ("line", Texts.Percent(Engaged)))),
        string.Join(' ', Notes(numbers, t)));

    private static IEnumerable<string> Notes(ReportNumbers numbers, Texts t)
    {
        if (numbers.Weeks.Any(w => w.Running))
        {
            yield return t["Reports.NoteRunning"];
        }

        if (numbers.Weeks.Any(w => w.SmallGroup))
        {
            yield return t["Reports.NoteSmallWeek"];
        }
    }

    private static ReportTable Rungs(ReportNumbers numbers, Texts t) => new(
        "rungs",
        t["Reports.Table_rungs"],
        [Column(t, "rung", ColumnKind.Text, figure: false), Column(t, "count", ColumnKind.Number), Column(t, "people", ColumnKind.Number), Column(t, "means", ColumnKind.Text, figure: false)],
        [
            [t["Campaigns.RungOpened"], numbers.Opened.Shares, numbers.Opened.People, t["Reports.Formula_opened"]],
            [t["Campaigns.RungSaid"], numbers.Said.Shares, numbers.Said.People, t["Reports.Formula_said"]],
            [t["Campaigns.RungPosted"], numbers.Posted.Shares, numbers.Posted.People, t["Reports.Formula_posted"]],
            [t["Campaigns.RungFetched"], numbers.Fetched, null, t["Reports.Formula_fetched"]],
            [t["Campaigns.RungClicked"], numbers.Clicked, null, t["Reports.Formula_clicked"]],
        ],
        new TableChart("bars", ["count"]));

    private static ReportTable Campaigns(ReportNumbers numbers, Texts t) => new(
        "campaigns",
        t["Reports.Table_campaigns"],
        [
            Column(t, "campaign", ColumnKind.Text, figure: false), Column(t, "campaignActed", ColumnKind.Number, "acted"), Column(t, "openedPeople", ColumnKind.Number, "opened"),
            Column(t, "saidPeople", ColumnKind.Number, "said"), Column(t, "postedPeople", ColumnKind.Number, "posted"), Column(t, "fetched", ColumnKind.Number, "fetched"),
            Column(t, "clicks", ColumnKind.Number, "clicked"), Column(t, "reactions", ColumnKind.Number, "reacted"), Column(t, "clicksPerSharer", ColumnKind.Amount),
        ],
        [.. numbers.Campaigns.Select(c => (IReadOnlyList<object?>)
        [
            c.Id is null ? t.Plural("Reports.OtherCampaigns", c.Campaigns) : c.Title, c.People.Acted, c.People.Opened, c.People.Said, c.People.Posted, c.Fetched, c.Clicks, c.Reactions,
            c.People.Sharers == 0 ? null : Math.Round((double)c.Clicks / c.People.Sharers, 1),
        ])],
        new TableChart("bars", ["campaignActed", "clicks"]),
        numbers.Campaigns.Any(c => c.Id is null) ? t["Reports.NoteOthers"] : null)
    {
        Campaigns = [.. numbers.Campaigns.Select(c => c.Id)],
    };

    private ReportTable Networks(ReportNumbers numbers, Texts t) => new(
        "networks",
        t["Reports.Table_networks"],
        [
            Column(t, "network", ColumnKind.Text, figure: false), Column(t, "openedPeople", ColumnKind.Number, "opened"), Column(t, "fetched", ColumnKind.Number, "fetched"),
            Column(t, "clicks", ColumnKind.Number, "clicked"),
        ],
        [.. numbers.Networks.Select(n => (IReadOnlyList<object?>)[Network(n.Network, t), n.Opened, n.Fetched, n.Clicks])],
        new TableChart("bars", ["openedPeople", "clicks"]),
        numbers.Networks.Any(n => n.Network is null) ? t["Reports.NoteTogether"] : null);

    private string Network(string? key, Texts t) => key switch
    {
        null => t["Reports.Together"],
        "" => t["Reports.NetworkUnknown"],
        _ => networks.Find(key)?.Name(t.Language) ?? key,
    };

    private static ReportTable Groups(string key, IReadOnlyList<GroupLine> lines, Func<string, string> name, Texts t) => new(
        key,
        t[$"Reports.Table_{key}"],
        [
            Column(t, key, ColumnKind.Text, figure: false), Column(t, "campaigns", ColumnKind.Number), Column(t, "campaignActed", ColumnKind.Number), Column(t, "openedPeople", ColumnKind.Number),
            Column(t, "saidPeople", ColumnKind.Number), Column(t, "postedPeople", ColumnKind.Number), Column(t, "clicks", ColumnKind.Number),
        ],
        [.. lines.Select(l => (IReadOnlyList<object?>)
            [l.Key is null ? t["Reports.Together"] : name(l.Key), l.Campaigns, l.People.Acted, l.People.Opened, l.People.Said, l.People.Posted, l.Clicks])],
        new TableChart("bars", ["campaignActed", "clicks"]),
        lines.Any(l => l.Key is null) ? t["Reports.NoteTogether"] : null);

    private static ReportTable Segment(int index, SegmentSet segment, bool converted, Texts t) => new(
        $"segment{index + 1}",
        t[$"Reports.Segment_{segment.Name}"],
        [
            Column(t, "segment", ColumnKind.Text, figure: false), Column(t, "rate", ColumnKind.Percent), Column(t, "couldSee", ColumnKind.Number), Column(t, "acted", ColumnKind.Number),
            Column(t, "sharers", ColumnKind.Number), .. converted ? [Converted("applicants", GoalKind.Applicants, t), Converted("leads", GoalKind.Leads, t)] : Array.Empty<TableColumn>(),
        ],
        [.. segment.Lines.Select(l => (IReadOnlyList<object?>)
        [
            l.Name switch { null => t["Reports.Together"], "" => t["Reports.SegmentUnknown"], var name => name }, l.Rate, l.CouldSee, l.Acted, l.Sharers,
            .. converted ? [l.Applicants, l.Leads] : Array.Empty<object?>(),
        ])],
        new TableChart("bars", ["rate"], Engaged, t.Format("Reports.EngagedLine", ("line", Texts.Percent(Engaged)))),
        string.Join(' ', Notes(segment, t)));

    private static TableColumn Converted(string key, GoalKind kind, Texts t) => new(key, GoalWords.Kind(kind, t), ColumnKind.Number, GoalWords.How(kind, t));

    private static IEnumerable<string> Notes(SegmentSet segment, Texts t)
    {
        if (segment.Name == "persona")
        {
            yield return t["Reports.NotePersonas"];
        }

        if (segment.Lines.Any(l => l.Name is null))
        {
            yield return t["Reports.NoteTogether"];
        }
    }

    private static ReportTable Requests(ReportNumbers numbers, Texts t) => new(
        "requests",
        t["Reports.Table_requests"],
        [Column(t, "class", ColumnKind.Text, figure: false), Column(t, "requests", ColumnKind.Number, "requests"), Column(t, "counted", ColumnKind.Text, figure: false)],
        [.. Enum.GetValues<Links.ClickClass>().Select(c => (IReadOnlyList<object?>)
            [t[$"Reports.Class{c}"], numbers.Requests[(int)c], t[c == Links.ClickClass.Human ? "Reports.CountedYes" : "Reports.CountedNo"]])],
        Note: t["Reports.NoteRequests"]);
}

/// <summary>What other parts of the programme add to the report.</summary>
public sealed record ReportExtras
{
    /// <summary>After the rungs.</summary>
    public ReportTable? Goals { get; init; }

    /// <summary>Before the requests.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    public IReadOnlyList<ReportFigure> Figures { get; init; } = [];

    /// <summary>Applicants and leads are reported here, so segments show whose links they came through.</summary>
    public bool Converted { get; init; }

    /// <summary>Own figures beside the claims, by the claim's name.</summary>
    public IReadOnlyDictionary<string, string> Own { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
