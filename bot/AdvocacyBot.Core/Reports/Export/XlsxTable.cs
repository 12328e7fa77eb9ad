using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using NodaTime;

namespace AdvocacyBot.Core.Reports.Export;

/// <summary>
/// A table as an Excel workbook with one sheet (ECMA-376, SpreadsheetML), by hand, because the package feed this is built from lacks a package for it. Texts are inline strings, which are
/// never formulas; numbers, shares and dates are numbers with a format.
/// </summary>
public static class XlsxTable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    /// <summary>What Excel takes at most in a cell.</summary>
    private const int LongestText = 32_767;

    private const int LongestSheetName = 31;

    // Days are counted from here since Excel holds 1900 for a leap year.
    private static readonly LocalDate FirstDay = new(1899, 12, 30);

    // Formats of the styles below, by number: 0 plain, 1 whole number, 2 percent, 3 date, 4 decimals, 5 heading.
    private const string Styles =
        $"""
        <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    /// <param name="table">Its title names the sheet.</param>
    /// <param name="rightToLeft">Whether the first column stands on the right.</param>
    public static byte[] Write(ReportTable table, bool rightToLeft)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml",
                $"""
                <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
                <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
                <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
                <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
                """);
            Part(zip, "_rels/.rels", Relations(("rId1", "officeDocument", "xl/workbook.xml")));
            Part(zip, "xl/_rels/workbook.xml.rels", Relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")));
            Part(zip, "xl/styles.xml", Styles);
            using (var workbook = Xml(zip, "xl/workbook.xml"))
            {
                workbook.WriteStartElement("workbook", Main);
                workbook.WriteStartElement("sheets", Main);
                workbook.WriteStartElement("sheet", Main);
                workbook.WriteAttributeString("name", SheetName(table.Title));
                workbook.WriteAttributeString("sheetId", "1");
                workbook.WriteAttributeString("id", Office, "rId1");
            }

            using var sheet = Xml(zip, "xl/worksheets/sheet1.xml");
            WriteSheet(sheet, table, rightToLeft);
        }

        return file.ToArray();
    }

    private static void WriteSheet(XmlWriter sheet, ReportTable table, bool rightToLeft)
    {
        sheet.WriteStartElement("worksheet", Main);
        sheet.WriteStartElement("sheetViews", Main);
        sheet.WriteStartElement("sheetView", Main);
        if (rightToLeft)
        {
            sheet.WriteAttributeString("rightToLeft", "1");
        }

        sheet.WriteAttributeString("workbookViewId", "0");
        sheet.WriteStartElement("pane", Main);
        sheet.WriteAttributeString("ySplit", "1");
        sheet.WriteAttributeString("topLeftCell", "A2");
        sheet.WriteAttributeString("activePane", "bottomLeft");
        sheet.WriteAttributeString("state", "frozen");
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.WriteStartElement("cols", Main);
        for (var column = 1; column <= table.Columns.Count; column++)
        {
            sheet.WriteStartElement("col", Main);
            sheet.WriteAttributeString("min", Number(column));
            sheet.WriteAttributeString("max", Number(column));
            sheet.WriteAttributeString("width", column == 1 ? "40" : "18");
            sheet.WriteAttributeString("customWidth", "1");
            sheet.WriteEndElement();
        }

        sheet.WriteEndElement();
        sheet.WriteStartElement("sheetData", Main);
        WriteRow(sheet, 1, table.Columns.Select(column => ((object?)column.Title, Style: 5)));
        foreach (var (index, row) in table.Rows.Index())
        {
            WriteRow(sheet, index + 2, row.Zip(table.Columns, (cell, column) => (cell, (int)column.Kind)));
        }

        sheet.WriteEndElement();
        sheet.WriteEndElement();
    }

    private static void WriteRow(XmlWriter sheet, int number, IEnumerable<(object? Cell, int Style)> cells)
    {
        sheet.WriteStartElement("row", Main);
        sheet.WriteAttributeString("r", Number(number));
        foreach (var (index, (cell, style)) in cells.Index())
        {
            if (cell is null)
            {
                continue;
            }

            sheet.WriteStartElement("c", Main);
            sheet.WriteAttributeString("r", $"{Letters(index)}{Number(number)}");
            sheet.WriteAttributeString("s", Number(cell is string && style != 5 ? 0 : style));
            if (cell is string text)
            {
                var safe = CellText.Safe(text);
                sheet.WriteAttributeString("t", "inlineStr");
                sheet.WriteStartElement("is", Main);
                sheet.WriteStartElement("t", Main);
                sheet.WriteAttributeString("xml", "space", ns: null, "preserve");
                sheet.WriteString(safe.Length > LongestText ? safe[..LongestText] : safe);
                sheet.WriteEndElement();
                sheet.WriteEndElement();
            }
            else
            {
                sheet.WriteElementString("v", Main, cell is LocalDate date ? Number(Period.DaysBetween(FirstDay, date)) : ((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture));
            }

            sheet.WriteEndElement();
        }

        sheet.WriteEndElement();
    }

    /// <summary>Excel's rules: no <c>: \ / ? * [ ]</c>, no apostrophe at the ends, 31 characters.</summary>
    private static string SheetName(string title)
    {
        var name = string.Concat(title.Where(c => !":\\/?*[]'".Contains(c, StringComparison.Ordinal) && !char.IsControl(c)));
        name = name.Length > LongestSheetName ? name[..LongestSheetName] : name;
        return name.Trim().Length == 0 ? "1" : name.Trim();
    }

    private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Relations(params (string Id, string Type, string Target)[] all) =>
        $"""<Relationships xmlns="{Package}/relationships">{string.Concat(all.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Office}/{r.Type}\" Target=\"{r.Target}\"/>"))}</Relationships>""";

    private static void Part(ZipArchive zip, string name, string xml)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        writer.Write(xml);
    }

    private static XmlWriter Xml(ZipArchive zip, string name) => XmlWriter.Create(zip.CreateEntry(name).Open(), new XmlWriterSettings
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = true, CheckCharacters = true,
    });
}
