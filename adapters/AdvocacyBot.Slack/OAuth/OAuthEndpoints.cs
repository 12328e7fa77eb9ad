using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Inbound;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.People;
using AdvocacyBot.Slack.Replies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Slack.OAuth;

/// <summary>
/// Installing the app in a workspace or a whole organisation: <c>/slack/install</c> leads to Slack's page, which leads back to <c>/slack/oauth</c>
/// (docs.slack.dev/authentication/installing-with-oauth).
/// </summary>
internal sealed partial class OAuthEndpoints(
    SlackApi api,
    InstallationStore store,
    InstallationBook book,
    InteractionRouter router,
    ReplyWriter replies,
    PeopleBook people,
    InFlight inFlight,
    PublicAddress address,
    IOptions<SlackOptions> options,
    TimeProvider clock,
    ILogger<OAuthEndpoints> logger)
{
    private const int LongestCode = 1000;

    /// <summary>Sends the browser to Slack's page, with a state that only this browser can bring back.</summary>
    public Task InstallAsync(HttpContext http)
    {
        var state = OAuthState.New();
        http.Response.Cookies.Append(OAuthState.CookieName, state.Write(), OAuthState.Cookie(http.Request.IsHttps || address.Root.Scheme == Uri.UriSchemeHttps));
        var query = new QueryBuilder
        {
            { "client_id", options.Value.ClientId! },
            { "scope", string.Join(',', SlackScopes.All) },
            { "redirect_uri", RedirectUri },
            { "state", state.Value },
        };
        if (options.Value.Pkce)
        {
            query.Add("code_challenge", state.Challenge);
            query.Add("code_challenge_method", "S256");
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect($"{options.Value.AuthorizeUrl}{query}");
        return Task.CompletedTask;
    }

    /// <summary>Takes the code that Slack's page gave to the browser, and with it the tokens.</summary>
    public async Task ReturnAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var given = query["state"].ToString();
        var state = OAuthState.Read(http.Request.Cookies[OAuthState.CookieName]);
        if (given.Length == 0)
        {
            // Begun on Slack's own pages, which know no state: it is begun again from here.
            http.Response.Redirect("/slack/install");
            return;
        }

        http.Response.Cookies.Delete(OAuthState.CookieName, OAuthState.Cookie(http.Request.IsHttps || address.Root.Scheme == Uri.UriSchemeHttps));
        if (state is null || !state.Is(given))
        {
            await OAuthPage.WriteAsync(http, StatusCodes.Status400BadRequest, "Slack.InstallForeign");
            return;
        }

        var code = query["code"].ToString();
        if (code.Length is 0 or > LongestCode)
        {
            await OAuthPage.WriteAsync(http, StatusCodes.Status400BadRequest, "Slack.InstallRefused");
            return;
        }

        var result = await api.OAuthAsync(Arguments(code, state), http.RequestAborted);
        if (result.Value is not { } access || await store.SaveAsync(access, CancellationToken.None) is not { } id)
        {
            Log.NotInstalled(logger, result.Error);
            await OAuthPage.WriteAsync(http, StatusCodes.Status400BadRequest, "Slack.InstallFailed");
            return;
        }

        book.Forget(id);
        Log.Installed(logger, id);
        inFlight.Track(GreetAsync(id, access.AuthedUser?.Id, inFlight.Stopping));
        await OAuthPage.WriteAsync(http, StatusCodes.Status200OK, "Slack.Installed");
    }

    private string RedirectUri => new Uri(address.Root, "slack/oauth").AbsoluteUri;

    private IEnumerable<KeyValuePair<string, string>> Arguments(string code, OAuthState state)
    {
        yield return new("code", code);
        yield return new("redirect_uri", RedirectUri);
        if (options.Value.Pkce)
        {
            yield return new("code_verifier", state.Verifier);
        }
    }

    /// <summary>Whoever installs the app becomes the programme's owner where there is none, and is greeted in their own conversation with the bot.</summary>
    private async Task GreetAsync(string installationId, string? installer, CancellationToken cancellationToken)
    {
        try
        {
            if (!SlackIds.IsId(installer) || await book.FindAsync(installationId, cancellationToken) is not { } at)
            {
                return;
            }

            var profile = await people.FindAsync(at, installer!, cancellationToken);
            var conversation = SlackIds.Conversation(null, null, installer!);
            var reply = await router.DispatchAsync(
                new BotInstalled
                {
                    Workspace = at.Workspace,
                    Conversation = conversation,
                    Person = profile.Reference(installer!),
                    Locale = profile?.Locale,
                    DedupKey = $"installed:{clock.GetUtcNow().ToUnixTimeMilliseconds()}",
                    At = clock.GetUtcNow(),
                },
                cancellationToken);
            await replies.WriteAsync(reply, new Place { At = at, Conversation = conversation, UserId = installer!, Language = Language.First(profile?.Locale) }, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.NotGreeted(logger, installationId, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The app was installed: {Installation}")]
        public static partial void Installed(ILogger logger, string installation);

        [LoggerMessage(2, LogLevel.Warning, "The app could not be installed: {Problem}")]
        public static partial void NotInstalled(ILogger logger, string problem);

        [LoggerMessage(3, LogLevel.Error, "Whoever installed the app in {Installation} could not be greeted")]
        public static partial void NotGreeted(ILogger logger, string installation, Exception exception);
    }
}
