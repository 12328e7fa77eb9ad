using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AdvocacyBot.Slack.Replies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AdvocacyBot.Slack.Inbound;

/// <summary>
/// Slack's requests over HTTP: the bytes are verified before anything in them is read. 401 with nothing in it for what Slack has not signed, 400 for what is not of
/// Slack's making, 413 for what is too long; what goes wrong on our side is still acknowledged, but for an event that could not be stored: 503 makes Slack repeat it.
/// </summary>
internal sealed class SlackEndpoints(Requests requests, IOptions<SlackOptions> options, TimeProvider clock)
{
    public const int MaxBytes = 1024 * 1024;

    private const string FormType = "application/x-www-form-urlencoded";
    private const string JsonType = "application/json";

    private readonly byte[][] secrets =
    [
        .. new[] { options.Value.SigningSecret, options.Value.PreviousSigningSecret }.Where(secret => !string.IsNullOrEmpty(secret)).Select(secret => Encoding.UTF8.GetBytes(secret!)),
    ];

    public Task CommandAsync(HttpContext http) => FormAsync(http, form => requests.CommandAsync(SlashCommand.From(form), http.RequestAborted));

    public Task InteractionAsync(HttpContext http) => FormAsync(http, form =>
        form.TryGetValue("payload", out var payload) ? requests.InteractionAsync(Encoding.UTF8.GetBytes(payload.ToString()), http.RequestAborted) : Task.FromResult<Answer?>(null));

    public async Task EventAsync(HttpContext http)
    {
        if (await VerifiedAsync(http, JsonType) is { } body)
        {
            _ = int.TryParse(http.Request.Headers["X-Slack-Retry-Num"], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt);
            await WriteAsync(http, await requests.EventAsync(body, attempt, http.RequestAborted));
        }
    }

    private async Task FormAsync(HttpContext http, Func<Dictionary<string, StringValues>, Task<Answer?>> handle)
    {
        if (await VerifiedAsync(http, FormType) is not { } body)
        {
            return;
        }

        await WriteAsync(http, await handle(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span))));
    }

    /// <returns>Null: the request is answered.</returns>
    private async Task<ReadOnlyMemory<byte>?> VerifiedAsync(HttpContext http, string contentType)
    {
        var response = http.Response;
        response.Headers.CacheControl = "no-store";
        if (await ReadAsync(http.Request, http.RequestAborted) is not { } body)
        {
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return null;
        }

        // Slack's own look at our certificate is not signed, so nothing else in it is read.
        var isForm = HasType(http.Request, FormType);
        if (isForm && IsCertificateCheck(body.Span))
        {
            return null;
        }

        var headers = http.Request.Headers;
        var verdict = SlackSignature.Verify(
            body.Span, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"], secrets, clock.GetUtcNow().ToUnixTimeSeconds());
        if (verdict != SignatureVerdict.Valid)
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return null;
        }

        if (contentType == FormType ? !isForm : !HasType(http.Request, JsonType))
        {
            response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return null;
        }

        return body;
    }

    private static bool HasType(HttpRequest request, string type)
    {
        var given = request.ContentType.AsSpan();
        var end = given.IndexOf(';');
        return (end < 0 ? given : given[..end]).Trim().Equals(type, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsCertificateCheck(ReadOnlySpan<byte> body)
    {
        var field = "ssl_check="u8;
        var at = body.IndexOf(field);
        return at >= 0 && (at == 0 || body[at - 1] == '&') && QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).TryGetValue("ssl_check", out var value) && value.ToString().Length > 0;
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4096) + 1);
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(1), cancellationToken);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > MaxBytes)
            {
                return null;
            }
        }
    }

    private static async Task WriteAsync(HttpContext http, Answer? answer)
    {
        if (answer is not { } given)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (given.IsRefusal)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (!given.IsEmpty)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = given.Json.Length;
            await http.Response.Body.WriteAsync(given.Json, http.RequestAborted);
        }
    }
}
