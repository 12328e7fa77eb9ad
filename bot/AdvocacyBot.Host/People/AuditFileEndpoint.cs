using System.Text;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Host.Links;

namespace AdvocacyBot.Host.People;

/// <summary><c>GET /audit/{token}</c>: the audit log as CSV, for the owner who was given the address in chat.</summary>
internal static class AuditFileEndpoint
{
    public static void MapAuditFile(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/audit/{token}", WriteAsync);

    private static async Task WriteAsync(HttpContext context, string token, AuditFile file)
    {
        if (await file.OpenAsync(token, context.RequestAborted) is not { } writeAsync)
        {
            await MessagePage.WriteAsync(context, StatusCodes.Status404NotFound, "LinkPages.AuditGone");
            return;
        }

        var response = context.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=audit.csv";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";

        // With a byte order mark, as all files for spreadsheets.
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writeAsync(writer, context.RequestAborted);
    }
}
