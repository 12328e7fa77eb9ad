using System.Globalization;
using System.Text.Json;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Teams.Inbound;

/// <summary><c>POST /api/messages</c>: who sent it, then what it is, then whether that sender may say it, then the turn.</summary>
internal sealed partial class MessagesEndpoint(
    TokenCache tokens, ActivityGuard guard, Turns turns, IOptions<TeamsOptions> options, ILogger<MessagesEndpoint> logger)
{
    private const string Scheme = "Bearer ";

    private readonly bool anonymous = options.Value.AllowAnonymous;

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        VerifiedToken? token = null;
        if (anonymous)
        {
            if (!AnonymousGuard.Allows(http))
            {
                await RefuseAsync(http, 403, "Remote");
                return;
            }
        }
        else
        {
            TokenVerdict verdict;
            try
            {
                (verdict, token) = await CheckAsync(http);
            }
            catch (KeysUnavailableException e)
            {
                Log.NoKeys(logger, e);
                http.Response.Headers.RetryAfter = SigningKeys.TryAgainAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(http, 503, "NoKeys");
                return;
            }

            if (verdict != TokenVerdict.Fine)
            {
                await RefuseAsync(http, verdict);
                return;
            }
        }

        // A browser may send other types across sites without asking.
        if (!http.Request.HasJsonContentType())
        {
            await RefuseAsync(http, 415, "NotJson");
            return;
        }

        if (http.Request.ContentLength > ActivityReader.MaxBytes)
        {
            await RefuseAsync(http, 413, "TooLarge");
            return;
        }

        var (activity, status) = await ActivityReader.ReadAsync(http.Request.BodyReader, http.RequestAborted);
        if (activity is null)
        {
            await RefuseAsync(http, status, status == 413 ? "TooLarge" : "NotActivity");
            return;
        }

        if (guard.Check(activity, token) is var refusal && refusal != TokenVerdict.Fine)
        {
            await RefuseAsync(http, refusal);
            return;
        }

        await AnswerAsync(http.Response, await turns.RunAsync(activity));
    }

    private ValueTask<(TokenVerdict Verdict, VerifiedToken? Token)> CheckAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        return header is [{ } only] && only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? tokens.CheckAsync(only[Scheme.Length..].Trim(), http.RequestAborted)
            : ValueTask.FromResult((TokenVerdict.Missing, (VerifiedToken?)null));
    }

    private static Task AnswerAsync(HttpResponse response, InvokeResponse answer)
    {
        response.StatusCode = answer.Status;
        response.ContentLength = answer.Body.Length;
        if (answer.Body.IsEmpty)
        {
            return Task.CompletedTask;
        }

        response.ContentType = "application/json; charset=utf-8";
        return response.Body.WriteAsync(answer.Body, CancellationToken.None).AsTask();
    }

    private Task RefuseAsync(HttpContext http, TokenVerdict verdict)
    {
        var status = verdict.Status();
        if (status == 401)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return RefuseAsync(http, status, verdict.ToString());
    }

    private Task RefuseAsync(HttpContext http, int status, string code)
    {
        Log.Refused(logger, status, code);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ConnectorError(new ConnectorErrorDetail(code, Texts.In(Language.English)[$"Teams.Refused{code}"])), ActivityJson.Default.ConnectorError);
        return AnswerAsync(http.Response, new InvokeResponse(status, body));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A request to /api/messages was refused with {Status}: {Why}")]
        public static partial void Refused(ILogger logger, int status, string why);

        [LoggerMessage(2, LogLevel.Error, "The keys that verify Teams' tokens cannot be fetched; requests are refused until they can")]
        public static partial void NoKeys(ILogger logger, Exception exception);
    }
}
