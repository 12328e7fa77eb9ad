using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Sharing;

namespace AdvocacyBot.Host.Links;

/// <summary>
/// <c>/go/{code}/{network}</c>: to the network's composer, recorded as "opened". <c>/s/{code}</c>: the share page: text, copy, native share, networks, the claim. Both act
/// for the person the private code belongs to; everything but copying works without JavaScript.
/// </summary>
internal static class SharePages
{
    /// <summary>Bytes of a form that is worth reading: the longest text of any network, encoded.</summary>
    private const int MaxForm = 512 * 1024;

    public static void MapSharePages(this IEndpointRouteBuilder routes)
    {
        routes.MapShareAssets();
        routes.MapMethods("/go/{code}/{network}", [HttpMethods.Get, HttpMethods.Head], GoAsync);
        routes.MapMethods("/s/{code}", [HttpMethods.Get, HttpMethods.Head], ShowAsync);
        routes.MapPost("/s/{code}", PostAsync);
    }

    private static async Task GoAsync(HttpContext context, string code, string network, SharePage pages, Visits visits, ClickRule rule, PublicAddress address)
    {
        var visit = Visit.Of(context);
        var person = ClickRule.Classify(rule.Judge(visit.UserAgent), visit.Flags, repeat: false) == ClickClass.Human;
        switch (await pages.OpenComposerAsync(code, network, record: person, context.RequestAborted))
        {
            case ComposerResult.To to:
                await MarkSharerAsync(context, code, pages, visits, visit);
                Redirect(context.Response, to.Composer.AbsoluteUri);
                break;
            case ComposerResult.CopyInstead:
                Redirect(context.Response, address.SharePage(code).AbsoluteUri);
                break;
            case ComposerResult.NotRunning:
                await MessagePage.WriteAsync(context, StatusCodes.Status409Conflict, "LinkPages.NotRunning");
                break;
            default:
                await MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.UnknownPage");
                break;
        }
    }

    private static async Task MarkSharerAsync(HttpContext context, string code, SharePage pages, Visits visits, LinkVisit visit)
    {
        if (await pages.ReadAsync(code, context.RequestAborted) is { } view)
        {
            visits.MarkSharer(view.Share.Id, visit);
        }
    }

    private static async Task ShowAsync(HttpContext context, string code, SharePage pages, Visits visits, PublicAddress address)
    {
        if (await pages.ReadAsync(code, context.RequestAborted) is not { } view)
        {
            await MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.UnknownPage");
            return;
        }

        if (HttpMethods.IsGet(context.Request.Method))
        {
            visits.MarkSharer(view.Share.Id, Visit.Of(context));
        }

        var said = context.Request.Query["done"].ToString() is var done && SharePageHtml.Notes.Contains(done) ? done : null;
        await WriteAsync(context, StatusCodes.Status200OK, view, view.Share.Text, said, problem: null, address);
    }

    private static async Task PostAsync(HttpContext context, string code, SharePage pages, PublicAddress address)
    {
        if (!SameOrigin(context.Request))
        {
            await MessagePage.WriteAsync(context, StatusCodes.Status403Forbidden, "LinkPages.UnknownPage");
            return;
        }

        if (await pages.ReadAsync(code, context.RequestAborted) is not { } view)
        {
            await MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.UnknownPage");
            return;
        }

        if (!context.Request.HasFormContentType || context.Request.ContentLength > MaxForm)
        {
            context.Response.StatusCode = context.Request.HasFormContentType ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
            return;
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            context.Response.StatusCode = (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            return;
        }

        switch (form["do"].ToString())
        {
            case "said":
                await pages.SayAsync(view, context.RequestAborted);
                Back(context, code, address, "said");
                break;
            case "undo":
                await pages.UndoAsync(view, context.RequestAborted);
                Back(context, code, address, "undone");
                break;
            default:
                var text = form["text"].ToString().ReplaceLineEndings("\n");
                if (await pages.SaveTextAsync(view, text, context.RequestAborted) is { } problem)
                {
                    await WriteAsync(context, StatusCodes.Status422UnprocessableEntity, view, text, note: null, problem, address);
                }
                else
                {
                    Back(context, code, address, "saved");
                }

                break;
        }
    }

    /// <summary>Browsers name the origin of a form post; a page of somebody else's may not post here.</summary>
    private static bool SameOrigin(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || origin == "null"
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);

    /// <summary>Post, redirect, get: reloading the page does nothing again.</summary>
    private static void Back(HttpContext context, string code, PublicAddress address, string done) =>
        Redirect(context.Response, $"{address.SharePage(code).AbsoluteUri}?done={done}", StatusCodes.Status303SeeOther);

    private static Task WriteAsync(HttpContext context, int status, SharePageView view, string text, string? note, string? problem, PublicAddress address)
    {
        var t = Texts.In(view.Language);
        return PageWriter.WriteAsync(
            context, status, view.Language, Html.Encode(t.Format("SharePages.Title", ("title", view.Campaign.Title))), SharePageHtml.Body(view, text, note, problem, address));
    }

    private static void Redirect(HttpResponse response, string to, int status = StatusCodes.Status302Found)
    {
        response.StatusCode = status;
        response.Headers.Location = to;
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        response.ContentLength = 0;
    }
}
