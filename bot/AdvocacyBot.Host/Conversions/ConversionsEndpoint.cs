using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Links;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Host.Conversions;

/// <summary><c>POST /api/conversions</c>: applicants and leads, reported by other systems (docs/conversions.md). The signature is checked before anything is read.</summary>
internal sealed class ConversionsEndpoint(
    ConversionKeys keys, RecordConversions record, IDbContextFactory<AdvocacyDb> contexts, TimeProvider clock)
{
    public const string Path = "/api/conversions";
    public const string KeyHeader = "X-Advocacy-Key";
    public const string TimestampHeader = "X-Advocacy-Timestamp";
    public const string SignatureHeader = "X-Advocacy-Signature";

    /// <summary>Bytes of a body.</summary>
    public const int MostBytes = 256 * 1024;

    private const int PerAddressPerSecond = 200;

    /// <summary>Where there is no such key, something is signed all the same, so that the time tells nothing.</summary>
    private const string NoSecret = "cs_no_such_key";

    private readonly AddressLimit limit = new(PerAddressPerSecond, clock);

    public async Task AnswerAsync(HttpContext context)
    {
        if (!limit.Allows(context.Connection.RemoteIpAddress))
        {
            context.Response.Headers.RetryAfter = "1";
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        if (await ReadAsync(context) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(context.RequestAborted);
        if (await VerifyAsync(context.Request, body, db) is not { } key)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var csv = Is(context.Request, "text/csv");
        if (!csv && !Is(context.Request, "application/json"))
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "Content-Type must be application/json or text/csv.");
            return;
        }

        var zone = await db.Workspaces.Where(w => w.Id == key.WorkspaceId).Select(w => w.TimeZone).FirstAsync(context.RequestAborted);
        var reader = new ConversionReader(clock.GetUtcNow(), zone);
        var problem = csv
            ? ConversionCsv.Read(body, reader, ConversionJson.MostEntries, out var entries)
            : ConversionJson.Read(body, reader, out entries);
        if (problem is not null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        // Whoever hangs up now is not told, but what they reported is written.
        var results = await record.RunAsync(key, entries, CancellationToken.None);
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(ConversionAnswer.Of(results, csv), ConversionWire.Default.ConversionAnswer, contentType: null, CancellationToken.None);
    }

    private async Task<OpenConversionKey?> VerifyAsync(HttpRequest request, ReadOnlyMemory<byte> body, AdvocacyDb db)
    {
        var now = clock.GetUtcNow();
        var timestamp = (string?)request.Headers[TimestampHeader];
        if (!ConversionSignature.IsFresh(timestamp, now.ToUnixTimeSeconds()))
        {
            return null;
        }

        var key = await keys.FindAsync(db, request.Headers[KeyHeader], now, request.HttpContext.RequestAborted);
        var expected = ConversionSignature.OfRequest(key?.Secret ?? NoSecret, timestamp!, body.Span);
        return ConversionSignature.IsValid(request.Headers[SignatureHeader], expected) ? key : null;
    }

    /// <returns>Null: it is too long.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MostBytes)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > MostBytes)
            {
                return null;
            }

            await body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
        }

        return body.ToArray();
    }

    private static bool Is(HttpRequest request, string type) =>
        request.ContentType?.Split(';')[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase) == true;

    private static Task RefuseAsync(HttpContext context, int status, string problem)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ConversionRefusal(problem), ConversionWire.Default.ConversionRefusal, contentType: null, context.RequestAborted);
    }
}

internal static class ConversionsMapping
{
    public static IServiceCollection AddConversionsApi(this IServiceCollection services) => services.AddSingleton<ConversionsEndpoint>();

    public static void MapConversions(this IEndpointRouteBuilder endpoints)
    {
        var endpoint = endpoints.ServiceProvider.GetRequiredService<ConversionsEndpoint>();
        endpoints.MapPost(ConversionsEndpoint.Path, endpoint.AnswerAsync);
    }
}
