using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Reports;

namespace AdvocacyBot.Host.Reports;

/// <summary>All that a report says, in words and figures.</summary>
internal sealed record ReportContent(ReportNumbers Numbers, IReadOnlyList<ReportFigure> Figures, IReadOnlyList<ReportTable> Tables, Texts Texts)
{
    public ReportPeriod Period => Numbers.Period;
}

/// <summary>Reads a report for somebody.</summary>
internal sealed class ReportContents(ReportQuery query, ReportTables tables, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <returns>Null: it is being summed up for the first time.</returns>
    public async Task<ReportContent?> ReadAsync(ReportVisitor visitor, int weeks, int campaigns, CancellationToken cancellationToken)
    {
        var period = ReportPeriod.Of(weeks, visitor.TimeZone, clock.GetUtcNow());
        await using var scope = scopes.CreateAsyncScope();
        var reading = scope.ServiceProvider.GetRequiredService<ReadExtras>();

        // Goals may last years: they are read beside the figures, not after them.
        var goals = Task.Run(() => reading.GoalsAsync(visitor, cancellationToken), cancellationToken);
        var figures = query.ReadAsync(visitor.WorkspaceId, period, campaigns, cancellationToken);
        await Task.WhenAll(goals, figures);
        if (await figures is not { } numbers)
        {
            return null;
        }

        var texts = Texts.In(visitor.Language);
        var extras = await reading.RunAsync(visitor, numbers, await goals, texts, cancellationToken);
        return new ReportContent(numbers, ReportTables.Figures(numbers, extras, texts), tables.All(numbers, extras, texts), texts);
    }
}
