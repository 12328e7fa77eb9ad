using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AdvocacyBot.Core.Reports;
using NodaTime;
using NodaTime.Text;

namespace AdvocacyBot.Host.Reports;

/// <summary>The report as data: what its charts are drawn from, and what a script can read.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Write(ReportContent content, ReportVisitor visitor)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("language", visitor.Language.Code);
            json.WriteNumber("weeks", content.Period.Weeks);
            json.WriteString("from", Day(content.Period.First));
            json.WriteString("to", Day(content.Period.Today));
            json.WriteString("timeZone", content.Period.TimeZone);
            json.WriteBoolean("tooFew", content.Numbers.SmallGroup);
            json.WriteStartArray("figures");
            foreach (var figure in content.Figures)
            {
                json.WriteStartObject();
                json.WriteString("key", figure.Key);
                json.WriteString("title", figure.Title);
                json.WriteString("value", figure.Value);
                json.WriteString("formula", figure.Formula);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("tables");
            foreach (var table in content.Tables)
            {
                Write(json, table);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ReportTable table)
    {
        json.WriteStartObject();
        json.WriteString("key", table.Key);
        json.WriteString("title", table.Title);
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("key", column.Key);
            json.WriteString("title", column.Title);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(column.Kind.ToString()));
            json.WriteString("formula", column.Formula);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartArray();
            foreach (var cell in row)
            {
                Write(json, cell);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (table.Chart is { } chart)
        {
            json.WriteStartObject("chart");
            json.WriteString("type", chart.Type);
            json.WriteStartArray("columns");
            foreach (var column in chart.Columns)
            {
                json.WriteStringValue(column);
            }

            json.WriteEndArray();
            if (chart.Line is { } line)
            {
                json.WriteNumber("line", line);
                json.WriteString("lineTitle", chart.LineTitle);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object? cell)
    {
        switch (cell)
        {
            case null:
                json.WriteNullValue();
                break;
            case LocalDate date:
                json.WriteStringValue(Day(date));
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(cell, System.Globalization.CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(cell.ToString());
                break;
        }
    }

    private static string Day(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
