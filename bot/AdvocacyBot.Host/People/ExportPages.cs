using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Host.Links;

namespace AdvocacyBot.Host.People;

/// <summary>
/// <c>/people/export/{code}</c>: a person's own data. Looking (GET) changes nothing, since chat programs and mail scanners look at every link; the button (POST) hands
/// the file out, once.
/// </summary>
internal static class ExportPages
{
    private const string FileName = "my-advocacy-data.json";

    public static IEndpointRouteBuilder MapExportPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/people/export/{code}", [HttpMethods.Get, HttpMethods.Head], ShowAsync);
        endpoints.MapPost("/people/export/{code}", FetchAsync);
        return endpoints;
    }

    private static async Task ShowAsync(HttpContext context, string code, ExportLinks links)
    {
        if (!PrivateShares.IsCode(code) || await links.LookAsync(code, context.RequestAborted) is not { } language)
        {
            await GoneAsync(context);
            return;
        }

        var texts = Texts.In(language);
        var title = Html.Encode(texts["LinkPages.ExportTitle"]);
        var address = Html.Encode($"{context.Request.PathBase.ToUriComponent()}/people/export/{code}");
        await PageWriter.WriteAsync(context, StatusCodes.Status200OK, language, title,
            $"""
            <main class="message"><h1>{title}</h1><p>{Html.Encode(texts["LinkPages.ExportText"])}</p>
            <form method="post" action="{address}"><button type="submit" class="main">{Html.Encode(texts["LinkPages.ExportButton"])}</button></form></main>
            """);
    }

    private static async Task FetchAsync(HttpContext context, string code, ExportLinks links, IServiceScopeFactory scopes, PublicAddress address)
    {
        if (!OwnPages.IsOwn(context.Request, address))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (!PrivateShares.IsCode(code) || await links.UseAsync(code, context.RequestAborted) is not { } personId)
        {
            await GoneAsync(context);
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ExportPerson>().RunAsync(personId, context.RequestAborted) is not { } file)
        {
            await GoneAsync(context);
            return;
        }

        var response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = file.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        await response.Body.WriteAsync(file, context.RequestAborted);
    }

    private static Task GoneAsync(HttpContext context) => MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.ExportGone");
}
