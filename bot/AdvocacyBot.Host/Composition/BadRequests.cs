namespace AdvocacyBot.Host.Composition;

/// <summary>
/// A body that is too long, breaks off or is no form is found out while it is read, in the middle of an endpoint: the sender's mistake, answered with 413 or
/// 400 and not logged as a failure of ours.
/// </summary>
internal sealed class BadRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (Status(e) is { } status && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = status;
        }
    }

    private static int? Status(Exception exception) => exception switch
    {
        BadHttpRequestException e => e.StatusCode,

        // What the readers of forms throw: the second where a part of a multipart form breaks off.
        InvalidDataException => StatusCodes.Status400BadRequest,
        IOException { Source: "Microsoft.AspNetCore.WebUtilities" } => StatusCodes.Status400BadRequest,
        _ => null,
    };
}
