using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>The database refuses while Teams tells of something: what nobody waits for is asked for again.</summary>
public sealed class OutageTests
{
    private static readonly TeamsPlace Place = new("19:group@thread.v2", "groupChat");

    [Fact]
    public async Task A_member_who_left_meanwhile_is_not_forgotten()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddGroup(Place.Id, alex.Id, "29:bea");
        await alex.InstallAsync(Place);
        await host.SeesAsync(async () => await IsMemberAsync(host), "the members");
        var left = alex.Activity("conversationUpdate", Place);
        left["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = "29:bea" });

        await ExecuteAsync(host, "ALTER TABLE seen_interactions RENAME TO seen_interactions_away");
        Assert.Equal(503, await PostAsync(host, left));
        await ExecuteAsync(host, "ALTER TABLE seen_interactions_away RENAME TO seen_interactions");
        Assert.Equal(200, await PostAsync(host, left));

        Assert.False(await IsMemberAsync(host));
    }

    [Fact]
    public async Task Who_asked_something_is_told()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(alex.Personal);

        await ExecuteAsync(host, "ALTER TABLE seen_interactions RENAME TO seen_interactions_away");
        await alex.SayAsync(alex.Personal, "good morning");

        Assert.Contains(Texts.In(Language.English)["Chat.Failed"], alex.SeeOwn(alex.Personal).Text, StringComparison.Ordinal);
    }

    private static Task<bool> IsMemberAsync(TeamsHost host) => host.Folder.QueryAsync(
        db => db.Memberships.AnyAsync(m => m.LeftAt == null && db.People.Any(p => p.Id == m.PersonId && p.ExternalId == "29:bea")));

    private static async Task<int> PostAsync(TeamsHost host, JsonObject activity)
    {
        using var response = await host.PostAsync(activity.ToJsonString());
        return (int)response.StatusCode;
    }

    private static async Task ExecuteAsync(TeamsHost host, string sql)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
