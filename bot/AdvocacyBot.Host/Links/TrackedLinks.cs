using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AdvocacyBot.Host.Links;

/// <summary>
/// <c>GET /l/{code}</c>: redirects to where a personal link leads. Stands before routing: most requests of a programme that does well are these.
/// </summary>
internal sealed class TrackedLinks(RequestDelegate next, FollowLink follow, IOptions<TrackedLinkOptions> options, TimeProvider clock)
{
    private const string Prefix = "/l/";

    private readonly AddressLimit limit = new(options.Value.PerVisitorPerSecond, clock);

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path.Value is { } path && path.StartsWith(Prefix, StringComparison.Ordinal) ? Answer(context, path) : next(context);

    private Task Answer(HttpContext context, string path)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        var visit = Visit.Of(context);
        if (!limit.Allows(visit.Address))
        {
            context.Response.Headers.RetryAfter = "1";
            return MessagePage.WriteAsync(context, StatusCodes.Status429TooManyRequests, "LinkPages.TooMany");
        }

        // A visitor who has gone away meanwhile has clicked all the same.
        var finding = follow.FindAsync(path.AsSpan(Prefix.Length), CancellationToken.None);
        return finding.IsCompletedSuccessfully ? SendOnAsync(context, finding.Result, visit) : LookUpAsync(context, finding.AsTask(), visit);
    }

    private async Task LookUpAsync(HttpContext context, Task<FoundLink?> finding, LinkVisit visit)
    {
        try
        {
            await SendOnAsync(context, await finding, visit);
        }
        catch (LinkUnavailableException)
        {
            context.Response.Headers.RetryAfter = "5";
            await MessagePage.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "LinkPages.Unavailable");
        }
    }

    private Task SendOnAsync(HttpContext context, FoundLink? found, LinkVisit visit)
    {
        if (found is { } link)
        {
            return RedirectAsync(context, link, visit);
        }

        BotTelemetry.Redirected("unknown");
        return MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.Unknown");
    }

    private Task RedirectAsync(HttpContext context, FoundLink link, LinkVisit visit)
    {
        // Written now, while the connection is in the processor's cache; starting does not send, that waits until the click is on disk.
        Redirect(context.Response, link.Destination);
        var starting = context.Response.StartAsync(CancellationToken.None);
        BotTelemetry.Redirected("redirected");
        return starting.IsCompletedSuccessfully ? follow.CountAsync(link, visit).AsTask() : CountAsync(starting, link, visit);
    }

    private async Task CountAsync(Task starting, FoundLink link, LinkVisit visit)
    {
        await starting;
        await follow.CountAsync(link, visit);
    }

    private static void Redirect(HttpResponse response, string destination)
    {
        response.StatusCode = StatusCodes.Status302Found;
        var headers = response.Headers;
        headers.Location = destination;
        headers.CacheControl = "private, no-store";
        headers[ReferrerPolicy] = "strict-origin-when-cross-origin";
        headers[RobotsTag] = "noindex";
        headers.ContentLength = 0;
    }

    private const string ReferrerPolicy = "Referrer-Policy";
    private const string RobotsTag = "X-Robots-Tag";
}
