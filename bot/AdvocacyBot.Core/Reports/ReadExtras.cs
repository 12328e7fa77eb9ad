using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Reports;

/// <summary>Reads what other parts of the programme add to a report: goals, applicants and leads, earned media value, estimated reach.</summary>
public sealed class ReadExtras(AdvocacyDb db, ReadGoals goals, TimeProvider clock)
{
    /// <summary>How the goals stand that the visitor may see. Needs nothing of the report's figures, so both can be read at the same time.</summary>
    public Task<IReadOnlyList<GoalProgress>> GoalsAsync(ReportVisitor visitor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return goals.RunAsync(visitor.WorkspaceId, visitor.Roles, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>As below, with the goals read first.</summary>
    public async Task<ReportExtras> RunAsync(ReportVisitor visitor, ReportNumbers numbers, Texts texts, CancellationToken cancellationToken) =>
        await RunAsync(visitor, numbers, await GoalsAsync(visitor, cancellationToken), texts, cancellationToken);

    /// <summary>For a group too small to be broken down: nothing.</summary>
    public async Task<ReportExtras> RunAsync(ReportVisitor visitor, ReportNumbers numbers, IReadOnlyList<GoalProgress> progress, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(texts);
        if (numbers.SmallGroup)
        {
            return new ReportExtras();
        }

        var prices = await ClickPrices.ReadAsync(db, visitor.WorkspaceId, cancellationToken);
        var converted = await ConvertedAsync(visitor.WorkspaceId, numbers.Period, cancellationToken);
        var figures = new List<ReportFigure>();
        if (converted is not null)
        {
            figures.Add(Figure("applicants", GoalKind.Applicants, texts.Number(converted.Value.Applicants), texts));
            figures.Add(Figure("leads", GoalKind.Leads, texts.Number(converted.Value.Leads), texts));
        }

        foreach (var value in prices.All(numbers.ClicksByNetwork, numbers.OpenedByNetwork))
        {
            var figure = Figure($"value-{value.Currency}", GoalKind.EarnedMediaValue, GoalWords.Amount(GoalKind.EarnedMediaValue, value.Currency, value.Value, texts), texts);
            figures.Add(figure with { Beside = value.Unpriced == 0 ? null : texts.Plural("Goals.Unpriced", value.Unpriced) });
        }

        var own = Own(converted, texts);
        if (numbers.Reach is { } reach)
        {
            figures.Add(new ReportFigure(
                "reach", texts["Reports.Figure_reach"], $"≈ {texts.Number(reach.People)}", texts["Reports.Formula_reach"], Rows: null, texts.Plural("Reports.ReachFrom", reach.From)));
            own["networks"] = texts.Format("Reports.Own_networks", ("people", reach.People));
        }

        return new ReportExtras { Goals = progress.Count == 0 ? null : Table(progress, texts), Figures = figures, Own = own, Converted = converted is not null };
    }

    private static ReportFigure Figure(string key, GoalKind kind, string value, Texts t) => new(key, GoalWords.Kind(kind, t), value, GoalWords.How(kind, t), Rows: null);

    private static ReportTable Table(IReadOnlyList<GoalProgress> progress, Texts t) => new(
        "goals",
        t["Goals.ReportTitle"],
        [
            new TableColumn("goal", t["Goals.ReportGoal"], ColumnKind.Text),
            new TableColumn("whose", t["Goals.FormWhose"], ColumnKind.Text),
            new TableColumn("soFar", t["Goals.ReportSoFar"], ColumnKind.Text, t["Goals.ReportHow"]),
            new TableColumn("target", t["Goals.FormTarget"], ColumnKind.Text),
            new TableColumn("until", t["Goals.FormEnd"], ColumnKind.Date),
            new TableColumn("pace", t["Goals.ReportPace"], ColumnKind.Text, t["Goals.ListHow"]),
        ],
        [.. progress.Select(goal => (IReadOnlyList<object?>)
        [
            GoalWords.Kind(goal.Kind, t),
            goal.CampaignId is null ? t["Goals.Programme"] : goal.CampaignTitle,
            goal.Value is { } value ? GoalWords.Amount(goal.Kind, goal.Currency, value, t) : null,
            GoalWords.Amount(goal.Kind, goal.Currency, goal.Target, t),
            goal.EndsOn,
            GoalWords.Pace(goal, t),
        ])]);

    private static Dictionary<string, string> Own((int Applicants, int Leads)? converted, Texts t)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        if (converted is { } counted)
        {
            own["leads"] = t.Plural("Goals.OwnLeads", counted.Leads);
            own["applicants"] = t.Plural("Goals.OwnApplicants", counted.Applicants);
        }

        return own;
    }

    /// <returns>Null: nothing was ever reported, and no key works.</returns>
    private async Task<(int Applicants, int Leads)?> ConvertedAsync(long workspace, ReportPeriod period, CancellationToken cancellationToken)
    {
        if (!await goals.ReportedAsync(workspace, clock.GetUtcNow(), cancellationToken))
        {
            return null;
        }

        var (start, end) = (period.Start, period.End);
        var counted = await db.Conversions.AsNoTracking()
            .Where(c => c.WorkspaceId == workspace && c.At >= start && c.At < end && c.CampaignId != null && c.Type != null && c.ReversedAt == null)
            .GroupBy(c => c.Type).Select(g => new { Type = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Type!.Value, g => g.Count, cancellationToken);
        return (counted.GetValueOrDefault(ConversionType.Applicant), counted.GetValueOrDefault(ConversionType.Lead));
    }
}
