using System.Data.Common;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Web.Chat;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Web.Api;

/// <summary>What every call goes through: guard, person, and an answer when the database is down or the host is stopping.</summary>
internal sealed partial class ApiPipeline(RosterCache rosters, RequestGuard guard, IHostApplicationLifetime lifetime, ILogger<ApiPipeline> logger)
{
    public const string PersonHeader = "X-Person";

    /// <summary>A call that needs no person.</summary>
    public RequestDelegate Open(Func<HttpContext, Texts, CancellationToken, Task<IResult>> answer)
    {
        return CallAsync;

        Task CallAsync(HttpContext http) => ExecuteAsync(http, () => answer(http, AskedLanguage(http.Request), http.RequestAborted));
    }

    /// <summary>A call by the person that the header names.</summary>
    public RequestDelegate ForPerson(Func<ApiCall, CancellationToken, Task<IResult>> answer) =>
        ForPerson(http => http.Request.Headers[PersonHeader].ToString(), answer);

    /// <summary>A call by the person that the query names: a browser's EventSource sets no headers.</summary>
    public RequestDelegate ForPersonInQuery(Func<ApiCall, CancellationToken, Task<IResult>> answer) =>
        ForPerson(http => http.Request.Query["person"].ToString(), answer);

    private RequestDelegate ForPerson(Func<HttpContext, string> personId, Func<ApiCall, CancellationToken, Task<IResult>> answer)
    {
        return CallAsync;

        Task CallAsync(HttpContext http) => ExecuteAsync(http, () => IdentifyAsync(http, personId(http), answer));
    }

    private async Task<IResult> IdentifyAsync(HttpContext http, string personId, Func<ApiCall, CancellationToken, Task<IResult>> answer) =>
        await rosters.GetAsync(http.RequestAborted) is { } roster && roster.Person(personId) is { } person
            ? await answer(new ApiCall(http, roster, person, Texts.In(roster.LanguageOf(person))), http.RequestAborted)
            : Problems.Of(AskedLanguage(http.Request), StatusCodes.Status401Unauthorized, "UnknownPerson");

    private async Task ExecuteAsync(HttpContext http, Func<Task<IResult>> answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        IResult result;
        try
        {
            result = guard.IsRefused(http.Request, out var problem) ? problem(AskedLanguage(http.Request)) : await answer();
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException { InnerException: DbException }
            || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Log.Unavailable(logger, e);
            result = Problems.Of(AskedLanguage(http.Request), StatusCodes.Status503ServiceUnavailable, "Unavailable");
        }

        await result.ExecuteAsync(http);
    }

    private static Texts AskedLanguage(HttpRequest request)
    {
        foreach (var asked in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
        {
            if (Language.Find(asked.Value.Value) is { } language)
            {
                return Texts.In(language);
            }
        }

        return Texts.In(Language.English);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A request of the browser chat could not be carried out")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
