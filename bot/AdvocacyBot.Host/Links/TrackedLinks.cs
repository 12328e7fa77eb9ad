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
        context.Request.Path.Value is { } path && path.StartsWith(Prefix, StringComparison.Ordinal) ? AnswerAsync(context, path) : next(context);

    private async Task AnswerAsync(HttpContext context, string path)
    {
        var request = context.Request;
        var head = HttpMethods.IsHead(request.Method);
        if (!head && !HttpMethods.IsGet(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return;
        }

        var visit = Visit.Of(context);
        if (!limit.Allows(visit.Address))
        {
            context.Response.Headers.RetryAfter = "1";
            await MessagePage.WriteAsync(context, StatusCodes.Status429TooManyRequests, "LinkPages.TooMany");
            return;
        }

        try
        {
            // A visitor who has gone away meanwhile has clicked all the same.
            if (await follow.FindAsync(path.AsSpan(Prefix.Length), CancellationToken.None) is not { } link)
            {
                BotTelemetry.Redirected("unknown");
                await MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.Unknown");
                return;
            }

            // Written now, while the connection is in the processor's cache; starting does not send, that waits until the click is on disk.
            Redirect(context.Response, link.Destination);
            await context.Response.StartAsync(CancellationToken.None);
            await follow.CountAsync(link, visit);
            BotTelemetry.Redirected("redirected");
        }
        catch (LinkUnavailableException)
        {
            context.Response.Headers.RetryAfter = "5";
            await MessagePage.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "LinkPages.Unavailable");
        }
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
