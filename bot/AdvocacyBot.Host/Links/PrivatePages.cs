using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Host.Links;

/// <summary>
/// <c>/go/{code}/{network}</c> and <c>/s/{code}</c>: pages that act for the person whose private code is in the address. Nothing that only looks
/// (HEAD, crawlers, prefetch) changes anything.
/// </summary>
internal static class PrivatePages
{
    public static IEndpointRouteBuilder MapPrivatePages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapShareAssets();
        endpoints.MapMethods("/go/{code}/{network}", [HttpMethods.Get, HttpMethods.Head], OpenAsync);
        endpoints.MapMethods("/s/{code}", [HttpMethods.Get, HttpMethods.Head], ShowAsync);
        endpoints.MapPost("/s/{code}", SaveAsync);
        endpoints.MapPost("/s/{code}/said", SayAsync);
        endpoints.MapPost("/s/{code}/undo", UndoAsync);
        return endpoints;
    }

    private static async Task OpenAsync(HttpContext context, string code, string network, OpenComposer open)
    {
        switch (await open.RunAsync(code, network, Visit.Of(context), context.RequestAborted))
        {
            case ComposerResult.Open(var composer):
                Redirect(context, StatusCodes.Status302Found, composer.AbsoluteUri);
                break;
            case ComposerResult.CopyInstead:
                Redirect(context, StatusCodes.Status302Found, Page(context, code));
                break;
            case ComposerResult.NotRunning:
                await MessagePage.WriteAsync(context, StatusCodes.Status409Conflict, "LinkPages.NotRunning");
                break;
            default:
                await MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.UnknownPage");
                break;
        }
    }

    private static async Task ShowAsync(
        HttpContext context, string code, PrivateShares shares, SharePageActions actions, SharePage page, ClickRule rule, Visits visits)
    {
        if (await FindAsync(context, code, shares) is not { } found)
        {
            return;
        }

        var visit = Visit.Of(context);
        if (ClickRule.Classify(rule.Judge(visit.UserAgent), visit.Flags, repeat: false) == ClickClass.Human)
        {
            visits.MarkSharer(found.Share.Id, visit);
        }

        var said = await actions.HasSaidAsync(found, context.RequestAborted);
        var notice = context.Request.Query.ContainsKey("saved") ? "LinkPages.Saved" : null;
        await page.WriteAsync(context, StatusCodes.Status200OK, found, new(found.Text, said, notice, Problem: null));
    }

    private static async Task SaveAsync(HttpContext context, string code, PrivateShares shares, SharePageActions actions, SharePage page, PublicAddress address)
    {
        if (await OwnPages.ReadFormAsync(context, address) is not { } form || await FindAsync(context, code, shares) is not { } found)
        {
            return;
        }

        var text = form["text"].ToString();
        var language = Language.First(found.Share.Language);
        if (await actions.SaveTextAsync(found, text, language, context.RequestAborted) is { } problem)
        {
            var said = await actions.HasSaidAsync(found, context.RequestAborted);
            await page.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, found, new(text, said, NoticeKey: null, problem));
            return;
        }

        Redirect(context, StatusCodes.Status303SeeOther, Page(context, code) + "?saved");
    }

    private static Task SayAsync(HttpContext context, string code, PrivateShares shares, SharePageActions actions, PublicAddress address) =>
        ClaimAsync(context, code, shares, address, actions.SayAsync);

    private static Task UndoAsync(HttpContext context, string code, PrivateShares shares, SharePageActions actions, PublicAddress address) =>
        ClaimAsync(context, code, shares, address, actions.UndoAsync);

    private static async Task ClaimAsync(
        HttpContext context, string code, PrivateShares shares, PublicAddress address, Func<PrivateShare, int, CancellationToken, Task> change)
    {
        if (await OwnPages.ReadFormAsync(context, address) is not { } form || await FindAsync(context, code, shares) is not { } found)
        {
            return;
        }

        if (int.TryParse(form["generation"], out var generation))
        {
            await change(found, generation, context.RequestAborted);
        }

        Redirect(context, StatusCodes.Status303SeeOther, Page(context, code));
    }

    /// <returns>Null: the answer is written.</returns>
    private static async Task<PrivateShare?> FindAsync(HttpContext context, string code, PrivateShares shares)
    {
        var found = await shares.FindAsync(code, context.RequestAborted);
        if (found is { IsRunning: true })
        {
            return found;
        }

        await (found is null
            ? MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.UnknownPage")
            : MessagePage.WriteAsync(context, StatusCodes.Status409Conflict, "LinkPages.NotRunning"));
        return null;
    }

    private static string Page(HttpContext context, string code) => $"{context.Request.PathBase.ToUriComponent()}/s/{Uri.EscapeDataString(code)}";

    private static void Redirect(HttpContext context, int status, string location)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = status;
        headers.Location = location;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
    }
}
