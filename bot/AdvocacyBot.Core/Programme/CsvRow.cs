using System.Buffers;
using System.Globalization;
using AdvocacyBot.Core.Reports;

namespace AdvocacyBot.Core.Programme;

/// <summary>Writes rows of CSV: RFC 4180, comma, CRLF.</summary>
internal static class CsvRow
{
    /// <summary>What some spreadsheet takes for the end of a cell.</summary>
    private static readonly SearchValues<char> Separating = SearchValues.Create(",;\"\r\n\t");

    public static Task WriteAsync(TextWriter to, IEnumerable<string?> cells) => to.WriteAsync(string.Join(',', cells.Select(Cell)) + "\r\n");

    /// <summary>ISO 8601, UTC, with milliseconds.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Quoted where it must be; what a spreadsheet would take for a formula is made text by an apostrophe.</summary>
    public static string Cell(string? value)
    {
        var text = CellText.Safe(value ?? "");
        return text.AsSpan().IndexOfAny(Separating) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
