using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Slack.Api;

/// <summary>Calls methods of the Web API. Knows tokens and waits, nothing of the programme.</summary>
internal sealed partial class SlackApi(HttpClient http, IOptions<SlackOptions> options, RateLimits limits, ILogger<SlackApi> logger)
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");

    /// <summary>By method: a dozen.</summary>
    private readonly ConcurrentDictionary<string, Uri> addresses = new(StringComparer.Ordinal);

    /// <summary>Calls a method that takes JSON (<c>chat.*</c>, <c>views.*</c>).</summary>
    /// <param name="method">Slack's name.</param>
    /// <param name="workspace">Whom Slack counts the call for.</param>
    /// <param name="token">Bearer token.</param>
    /// <param name="arguments">Method's arguments.</param>
    /// <param name="argumentsType">How they are written.</param>
    /// <param name="resultType">How the answer is read.</param>
    /// <param name="cancellationToken">Gives the call up; it may have been carried out.</param>
    public Task<ApiResult<TResult>> CallAsync<TArguments, TResult>(
        string method,
        string workspace,
        string token,
        TArguments arguments,
        JsonTypeInfo<TArguments> argumentsType,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken)
        where TResult : ApiResponse
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(arguments, argumentsType)) { Headers = { ContentType = JsonType } };
        return SendAsync(method, workspace, new AuthenticationHeaderValue("Bearer", token), content, resultType, cancellationToken);
    }

    /// <summary>Calls a method that takes a form (<c>conversations.*</c>, <c>users.*</c>, <c>auth.*</c>).</summary>
    public Task<ApiResult<TResult>> CallAsync<TResult>(
        string method,
        string workspace,
        string token,
        IEnumerable<KeyValuePair<string, string>> arguments,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken)
        where TResult : ApiResponse =>
        SendAsync(method, workspace, new AuthenticationHeaderValue("Bearer", token), new FormUrlEncodedContent(arguments), resultType, cancellationToken);

    /// <summary>Calls <c>oauth.v2.access</c>, which takes the app's own id and secret by HTTP Basic.</summary>
    public Task<ApiResult<OAuthAccess>> OAuthAsync(IEnumerable<KeyValuePair<string, string>> arguments, CancellationToken cancellationToken)
    {
        var credentials = $"{options.Value.ClientId}:{options.Value.ClientSecret}";
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(credentials)));
        return SendAsync("oauth.v2.access", "", basic, new FormUrlEncodedContent(arguments), ApiJson.Readable.OAuthAccess, cancellationToken);
    }

    private async Task<ApiResult<TResult>> SendAsync<TResult>(
        string method,
        string workspace,
        AuthenticationHeaderValue authorization,
        HttpContent content,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken)
        where TResult : ApiResponse
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, addresses.GetOrAdd(method, static (name, start) => new Uri(start, name), options.Value.ApiBaseUrl)) { Content = content };
        request.Headers.Authorization = authorization;
        if (limits.Wait(method, workspace) is { Ticks: > 0 } wait)
        {
            return ApiResult<TResult>.Limited(wait);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var result = await ReadAsync(response, resultType, cancellationToken);
            if (result.Verdict == ApiVerdict.Limited)
            {
                limits.Hold(method, workspace, result.RetryAfter);
            }

            if (!result.IsOk)
            {
                Log.NotDone(logger, method, result.Verdict, result.Error);
            }

            return result;
        }
        catch (HttpRequestException e)
        {
            Log.Failed(logger, method, e.HttpRequestError, e.InnerException is SocketException { SocketErrorCode: var code } ? code : SocketError.Success);
            return NeverSent(e) ? ApiResult<TResult>.Unreached("slack_unreachable") : ApiResult<TResult>.InDoubt("connection_lost");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or JsonException)
        {
            Log.Interrupted(logger, method, e.GetType().Name);
            return ApiResult<TResult>.InDoubt(e is JsonException ? "answer_unreadable" : "no_answer");
        }
    }

    private static async Task<ApiResult<TResult>> ReadAsync<TResult>(
        HttpResponseMessage response, JsonTypeInfo<TResult> resultType, CancellationToken cancellationToken)
        where TResult : ApiResponse
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return ApiResult<TResult>.Limited(AskedWait(response));
        }

        if ((int)response.StatusCode >= 500)
        {
            return ApiResult<TResult>.InDoubt(string.Create(CultureInfo.InvariantCulture, $"http_{(int)response.StatusCode}"));
        }

        if (!response.IsSuccessStatusCode)
        {
            return ApiResult<TResult>.Refused(string.Create(CultureInfo.InvariantCulture, $"http_{(int)response.StatusCode}"));
        }

        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer = JsonSerializer.Deserialize(bytes, resultType) ?? throw new JsonException("Slack answers with an object.");
        return answer switch
        {
            { Ok: true } => ApiResult<TResult>.Ok(answer),
            { Error: "ratelimited" or "rate_limited" } => ApiResult<TResult>.Limited(AskedWait(response)),

            // docs.slack.dev: with these some of the work may have been done.
            { Error: "fatal_error" or "internal_error" or "service_unavailable" or "request_timeout" } => ApiResult<TResult>.InDoubt(answer.Error),
            _ => ApiResult<TResult>.Refused(answer.Error ?? "unknown_error"),
        };
    }

    private static TimeSpan AskedWait(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta is { } asked && asked > TimeSpan.Zero ? asked : TimeSpan.FromSeconds(1);

    private static bool NeverSent(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Slack's {Method}: {Verdict} ({Error})")]
        public static partial void NotDone(ILogger logger, string method, ApiVerdict verdict, string error);

        [LoggerMessage(2, LogLevel.Warning, "Slack's {Method} could not be called: {Problem}, {Socket}")]
        public static partial void Failed(ILogger logger, string method, HttpRequestError problem, SocketError socket);

        [LoggerMessage(3, LogLevel.Warning, "Slack's {Method} was not answered: {Problem}")]
        public static partial void Interrupted(ILogger logger, string method, string problem);
    }
}
