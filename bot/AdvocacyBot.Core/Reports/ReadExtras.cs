using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Reports;

/// <summary>Reads what other parts of the programme add to a report.</summary>
public sealed class ReadExtras
{
    private readonly ReportExtras nothing = new();

    /// <summary>For a group too small to be broken down: nothing.</summary>
    public Task<ReportExtras> RunAsync(ReportVisitor visitor, ReportNumbers numbers, Texts texts, CancellationToken cancellationToken) => Task.FromResult(nothing);
}
