using System.Net;
using AdvocacyBot.Core.Localization;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Slack.OAuth;

/// <summary>The page that an installation ends on: one sentence in the browser's language.</summary>
internal static class OAuthPage
{
    public static Task WriteAsync(HttpContext http, int status, string key)
    {
        var language = Language.First([.. http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value)]);
        var texts = Texts.In(language);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        return http.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="{language.Code}" dir="{language.Direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>AdvocacyBot</title></head>
            <body><main><h1>AdvocacyBot</h1><p>{WebUtility.HtmlEncode(texts[key])}</p></main></body></html>
            """,
            http.RequestAborted);
    }
}
