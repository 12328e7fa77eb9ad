using AdvocacyBot.Core.Reports;
using AdvocacyBot.Host.Reports.Export;

namespace AdvocacyBot.Host.Reports;

/// <summary><c>/report/export/{table}.csv</c> and <c>.xlsx</c>: a table of the page, or the rows behind a figure, for a spreadsheet.</summary>
internal sealed class ReportExport(ReportContents contents, RowsPage rows, TimeProvider clock)
{
    private const string RowsOf = "rows-";

    public async Task WriteAsync(HttpContext context, ReportVisitor visitor, string name, int weeks)
    {
        var dot = name.LastIndexOf('.');
        var (key, form) = dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..]);
        if (form is not ("csv" or "xlsx"))
        {
            await ReportHtml.MessageAsync(context, StatusCodes.Status404NotFound, "Reports.NoSuchPage");
            return;
        }

        if (key.StartsWith(RowsOf, StringComparison.Ordinal) && !visitor.SeesRows)
        {
            await ReportHtml.MessageAsync(context, StatusCodes.Status403Forbidden, "Reports.RowsNotAllowed");
            return;
        }

        if (await TableAsync(context, visitor, key, weeks) is not { } table)
        {
            await ReportHtml.MessageAsync(context, StatusCodes.Status404NotFound, "Reports.NoSuchPage");
            return;
        }

        var file = form == "csv" ? CsvTable.Write(table) : XlsxTable.Write(table, visitor.Language.RightToLeft);
        var today = ReportPeriod.Of(weeks, visitor.TimeZone, clock.GetUtcNow()).Today;
        ReportHtml.Protect(context.Response);
        context.Response.ContentType = form == "csv" ? CsvTable.ContentType : XlsxTable.ContentType;
        context.Response.ContentLength = file.Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"advocacy-{key}-{NodaTime.Text.LocalDatePattern.Iso.Format(today)}.{form}\"";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(file, context.RequestAborted);
        }
    }

    private async Task<ReportTable?> TableAsync(HttpContext context, ReportVisitor visitor, string key, int weeks)
    {
        if (key.StartsWith(RowsOf, StringComparison.Ordinal))
        {
            var kind = key[RowsOf.Length..];
            return ReportRows.Kinds.Contains(kind)
                ? (await rows.ReadAsync(visitor, kind, RowsPage.Number(context, "campaign"), before: null, weeks, RowsPage.Exported, context.RequestAborted)).Table
                : null;
        }

        var content = await contents.ReadAsync(visitor, weeks, ReportQuery.ExportedCampaigns, context.RequestAborted);
        return content?.Tables.FirstOrDefault(table => table.Key == key);
    }
}
