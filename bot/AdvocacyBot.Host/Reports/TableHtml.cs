using System.Globalization;
using System.Text;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Host.Links;
using NodaTime;

namespace AdvocacyBot.Host.Reports;

/// <summary>A table of the report: the picture's place, the same figures to read, their formulas, and the exports.</summary>
internal static class TableHtml
{
    public static void Write(StringBuilder html, ReportTable table, ReportContent content, ReportVisitor visitor, string root)
    {
        var t = content.Texts;
        html.Append($"""<section class="block" id="table-{table.Key}" aria-labelledby="title-{table.Key}"><h2 id="title-{table.Key}">{Html.Encode(table.Title)}</h2>""");
        if (table.Rows.Count == 0)
        {
            html.Append($"""<p class="note">{Html.Encode(t["Reports.NothingYet"])}</p></section>""");
            return;
        }

        if (table.Chart is not null)
        {
            html.Append($"""<div class="chart" data-chart="{table.Key}"><canvas role="img" aria-label="{Html.Encode(Alternative(table, t))}"></canvas></div>""");
        }

        html.Append($"""<div class="scroll" role="region" tabindex="0" aria-labelledby="title-{table.Key}"><table><thead><tr>""");
        foreach (var column in table.Columns)
        {
            html.Append($"""<th scope="col" class="{Class(column.Kind)}">{Html.Encode(column.Title)}""");
            if (column.Formula is { } formula)
            {
                Why(html, WhyId(table, column), column.Title, formula, RowsAddress(column.Rows, campaign: null, content.Period, visitor, root), t);
            }

            html.Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var (index, row) in table.Rows.Index())
        {
            Row(html, table, row, table.Campaigns?[index], content, visitor, root);
        }

        html.Append("</tbody></table></div>");
        if (table.Note is { Length: > 0 } note)
        {
            html.Append($"""<p class="note">{Html.Encode(note)}</p>""");
        }

        html.Append(CultureInfo.InvariantCulture,
            $"""
            <p class="exports"><a href="{root}/report/export/{table.Key}.csv?weeks={content.Period.Weeks}" download>CSV</a>
            <a href="{root}/report/export/{table.Key}.xlsx?weeks={content.Period.Weeks}" download>XLSX</a></p></section>
            """);
    }

    /// <summary>A question mark that shows how a figure is worked out: by mouse, finger and keyboard, with or without script.</summary>
    public static void Why(StringBuilder html, string id, string title, string formula, string? rows, Texts t)
    {
        html.Append(
            $"""
            <details class="why" id="{id}"><summary aria-label="{Html.Encode(t.Format("Reports.WhyLabel", ("title", title)))}">?</summary><div class="formula"><p>{Html.Encode(formula)}</p>
            """);
        if (rows is not null)
        {
            html.Append($"""<p><a href="{Html.Encode(rows)}">{Html.Encode(t["Reports.RowsLink"])}</a></p>""");
        }

        html.Append("</div></details>");
    }

    /// <summary>Where the rows behind a figure are shown; null where they are not, or not to this person.</summary>
    public static string? RowsAddress(string? kind, long? campaign, ReportPeriod period, ReportVisitor visitor, string root) =>
        kind is null || !visitor.SeesRows
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{root}/report/rows/{kind}?weeks={period.Weeks}{(campaign is { } id ? $"&campaign={id}" : "")}");

    public static string Cell(object? cell, ColumnKind kind, Texts t) => cell switch
    {
        null => "–",
        LocalDate date => ReportPage.Day(date, t),
        double share when kind == ColumnKind.Percent => Texts.Percent(share),
        double number => t.Number(number, "N1"),
        decimal amount => t.Number((double)amount, "N2"),
        int or long => t.Number(Convert.ToDouble(cell, CultureInfo.InvariantCulture)),
        _ => cell.ToString() ?? "",
    };

    private static void Row(StringBuilder html, ReportTable table, IReadOnlyList<object?> row, long? campaign, ReportContent content, ReportVisitor visitor, string root)
    {
        var t = content.Texts;
        html.Append("<tr>");
        for (var i = 0; i < row.Count; i++)
        {
            var (column, text) = (table.Columns[i], Html.Encode(Cell(row[i], table.Columns[i].Kind, t)));
            if (i == 0)
            {
                html.Append($"""<th scope="row" class="{Class(column.Kind)}"><bdi>{text}</bdi></th>""");
                continue;
            }

            var why = column.Formula is null ? "" : $" data-why=\"{WhyId(table, column)}\"";
            var rows = campaign is null || row[i] is null ? null : RowsAddress(column.Rows, campaign, content.Period, visitor, root);
            html.Append($"""<td class="{Class(column.Kind)}"{why}>{(rows is null ? text : $"<a href=\"{Html.Encode(rows)}\">{text}</a>")}{(row[i] is null ? $"<span class=\"hidden\">{Html.Encode(t["Reports.NoFigure"])}</span>" : "")}</td>""");
        }

        html.Append("</tr>");
    }

    /// <summary>What somebody hears who cannot see the picture: its title, its highest value, and that the figures follow.</summary>
    private static string Alternative(ReportTable table, Texts t)
    {
        var column = table.Columns.Index().First(c => c.Item.Key == table.Chart!.Columns[0]);
        var highest = table.Rows.Where(row => row[column.Index] is not null).MaxBy(row => Convert.ToDouble(row[column.Index], CultureInfo.InvariantCulture));
        return highest is null
            ? t.Format("Reports.ChartAlt", ("title", table.Title))
            : t.Format(
                "Reports.ChartAltHighest", ("title", table.Title), ("column", column.Item.Title), ("name", Cell(highest[0], table.Columns[0].Kind, t)),
                ("value", Cell(highest[column.Index], column.Item.Kind, t)));
    }

    private static string WhyId(ReportTable table, TableColumn column) => $"why-{table.Key}-{column.Key}";

    private static string Class(ColumnKind kind) => kind is ColumnKind.Text ? "text" : kind is ColumnKind.Date ? "date" : "number";
}
