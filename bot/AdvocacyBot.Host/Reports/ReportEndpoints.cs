using System.Globalization;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Host.Links;

namespace AdvocacyBot.Host.Reports;

/// <summary><c>/report/…</c>: signing in with a link from chat, the page, its data, the rows behind its figures, and exports.</summary>
internal static class ReportEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddReportPages(this IServiceCollection services) =>
        services.AddSingleton<ReportCookie>().AddSingleton<ReportPage>().AddSingleton<RowsPage>().AddSingleton<ReportExport>().AddSingleton<ReportContents>();

    public static IEndpointRouteBuilder MapReport(this IEndpointRouteBuilder endpoints)
    {
        ReportHtml.MapAssets(endpoints);
        endpoints.MapMethods("/report/in/{token}", Reading, ShowSignInAsync);
        endpoints.MapPost("/report/in/{token}", SignInAsync);
        endpoints.MapPost("/report/out", SignOutAsync);
        endpoints.MapMethods("/report", Reading, PageAsync);
        endpoints.MapMethods("/report/data", Reading, DataAsync);
        endpoints.MapMethods("/report/rows/{kind}", Reading, RowsAsync);
        endpoints.MapMethods("/report/export/{name}", Reading, ExportAsync);
        return endpoints;
    }

    /// <summary>Only looks: chats fetch links to preview them, and that must not use one up.</summary>
    private static async Task ShowSignInAsync(HttpContext context, string token, ReportAccess access, ReportCookie cookie)
    {
        if (!cookie.IsAllowed)
        {
            await ReportHtml.MessageAsync(context, StatusCodes.Status403Forbidden, "Reports.NeedsHttps");
        }
        else if (await access.LookAsync(token, context.RequestAborted) is { } problem)
        {
            await RefuseAsync(context, problem);
        }
        else
        {
            await SignInPage.WriteAsync(context, token);
        }
    }

    private static async Task SignInAsync(HttpContext context, string token, ReportAccess access, ReportCookie cookie, PublicAddress address)
    {
        ReportHtml.Protect(context.Response);
        if (await OwnPages.ReadFormAsync(context, address) is null)
        {
            return;
        }

        if (!cookie.IsAllowed)
        {
            await ReportHtml.MessageAsync(context, StatusCodes.Status403Forbidden, "Reports.NeedsHttps");
        }
        else
        {
            var outcome = await access.SignInAsync(token, context.RequestAborted);
            if (outcome is not SignIn.Done session)
            {
                await RefuseAsync(context, outcome);
                return;
            }

            cookie.Set(context, session);
            Redirect(context, "/report");
        }
    }

    private static Task RefuseAsync(HttpContext context, SignIn problem) => problem switch
    {
        SignIn.Used => ReportHtml.MessageAsync(context, StatusCodes.Status410Gone, "Reports.LinkUsed"),
        SignIn.Expired => ReportHtml.MessageAsync(context, StatusCodes.Status410Gone, "Reports.LinkExpired"),
        SignIn.NotAllowed => ReportHtml.MessageAsync(context, StatusCodes.Status403Forbidden, "Reports.NotAllowed"),
        _ => ReportHtml.MessageAsync(context, StatusCodes.Status404NotFound, "Reports.LinkUnknown"),
    };

    private static async Task SignOutAsync(HttpContext context, ReportAccess access, ReportCookie cookie, PublicAddress address)
    {
        ReportHtml.Protect(context.Response);
        if (await OwnPages.ReadFormAsync(context, address) is null)
        {
            return;
        }

        if (await VisitorAsync(context, access, cookie) is { } visitor)
        {
            await access.EndAsync(visitor.SessionId, context.RequestAborted);
        }

        cookie.Clear(context);
        await ReportHtml.MessageAsync(context, StatusCodes.Status200OK, "Reports.SignedOut");
    }

    private static async Task PageAsync(HttpContext context, ReportAccess access, ReportCookie cookie, ReportPage page)
    {
        if (await SignedInAsync(context, access, cookie) is { } visitor)
        {
            await page.WriteAsync(context, visitor, Weeks(context));
        }
    }

    private static async Task DataAsync(HttpContext context, ReportAccess access, ReportCookie cookie, ReportContents contents)
    {
        if (await SignedInAsync(context, access, cookie) is not { } visitor)
        {
            return;
        }

        ReportHtml.Protect(context.Response);
        if (await contents.ReadAsync(visitor, Weeks(context), ReportQuery.ShownCampaigns, context.RequestAborted) is not { } content)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "5";
            return;
        }

        var json = ReportJson.Write(content, visitor);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
        }
    }

    private static async Task RowsAsync(HttpContext context, string kind, ReportAccess access, ReportCookie cookie, RowsPage page)
    {
        if (await SignedInAsync(context, access, cookie) is not { } visitor)
        {
            return;
        }

        if (!visitor.SeesRows)
        {
            await ReportHtml.MessageAsync(context, StatusCodes.Status403Forbidden, "Reports.RowsNotAllowed");
            return;
        }

        await page.WriteAsync(context, visitor, kind, Weeks(context));
    }

    private static async Task ExportAsync(HttpContext context, string name, ReportAccess access, ReportCookie cookie, ReportExport export)
    {
        if (await SignedInAsync(context, access, cookie) is { } visitor)
        {
            await export.WriteAsync(context, visitor, name, Weeks(context));
        }
    }

    /// <returns>Null: nobody is; the answer is written.</returns>
    private static async Task<ReportVisitor?> SignedInAsync(HttpContext context, ReportAccess access, ReportCookie cookie)
    {
        if (await VisitorAsync(context, access, cookie) is { } visitor)
        {
            return visitor;
        }

        if (cookie.Read(context) is not null)
        {
            cookie.Clear(context);
        }

        await ReportHtml.MessageAsync(context, StatusCodes.Status401Unauthorized, "Reports.SignInNeeded");
        return null;
    }

    private static async Task<ReportVisitor?> VisitorAsync(HttpContext context, ReportAccess access, ReportCookie cookie) =>
        cookie.Read(context) is { Length: > 0 and < 200 } token ? await access.FindAsync(token, context.RequestAborted) : null;

    private static int Weeks(HttpContext context) =>
        int.TryParse(context.Request.Query["weeks"], NumberStyles.None, CultureInfo.InvariantCulture, out var weeks) ? weeks : ReportPeriod.Default;

    private static void Redirect(HttpContext context, string path)
    {
        ReportHtml.Protect(context.Response);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Request.PathBase.ToUriComponent() + path;
    }
}
