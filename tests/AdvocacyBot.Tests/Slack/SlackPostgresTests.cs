using System.Net;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Slack.Installations;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Slack;

[Collection(PostgresCollection.Name)]
public sealed class SlackPostgresTests(PostgresFixture postgres)
{
    [PostgresFact]
    public async Task Two_hosts_read_the_same_tokens_and_renew_them_once()
    {
        using var folder = new HostFolder();
        await using var slack = await FakeSlack.StartAsync();
        var connection = await postgres.CreateDatabaseAsync();
        await using var first = Start(folder, slack, connection);
        await using var second = Start(folder, slack, connection);
        using var http = first.Http();
        slack.Codes["code-1"] = ("T0001", null, "U0CARMEN", true);
        using var begun = await http.GetAsync("/slack/install");
        var state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(begun.Headers.Location!.Query)["state"].ToString();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/slack/oauth?code=code-1&state={state}");
        request.Headers.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var installed = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, installed.StatusCode);
        await slack.AwaitAsync(s => s.Messages.Find(m => m.Channel == FakeSlack.Direct("U0CARMEN")), "greeting");

        await using (var db = await first.Services.GetRequiredService<IDbContextFactory<SlackDb>>().CreateDbContextAsync())
        {
            var soon = TimeProvider.System.GetUtcNow().AddHours(1);
            await db.Installations.ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, soon));
        }

        var books = new[] { first, second }.Select(host => host.Services.GetRequiredService<InstallationBook>()).ToList();
        books.ForEach(book => book.Forget("T0001"));
        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => books[i % 2].FindAsync("T0001", CancellationToken.None).AsTask()));

        Assert.All(found, Assert.NotNull);
        Assert.Equal(2, slack.Calls.Count(call => call == "oauth.v2.access"));
        books.ForEach(book => book.Forget("T0001"));
        var tokens = await Task.WhenAll(books.Select(book => book.FindAsync("T0001", CancellationToken.None).AsTask()));
        Assert.Single(tokens.Select(installation => installation!.Token).Distinct());

        // A whole conversation on this database too.
        var alice = new SlackUser(slack, new HttpTransport(second.Http(), slack.Clock), "U0ALICE", FakeSlack.General);
        Assert.NotNull(await alice.CommandAsync("help"));
        slack.AssertNoFaults();
    }

    [PostgresTheory]
    [InlineData("en", FakeSlack.General, "U0CARMEN", "U0ALICE", "U0BEN", "Our new office", "We have moved!")]
    [InlineData("he", FakeSlack.Hadashot, "U0DANA", "U0NOA", "U0ITAI", "המשרד החדש שלנו", "עברנו דירה!")]
    public async Task A_campaign_goes_its_whole_way_on_this_database_too(
        string language, string channel, string commsId, string employeeId, string fanId, string title, string words)
    {
        await using var world = await SlackWorld.StartAsync(postgres: await postgres.CreateDatabaseAsync());
        await SlackJourneyTests.CampaignAsync(world, language, channel, commsId, employeeId, fanId, title, words);
    }

    private static SlackHost Start(HostFolder folder, FakeSlack slack, string connection) => SlackHost.Start(
        folder,
        slack,
        socket: false,
        clock: null,
        ("Slack:BotToken", null),
        ("Slack:ClientId", FakeSlack.ClientId),
        ("Slack:ClientSecret", FakeSlack.ClientSecret),
        ("Database:Provider", "PostgreSql"),
        ("Database:ConnectionString", connection));
}
