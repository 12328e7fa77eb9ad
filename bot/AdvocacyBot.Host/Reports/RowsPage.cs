using System.Globalization;
using System.Text;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Host.Links;

namespace AdvocacyBot.Host.Reports;

/// <summary>The rows that a figure is made of. Nobody is named in it who did not agree to be.</summary>
internal sealed class RowsPage(ReportRows rows, NetworkCatalogue networks, TimeProvider clock)
{
    private const int PerPage = 100;

    /// <summary>Rows of an export.</summary>
    public const int Exported = 10_000;

    public async Task WriteAsync(HttpContext context, ReportVisitor visitor, string kind, int weeks)
    {
        if (!ReportRows.Kinds.Contains(kind))
        {
            await ReportHtml.MessageAsync(context, StatusCodes.Status404NotFound, "Reports.NoSuchPage");
            return;
        }

        var (campaign, before) = (Number(context, "campaign"), Number(context, "before"));
        var (table, last) = await ReadAsync(visitor, kind, campaign, before, weeks, PerPage, context.RequestAborted);
        var t = Texts.In(visitor.Language);
        var root = context.Request.PathBase.ToUriComponent();
        var query = string.Create(CultureInfo.InvariantCulture, $"weeks={weeks}{(campaign is { } id ? $"&campaign={id}" : "")}");
        var html = new StringBuilder(
            $"""
            <header class="top"><p class="programme"><a href="{root}/report?weeks={weeks.ToString(CultureInfo.InvariantCulture)}">{Html.Encode(t["Reports.Back"])}</a></p>
            <h1>{Html.Encode(table.Title)}</h1><p class="dates">{Html.Encode(t["Reports.RowsText"])}</p></header><main id="main"><section class="block">
            """);
        if (table.Rows.Count == 0)
        {
            html.Append($"""<p class="note">{Html.Encode(t["Reports.NoRows"])}</p>""");
        }
        else
        {
            html.Append($"""<div class="scroll" role="region" tabindex="0" aria-label="{Html.Encode(table.Title)}"><table><thead><tr>""");
            foreach (var column in table.Columns)
            {
                html.Append($"""<th scope="col" class="text">{Html.Encode(column.Title)}</th>""");
            }

            html.Append("</tr></thead><tbody>");
            foreach (var row in table.Rows)
            {
                html.Append("<tr>");
                for (var i = 0; i < row.Count; i++)
                {
                    html.Append($"""<td class="text"><bdi>{Html.Encode(TableHtml.Cell(row[i], table.Columns[i].Kind, t))}</bdi></td>""");
                }

                html.Append("</tr>");
            }

            html.Append("</tbody></table></div>");
        }

        html.Append($"""<p class="exports"><a href="{root}/report/export/rows-{kind}.csv?{Html.Encode(query)}" download>CSV</a> <a href="{root}/report/export/rows-{kind}.xlsx?{Html.Encode(query)}" download>XLSX</a></p>""");
        if (last is { } next)
        {
            html.Append($"""<p class="next"><a href="{root}/report/rows/{kind}?{Html.Encode(query)}&amp;before={next.ToString(CultureInfo.InvariantCulture)}">{Html.Encode(t["Reports.Older"])}</a></p>""");
        }

        html.Append("</section></main>");
        await ReportHtml.WriteAsync(context, StatusCodes.Status200OK, visitor.Language, table.Title, html.ToString());
    }

    /// <returns>The rows as a table, and where older ones go on; null: there are none.</returns>
    public async Task<(ReportTable Table, long? Next)> ReadAsync(
        ReportVisitor visitor, string kind, long? campaign, long? before, int weeks, int most, CancellationToken cancellationToken)
    {
        var t = Texts.In(visitor.Language);
        var period = ReportPeriod.Of(weeks, visitor.TimeZone, clock.GetUtcNow());
        var found = await rows.ReadAsync(visitor, period, new RowsWanted(kind, campaign, before, most), cancellationToken);
        var table = new ReportTable(
            $"rows-{kind}",
            t[$"Reports.Rows_{kind}"],
            [
                new("day", t["Reports.Column_day"], ColumnKind.Date), new("what", t["Reports.Column_what"], ColumnKind.Text), new("amount", t["Reports.Column_amount"], ColumnKind.Number),
                new("network", t["Reports.Column_network"], ColumnKind.Text), new("campaign", t["Reports.Column_campaign"], ColumnKind.Text), new("who", t["Reports.Column_who"], ColumnKind.Text),
            ],
            [.. found.Select(row => (IReadOnlyList<object?>)
            [
                row.Day, row.Kind is { } what ? t[$"Reports.Kind{what}"] : t[$"Reports.Class{row.Class}"], row.Amount, row.Network is { } key ? networks.Find(key)?.Name(t.Language) ?? key : null,
                row.Campaign, row.Kind is null ? t["Reports.Visitor"] : row.Name ?? t["Reports.Anonymous"],
            ])]);
        return (table, found.Count == most ? found[^1].Id : null);
    }

    public static long? Number(HttpContext context, string name) =>
        long.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
