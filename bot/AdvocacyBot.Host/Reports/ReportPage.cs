using System.Globalization;
using System.Text;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Host.Links;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.Reports;

/// <summary>The report's page. All figures stand in its HTML; the script draws the charts and shows formulas on hover.</summary>
internal sealed class ReportPage(ReportContents contents, IOptions<ProgrammeOptions> programme)
{
    public async Task WriteAsync(HttpContext context, ReportVisitor visitor, int weeks)
    {
        if (await contents.ReadAsync(visitor, weeks, ReportQuery.ShownCampaigns, context.RequestAborted) is not { } content)
        {
            context.Response.Headers.RetryAfter = "5";
            await ReportHtml.MessageAsync(context, StatusCodes.Status503ServiceUnavailable, "Reports.Preparing", refresh: 5);
            return;
        }

        var t = content.Texts;
        var root = context.Request.PathBase.ToUriComponent();
        var html = new StringBuilder();
        Top(html, content, visitor, root);
        html.Append("<main id=\"main\">");
        if (content.Numbers.SmallGroup)
        {
            html.Append($"""<p class="notice" role="status">{Html.Encode(t["Reports.TooFewText"])}</p>""");
        }

        Figures(html, content, visitor, root);
        foreach (var table in content.Tables)
        {
            TableHtml.Write(html, table, content, visitor, root);
        }

        Formulas(html, content);
        html.Append("</main>");
        await ReportHtml.WriteAsync(context, StatusCodes.Status200OK, visitor.Language, t.Format("Reports.PageTitle", ("programme", programme.Value.Name)), html.ToString(), charts: true);
    }

    /// <summary>"November 23, 2026", as the language writes it.</summary>
    internal static string Day(NodaTime.LocalDate day, Texts t) => day.ToDateOnly().ToString(t["Reports.DayFormat"], t.Language.Culture);

    private void Top(StringBuilder html, ReportContent content, ReportVisitor visitor, string root)
    {
        var t = content.Texts;
        html.Append(
            $"""
            <a class="skip" href="#main">{Html.Encode(t["Reports.Skip"])}</a>
            <header class="top">
            <p class="programme"><bdi>{Html.Encode(programme.Value.Name)}</bdi> · <bdi>{Html.Encode(visitor.Workspace)}</bdi></p>
            <h1>{Html.Encode(t["Reports.Heading"])}</h1>
            <p class="dates">{Html.Encode(t.Format("Reports.Dates", ("from", Day(content.Period.First, t)), ("to", Day(content.Period.Today, t)), ("zone", content.Period.TimeZone)))}</p>
            <nav class="periods" aria-label="{Html.Encode(t["Reports.PeriodChoice"])}">
            """);
        foreach (var choice in ReportPeriod.Choices)
        {
            var current = choice == content.Period.Weeks ? " aria-current=\"page\"" : "";
            html.Append(CultureInfo.InvariantCulture, $"""<a href="{root}/report?weeks={choice}"{current}>{Html.Encode(t.Plural("Reports.Weeks", choice))}</a>""");
        }

        html.Append(
            $"""
            </nav>
            <div class="tools"><button type="button" id="print" class="quiet" hidden>{Html.Encode(t["Reports.Print"])}</button>
            <form method="post" action="{root}/report/out"><button type="submit" class="quiet">{Html.Encode(t["Reports.SignOut"])}</button></form></div>
            </header>
            """);
    }

    private static void Figures(StringBuilder html, ReportContent content, ReportVisitor visitor, string root)
    {
        if (content.Figures.Count == 0)
        {
            return;
        }

        html.Append($"""<section class="figures" aria-label="{Html.Encode(content.Texts["Reports.FiguresLabel"])}">""");
        foreach (var figure in content.Figures)
        {
            html.Append($"""<div class="figure" id="figure-{figure.Key}" data-why="why-{figure.Key}"><h2>{Html.Encode(figure.Title)}</h2><p class="value">{Html.Encode(figure.Value)}</p>""");
            if (figure.Beside is { } beside)
            {
                html.Append($"""<p class="beside">{Html.Encode(beside)}</p>""");
            }

            TableHtml.Why(html, $"why-{figure.Key}", figure.Title, figure.Formula, TableHtml.RowsAddress(figure.Rows, campaign: null, content.Period, visitor, root), content.Texts);
            html.Append("</div>");
        }

        html.Append("</section>");
    }

    /// <summary>Once more in full, for print and for whoever wants to read them in a row.</summary>
    private static void Formulas(StringBuilder html, ReportContent content)
    {
        var t = content.Texts;
        var all = content.Figures.Select(f => (f.Title, f.Formula))
            .Concat(content.Tables.SelectMany(table => table.Columns).Where(column => column.Formula is not null).Select(column => (column.Title, Formula: column.Formula!)))
            .DistinctBy(f => f.Formula).ToList();
        html.Append($"""<section class="block formulas" id="formulas"><h2>{Html.Encode(t["Reports.FormulasTitle"])}</h2><dl>""");
        foreach (var (title, formula) in all)
        {
            html.Append($"<div><dt>{Html.Encode(title)}</dt><dd>{Html.Encode(formula)}</dd></div>");
        }

        html.Append($"""</dl><p class="note">{Html.Encode(t["Reports.NotMeasured"])}</p></section>""");
    }
}
