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
        if (await query.ReadAsync(visitor.WorkspaceId, period, campaigns, cancellationToken) is not { } numbers)
        {
            return null;
        }

        var texts = Texts.In(visitor.Language);
        await using var scope = scopes.CreateAsyncScope();
        var extras = await scope.ServiceProvider.GetRequiredService<ReadExtras>().RunAsync(visitor, numbers, texts, cancellationToken);
        return new ReportContent(numbers, ReportTables.Figures(numbers, extras, texts), tables.All(numbers, extras, texts), texts);
    }
}
