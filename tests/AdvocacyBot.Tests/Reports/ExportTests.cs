using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Host.Reports.Export;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using NodaTime;

namespace AdvocacyBot.Tests.Reports;

public sealed class ExportTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Theory]
    [InlineData("=1+1")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1")]
    [InlineData("-1+2")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(A1)")]
    [InlineData(" =1")]
    [InlineData("\u00A0=1")]
    [InlineData("\u200B=1")]
    [InlineData("\u202E=1")]
    [InlineData("\u2068=1")]
    [InlineData("\u0000=1")]
    [InlineData("\uFEFF=1")]
    [InlineData("|calc")]
    public void Words_never_become_a_formula(string words)
    {
        var safe = CellText.Safe(words);
        Assert.StartsWith("'", safe, StringComparison.Ordinal);

        var csv = Lines(CsvTable.Write(Table(words)))[1];
        Assert.True(csv.StartsWith('\'') || csv.StartsWith("\"'", StringComparison.Ordinal), csv);
        var cell = Cells(XlsxTable.Write(Table(words), rightToLeft: false))[5];
        Assert.Equal("inlineStr", (string?)cell.Attribute("t"));
        Assert.StartsWith("'", cell.Value, StringComparison.Ordinal);
        Assert.Empty(cell.Descendants(Main + "f"));
    }

    [Theory]
    [InlineData("We are hiring")]
    [InlineData("משרות = הזדמנויות")]
    [InlineData("2026")]
    [InlineData("a-b")]
    [InlineData("")]
    public void Harmless_words_stay_as_they_are(string words) => Assert.Equal(words, CellText.Safe(words));

    [Fact]
    public void A_CSV_file_is_read_as_Hebrew_numbers_and_dates()
    {
        var file = CsvTable.Write(Table("אנחנו מגייסים, \"באמת\"\nשורה"));

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), file[..3]);
        var text = Encoding.UTF8.GetString(file[3..]);
        Assert.Equal("\"Words, all\",Number,Share,Day,Money\r\n\"אנחנו מגייסים, \"\"באמת\"\"\nשורה\",1234567,0.125,2026-11-23,1234.5\r\n", text);
    }

    [Fact]
    public void A_workbook_is_valid_and_holds_numbers_as_numbers_and_dates_as_dates()
    {
        var file = XlsxTable.Write(Table("אנחנו מגייסים"), rightToLeft: true);

        using (var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false))
        {
            Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        }

        var cells = Cells(file);
        Assert.Equal(["אנחנו מגייסים", "1234567", "0.125", "46349", "1234.5"], cells[5..].Select(cell => cell.Value));
        Assert.Equal(["0", "1", "2", "3", "4"], cells[5..].Select(cell => (string?)cell.Attribute("s")));
        Assert.Equal("1", (string?)Sheet(file).Descendants(Main + "sheetView").Single().Attribute("rightToLeft"));
    }

    [Theory]
    [InlineData("History: [all] of it / and more than Excel takes in a name?")]
    [InlineData("'quoted'")]
    [InlineData("")]
    public void Any_title_makes_a_sheets_name(string title)
    {
        var file = XlsxTable.Write(Table("x") with { Title = title }, rightToLeft: false);
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document));
        Assert.InRange(document.WorkbookPart!.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single().Name!.Value!.Length, 1, 31);
    }

    [Fact]
    public void Characters_that_a_file_cannot_hold_are_left_out()
    {
        var file = XlsxTable.Write(Table("a\u0001b\uD800c\uFFFEd"), rightToLeft: false);
        Assert.Equal("ab\uFFFDcd", Cells(file)[5].Value);
    }

    private static ReportTable Table(string words) => new(
        "t",
        "Words",
        [
            new("words", "Words, all", ColumnKind.Text), new("number", "Number", ColumnKind.Number), new("share", "Share", ColumnKind.Percent), new("day", "Day", ColumnKind.Date),
            new("money", "Money", ColumnKind.Amount),
        ],
        [[words, 1234567, 0.125, new LocalDate(2026, 11, 23), 1234.5m]]);

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file[3..]).Split("\r\n", 2);

    private static List<XElement> Cells(byte[] file) => [.. Sheet(file).Descendants(Main + "c")];

    private static XDocument Sheet(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var sheet = zip.Entries.Single(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal)).Open();
        return XDocument.Load(sheet);
    }
}
