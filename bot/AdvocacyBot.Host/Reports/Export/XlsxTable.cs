using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using AdvocacyBot.Core.Reports;
using NodaTime;

namespace AdvocacyBot.Host.Reports.Export;

/// <summary>
/// A table as an Excel workbook with one sheet. Texts are inline strings, which are never formulas; numbers, shares and dates are numbers with a format.
/// </summary>
internal static class XlsxTable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>What Excel takes at most in a cell.</summary>
    private const int LongestText = 32_767;

    private const int LongestSheetName = 31;
    private const uint Heading = 5;
    private const uint DateFormat = 164;

    // Days are counted from here since Excel holds 1900 for a leap year.
    private static readonly LocalDate FirstDay = new(1899, 12, 30);

    /// <param name="table">Its title names the sheet.</param>
    /// <param name="rightToLeft">Whether the first column stands on the right.</param>
    public static byte[] Write(ReportTable table, bool rightToLeft)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheet = book.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(
                new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
                {
                    WorkbookViewId = 0, RightToLeft = rightToLeft,
                }),
                new Columns(table.Columns.Select((_, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = i == 0 ? 40 : 18, CustomWidth = true })),
                new SheetData(
                    table.Rows.Select((row, i) => NewRow(i + 2, row.Select((cell, c) => (cell, cell is string ? 0 : (uint)table.Columns[c].Kind))))
                        .Prepend(NewRow(1, table.Columns.Select(column => ((object?)column.Title, Heading))))));
            book.Workbook = new Workbook(
                new BookViews(new WorkbookView()), new Sheets(new Sheet { Id = book.GetIdOfPart(sheet), SheetId = 1, Name = SheetName(table.Title) }));
        }

        return file.ToArray();
    }

    /// <summary>By number: a plain one, and one for each <see cref="ColumnKind"/> in its order; then the heading.</summary>
    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = DateFormat, FormatCode = "yyyy\\-mm\\-dd" }),
        new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(), Format(3), Format(10), Format(DateFormat), Format(4), new CellFormat { FontId = 1, ApplyFont = true }));

    /// <param name="format">3: whole, 10: percent with two decimals, 4: two decimals; ECMA-376, part 1, 18.8.30.</param>
    private static CellFormat Format(uint format) => new() { NumberFormatId = format, ApplyNumberFormat = true };

    private static Row NewRow(int number, IEnumerable<(object? Cell, uint Style)> cells) =>
        new(cells.Select((cell, column) => NewCell(cell.Cell, cell.Style, $"{Letters(column)}{number.ToString(CultureInfo.InvariantCulture)}")).OfType<Cell>()) { RowIndex = (uint)number };

    private static Cell? NewCell(object? value, uint style, string place) => value switch
    {
        null => null,
        string text => new Cell(new InlineString(new Text(Shortened(CellText.Safe(text))) { Space = SpaceProcessingModeValues.Preserve }))
        {
            CellReference = place, StyleIndex = style, DataType = CellValues.InlineString,
        },
        LocalDate date => new Cell(new CellValue(Period.DaysBetween(FirstDay, date))) { CellReference = place, StyleIndex = style },
        IFormattable number => new Cell(new CellValue(number.ToString(null, CultureInfo.InvariantCulture))) { CellReference = place, StyleIndex = style },
        _ => throw new ArgumentException($"A cell holds text, a number or a date, not {value.GetType().Name}.", nameof(value)),
    };

    private static string Shortened(string text) => text.Length > LongestText ? text[..LongestText] : text;

    /// <summary>Excel's rules: no <c>: \ / ? * [ ]</c>, no apostrophe at the ends, 31 characters.</summary>
    private static string SheetName(string title)
    {
        var name = string.Concat(title.Where(c => !":\\/?*[]'".Contains(c, StringComparison.Ordinal) && !char.IsControl(c))).Trim();
        return name.Length switch { 0 => "1", > LongestSheetName => name[..LongestSheetName].Trim(), _ => name };
    }

    private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));
}
