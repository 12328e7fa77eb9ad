using System.Net.Http.Headers;
using System.Text.Json;
using AdvocacyBot.Slack.Api;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Slack.Replies;

/// <summary>Posts to <c>response_url</c>s. They come in requests that Slack signed; all the same only https is called, or the host the Web API is set to.</summary>
internal sealed partial class ResponseSender(HttpClient http, IOptions<SlackOptions> options, TimeProvider clock, ILogger<ResponseSender> logger)
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");

    /// <returns>False: it did not arrive, and another way is to be tried.</returns>
    public async Task<bool> SendAsync(ResponseUrl? to, ResponseMessage message, CancellationToken cancellationToken)
    {
        if (to is null || !Uri.TryCreate(to.Address, UriKind.Absolute, out var address) || !IsAllowed(address) || !to.TryUse(clock.GetUtcNow()))
        {
            return false;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Readable.ResponseMessage)) { Headers = { ContentType = JsonType } },
        };
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                Log.Refused(logger, (int)response.StatusCode);
            }

            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            Log.NotSent(logger, e.GetType().Name);

            // A time-out may have been read all the same: to say it twice is worse than not at all.
            return e is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
        }
    }

    private bool IsAllowed(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == options.Value.ApiBaseUrl.Scheme && address.Authority == options.Value.ApiBaseUrl.Authority);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Slack took no answer at a response_url: {Status}")]
        public static partial void Refused(ILogger logger, int status);

        [LoggerMessage(2, LogLevel.Warning, "An answer could not be posted to a response_url: {Problem}")]
        public static partial void NotSent(ILogger logger, string problem);
    }
}
