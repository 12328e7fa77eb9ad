using System.Text;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Host.Links;

/// <summary>Pages of our own: nothing but our stylesheet and script may load, nobody may frame, cache, index or be told their address.</summary>
internal static class PageWriter
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src https:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <param name="title">HTML.</param>
    /// <param name="body">HTML.</param>
    public static async Task WriteAsync(HttpContext context, int status, Language language, string title, string body)
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
            <title>{title}</title>
            <link rel="stylesheet" href="{root}{ShareAssets.Style}">
            <script src="{root}{ShareAssets.Script}" defer></script>
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
        Protect(response.Headers);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(page, context.RequestAborted);
        }
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex";
    }
}
