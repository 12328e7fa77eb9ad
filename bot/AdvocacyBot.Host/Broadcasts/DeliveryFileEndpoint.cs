using System.Globalization;
using System.Text;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Host.Links;

namespace AdvocacyBot.Host.Broadcasts;

/// <summary><c>GET /deliveries/{token}</c>: a campaign's deliveries as CSV, for a quarter of an hour and for who was given the address in chat.</summary>
internal static class DeliveryFileEndpoint
{
    public static void MapDeliveryFiles(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/deliveries/{token}", WriteAsync);

    private static async Task WriteAsync(HttpContext context, string token, DeliveryFile file)
    {
        if (await file.OpenAsync(token, context.RequestAborted) is not { } campaign)
        {
            await MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.UnknownPage");
            return;
        }

        var response = context.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=delivery-{campaign}.csv");
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";

        // With a byte order mark: without one, Excel takes Hebrew names for something else.
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await file.WriteAsync(campaign, writer, context.RequestAborted);
    }
}
