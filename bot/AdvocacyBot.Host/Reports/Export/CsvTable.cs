using System.Buffers;
using System.Globalization;
using System.Text;
using AdvocacyBot.Core.Reports;
using NodaTime;

namespace AdvocacyBot.Host.Reports.Export;

/// <summary>A table as CSV (RFC 4180): UTF-8 with a byte order mark, without which Excel reads Hebrew wrong; numbers with a point, dates as <c>yyyy-MM-dd</c>, shares of one.</summary>
internal static class CsvTable
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Characters that some spreadsheet takes for an end of the cell, and the apostrophe that keeps formulas off.</summary>
    private static readonly SearchValues<char> Separating = SearchValues.Create(",;\"\r\n\t'");

    public static byte[] Write(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder();
        Line(text, table.Columns.Select(column => (object?)column.Title));
        foreach (var row in table.Rows)
        {
            Line(text, row);
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static void Line(StringBuilder text, IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(object? value) => value switch
    {
        null => "",
        string words => Quoted(CellText.Safe(words)),
        LocalDate date => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        double number => Math.Round(number, 6).ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(CellText.Safe(value.ToString() ?? "")),
    };

    private static string Quoted(string words) =>
        words.AsSpan().ContainsAny(Separating) ? $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : words;
}
