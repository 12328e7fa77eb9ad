using System.Net;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Slack.OAuth;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Slack;

/// <summary>Installing with OAuth, renewing tokens, and the end of an installation.</summary>
public sealed class InstallationTests
{
    [Theory]
    [InlineData("T0001", null, "T0001")]
    [InlineData("T0001", "E0001", "E0001")]
    public async Task Whoever_installs_the_app_owns_the_programme_and_is_greeted(string team, string? enterprise, string id)
    {
        using var folder = new HostFolder();
        await using var slack = await FakeSlack.StartAsync();
        await using var host = Start(folder, slack);
        using var http = host.Http();
        var (state, cookie) = await BeginAsync(http, slack);
        slack.Codes["code-1"] = (team, enterprise, "U0CARMEN", false);

        using var response = await ReturnAsync(http, $"code=code-1&state={state}", cookie);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await slack.AwaitAsync(s => s.Messages.Find(m => m.Channel == FakeSlack.Direct("U0CARMEN")), "greeting");
        Assert.Equal(["U0CARMEN"], await folder.QueryAsync(db => db.People.Where(p => (p.Roles & Roles.Owner) != Roles.None).Select(p => p.ExternalId).ToListAsync()));
        Assert.Equal([id], await folder.QueryAsync(db => db.Workspaces.Select(w => w.ExternalId).ToListAsync()));
        var stored = await StoredAsync(host);
        Assert.Equal(id, stored.Id);
        Assert.DoesNotContain(slack.Tokens.Keys, token => stored.BotToken.Contains(token, StringComparison.Ordinal));
        slack.AssertNoFaults();
    }

    [Theory]
    [InlineData("code=code-1&state={state}", false, HttpStatusCode.BadRequest)]
    [InlineData("code=code-1&state=somebody-elses", true, HttpStatusCode.BadRequest)]
    [InlineData("error=access_denied&state={state}", true, HttpStatusCode.BadRequest)]
    [InlineData("code=used-up&state={state}", true, HttpStatusCode.BadRequest)]
    [InlineData("code=code-1", true, HttpStatusCode.Redirect)]
    public async Task An_installation_that_this_browser_did_not_begin_or_that_Slack_refuses_changes_nothing(string query, bool withCookie, HttpStatusCode status)
    {
        using var folder = new HostFolder();
        await using var slack = await FakeSlack.StartAsync();
        await using var host = Start(folder, slack);
        using var http = host.Http();
        var (state, cookie) = await BeginAsync(http, slack);
        slack.Codes["code-1"] = ("T0001", null, "U0CARMEN", false);

        using var response = await ReturnAsync(http, query.Replace("{state}", state, StringComparison.Ordinal), withCookie ? cookie : null);

        Assert.Equal(status, response.StatusCode);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SlackDb>>().CreateDbContextAsync();
        Assert.Equal(0, await db.Installations.CountAsync());
    }

    [Fact]
    public async Task A_token_that_ends_soon_is_renewed_once_however_many_ask()
    {
        using var folder = new HostFolder();
        await using var slack = await FakeSlack.StartAsync();
        await using var host = Start(folder, slack);
        await InstallAsync(host, slack, rotating: true);
        var before = (await StoredAsync(host)).BotToken;
        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<SlackDb>>().CreateDbContextAsync())
        {
            var soon = TimeProvider.System.GetUtcNow().AddHours(1);
            await db.Installations.ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, soon));
        }

        var book = host.Services.GetRequiredService<InstallationBook>();
        book.Forget("T0001");
        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => book.FindAsync("T0001", CancellationToken.None).AsTask()));

        Assert.Equal(2, slack.Calls.Count(call => call == "oauth.v2.access"));
        Assert.Single(found.Select(installation => installation!.Token).Distinct());
        Assert.True(slack.Tokens.ContainsKey(found[0]!.Token));
        var stored = await StoredAsync(host);
        Assert.NotEqual(before, stored.BotToken);
        Assert.Equal(2, stored.Version);
        Assert.Null(stored.RenewingUntil);
    }

    [Fact]
    public async Task Another_host_that_renews_is_not_disturbed()
    {
        using var folder = new HostFolder();
        await using var slack = await FakeSlack.StartAsync();
        await using var host = Start(folder, slack);
        await InstallAsync(host, slack, rotating: true);
        var store = host.Services.GetRequiredService<InstallationStore>();

        Assert.NotNull(await store.ClaimRenewalAsync("T0001", 1, CancellationToken.None));
        Assert.Null(await store.ClaimRenewalAsync("T0001", 1, CancellationToken.None));
        await store.EndRenewalAsync("T0001", null, CancellationToken.None);
        Assert.NotNull(await store.ClaimRenewalAsync("T0001", 1, CancellationToken.None));
        Assert.Null(await store.ClaimRenewalAsync("T0001", 0, CancellationToken.None));
    }

    [Theory]
    [InlineData("app_uninstalled")]
    [InlineData("tokens_revoked")]
    [InlineData("token_revoked")]
    public async Task The_end_of_an_installation_purges_it_and_stops_deliveries(string how)
    {
        using var folder = new HostFolder();
        await using var slack = await FakeSlack.StartAsync();
        await using var host = Start(folder, slack);
        using var http = host.Http();
        await InstallAsync(host, slack, rotating: false);
        var alice = new SlackUser(slack, new HttpTransport(http, slack.Clock), "U0ALICE", FakeSlack.General);
        await alice.CommandAsync("help");

        if (how == "token_revoked")
        {
            slack.Revoked.UnionWith(slack.Tokens.Keys);
            slack.Tokens.Clear();
            await alice.WriteToBotAsync("hello");
        }
        else
        {
            await alice.EventAsync(how == "app_uninstalled"
                ? new JsonObject { ["type"] = how }
                : new JsonObject { ["type"] = how, ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(FakeSlack.Bot) } });
        }

        await Eventually.SeeAsync(async () => await folder.QueryAsync(db => db.Conversations.AllAsync(c => c.RemovedAt != null)), "removed conversations");
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SlackDb>>().CreateDbContextAsync();
        await Eventually.SeeAsync(async () => await db.Installations.CountAsync() + await db.People.CountAsync() == 0, "purged installation");
        var answer = await new HttpTransport(http, slack.Clock).CommandAsync(new JsonObject { ["team_id"] = "T0001", ["user_id"] = "U0ALICE", ["channel_id"] = FakeSlack.General, ["text"] = "help" });
        Assert.Equal(Texts.In(Language.English)["Slack.NotInstalled"], (string?)answer!["text"]);
    }

    [Fact]
    public void The_state_is_compared_whole_and_the_cookie_read_strictly()
    {
        var state = OAuthState.New();

        Assert.True(state.Is(state.Value));
        Assert.False(state.Is(state.Value[1..]));
        Assert.False(state.Is(OAuthState.New().Value));
        Assert.Equal(state, OAuthState.Read(state.Write()));
        Assert.All(new[] { null, "", ".", "a.b", state.Value, state.Write() + ".x" }, cookie => Assert.Null(OAuthState.Read(cookie)));
    }

    private static SlackHost Start(HostFolder folder, FakeSlack slack) => SlackHost.Start(
        folder, slack, socket: false, clock: null, ("Slack:BotToken", null), ("Slack:ClientId", FakeSlack.ClientId), ("Slack:ClientSecret", FakeSlack.ClientSecret));

    private static async Task InstallAsync(SlackHost host, FakeSlack slack, bool rotating)
    {
        using var http = host.Http();
        var (state, cookie) = await BeginAsync(http, slack);
        slack.Codes["code-1"] = ("T0001", null, "U0CARMEN", rotating);
        using var response = await ReturnAsync(http, $"code=code-1&state={state}", cookie);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await slack.AwaitAsync(s => s.Messages.Find(m => m.Channel == FakeSlack.Direct("U0CARMEN")), "greeting");
    }

    private static async Task<(string State, string Cookie)> BeginAsync(HttpClient http, FakeSlack slack)
    {
        using var response = await http.GetAsync("/slack/install");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var to = response.Headers.Location!;
        Assert.Equal(slack.Root.Authority, to.Authority);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(to.Query);
        Assert.Equal(FakeSlack.ClientId, query["client_id"].ToString());
        Assert.EndsWith("/slack/oauth", query["redirect_uri"].ToString(), StringComparison.Ordinal);
        Assert.Equal(SlackScopes.All, query["scope"].ToString().Split(','));
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        return (query["state"].ToString(), cookie.Split(';')[0]);
    }

    private static Task<HttpResponseMessage> ReturnAsync(HttpClient http, string query, string? cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/slack/oauth?{query}");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return http.SendAsync(request);
    }

    private static async Task<SlackInstallation> StoredAsync(SlackHost host)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SlackDb>>().CreateDbContextAsync();
        return await db.Installations.AsNoTracking().SingleAsync();
    }
}
