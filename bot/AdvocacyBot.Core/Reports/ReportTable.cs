using NodaTime;

namespace AdvocacyBot.Core.Reports;

public enum ColumnKind
{
    Text = 0,

    /// <summary>A whole number.</summary>
    Number = 1,

    /// <summary>A share of one.</summary>
    Percent = 2,

    /// <summary>A <see cref="LocalDate"/>.</summary>
    Date = 3,

    /// <summary>An amount of money or another number with decimals.</summary>
    Amount = 4,
}

/// <param name="Key">Stable, for scripts.</param>
/// <param name="Title">In the reader's language.</param>
/// <param name="Kind">What its cells hold: a string, a whole number, a double or decimal, or a <see cref="LocalDate"/>; null for nothing to say.</param>
/// <param name="Formula">How a figure of it is worked out; null for what is no figure.</param>
/// <param name="Rows">One of <see cref="ReportRows.Kinds"/> that its figures are made of; null: they are made of no rows.</param>
public sealed record TableColumn(string Key, string Title, ColumnKind Kind, string? Formula = null, string? Rows = null);

/// <summary>A table of the report: what the page shows, what is exported, and what the charts are drawn from.</summary>
/// <param name="Key">Stable, for addresses and file names.</param>
/// <param name="Title">In the reader's language.</param>
/// <param name="Columns">The first one names the row.</param>
/// <param name="Rows">Cells as their columns say.</param>
/// <param name="Chart">How a picture of it is drawn; null: none is.</param>
/// <param name="Note">What has to be known to read it; null for nothing.</param>
public sealed record ReportTable(
    string Key, string Title, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, TableChart? Chart = null, string? Note = null)
{
    /// <summary>Ids of the campaigns of rows, where rows are campaigns; null entries for others.</summary>
    public IReadOnlyList<long?>? Campaigns { get; init; }
}

/// <param name="Type"><c>line</c>, <c>bar</c> or <c>bars</c> (lying).</param>
/// <param name="Columns">Keys of the columns that are drawn, of one kind.</param>
/// <param name="Line">A height to compare with, in the columns' unit; null: none.</param>
/// <param name="LineTitle">What it stands for.</param>
public sealed record TableChart(string Type, IReadOnlyList<string> Columns, double? Line = null, string? LineTitle = null);
