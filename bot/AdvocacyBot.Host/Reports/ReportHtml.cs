using System.Text;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Host.Links;

namespace AdvocacyBot.Host.Reports;

/// <summary>Frames the report's pages: nothing but our own files may load or run, nobody may frame, cache, index or be told their address.</summary>
internal static class ReportHtml
{
    public const string Style = "/report/assets/report.css";
    public const string Script = "/report/assets/report.js";
    public const string Charts = "/report/assets/chart.js";
    private const string Folder = "AdvocacyBot.Host.Reports.Assets";

    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    public static void MapAssets(IEndpointRouteBuilder endpoints)
    {
        ShareAssets.Map(endpoints, Style, "text/css; charset=utf-8", Folder);
        ShareAssets.Map(endpoints, Script, "text/javascript; charset=utf-8", Folder);
        ShareAssets.Map(endpoints, Charts, "text/javascript; charset=utf-8", Folder);
    }

    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <param name="context">Whose response it is.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="language">Of the page.</param>
    /// <param name="title">Plain text.</param>
    /// <param name="body">HTML.</param>
    /// <param name="charts">Whether it has some.</param>
    /// <param name="refresh">Seconds after which it asks again; null: it does not.</param>
    public static async Task WriteAsync(HttpContext context, int status, Language language, string title, string body, bool charts = false, int? refresh = null)
    {
        var root = context.Request.PathBase.ToUriComponent();
        var page = Encoding.UTF8.GetBytes(
            $"""
            <!doctype html>
            <html lang="{language.Code}" dir="{language.Direction}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="color-scheme" content="light dark">
            {(refresh is { } seconds ? $"""<meta http-equiv="refresh" content="{seconds}">""" : "")}
            <title>{Html.Encode(title)}</title>
            <link rel="stylesheet" href="{root}{Style}">
            {(charts ? $"""<script src="{root}{Charts}" defer></script>""" : "")}
            <script src="{root}{Script}" defer></script>
            </head>
            <body>
            {body}
            </body>
            </html>
            """);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        Protect(response);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(page, context.RequestAborted);
        }
    }

    /// <summary>A page that says one thing.</summary>
    /// <param name="context">Whose response it is.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="key">Of two texts, <c>{key}Title</c> and <c>{key}Text</c>.</param>
    /// <param name="below">HTML below the text.</param>
    /// <param name="refresh">As for a whole page.</param>
    public static Task MessageAsync(HttpContext context, int status, string key, string below = "", int? refresh = null)
    {
        var language = Wanted.By(context.Request);
        var t = Texts.In(language);
        return WriteAsync(
            context, status, language, t[key + "Title"], $"""<main class="message"><h1>{Html.Encode(t[key + "Title"])}</h1><p>{Html.Encode(t[key + "Text"])}</p>{below}</main>""", refresh: refresh);
    }
}
