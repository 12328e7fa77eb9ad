using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>The bot comes and goes, people and channels come and go.</summary>
public sealed class LifecycleTests
{
    private const string General = "19:general@thread.tacv2";
    private const string News = "19:news@thread.tacv2";
    private const string Fun = "19:fun@thread.tacv2";

    [Fact]
    public async Task Installed_in_a_team_the_bot_knows_all_its_channels_and_greets_in_the_chosen_one()
    {
        await using var host = await TeamsHost.StartAsync();
        var (alex, place) = Team(host);

        await alex.InstallAsync(place, "Web");

        Assert.Equal([News], host.Connector.Messages.Select(message => message.Conversation));
        Assert.Equal(["Web / Fun", "Web / General", "Web / News"], await NamesAsync(host, removed: false));
        Assert.Equal(Roles.Owner, await host.Folder.QueryAsync(db => db.People.Where(p => p.ExternalId == "29:alex").Select(p => p.Roles).SingleAsync()));
    }

    [Fact]
    public async Task Removed_from_a_team_it_is_gone_from_all_its_channels_until_it_is_installed_again()
    {
        await using var host = await TeamsHost.StartAsync();
        var (alex, place) = Team(host);
        await alex.InstallAsync(place, "Web");

        await alex.UninstallAsync(place with { Id = General });
        Assert.Empty(await NamesAsync(host, removed: false));
        Assert.Equal(3, (await NamesAsync(host, removed: true)).Count);

        await alex.InstallAsync(place, "Web");
        Assert.Equal(3, (await NamesAsync(host, removed: false)).Count);
    }

    [Fact]
    public async Task Channels_that_are_made_renamed_deleted_and_restored_are_followed_in_silence()
    {
        await using var host = await TeamsHost.StartAsync();
        var (alex, place) = Team(host);
        await alex.InstallAsync(place, "Web");
        var team = place with { Id = General };
        host.Connector.AddChannel("19:new@thread.tacv2", "29:alex").Name = "New";

        await alex.TellAsync(team, "channelCreated", Channel("19:new@thread.tacv2", "New"));
        Assert.Contains("Web / New", await NamesAsync(host, removed: false));
        await alex.TellAsync(team, "channelRenamed", Channel("19:new@thread.tacv2", "Newer"));
        Assert.Contains("Web / Newer", await NamesAsync(host, removed: false));
        await alex.TellAsync(team, "channelDeleted", Channel("19:new@thread.tacv2", "Newer"));
        Assert.Equal(["Web / Newer"], await NamesAsync(host, removed: true));
        await alex.TellAsync(team, "channelRestored", Channel("19:new@thread.tacv2", "Newer"));
        Assert.Empty(await NamesAsync(host, removed: true));

        Assert.Single(host.Connector.Messages);
    }

    [Theory]
    [InlineData("teamArchived", "teamUnarchived")]
    [InlineData("teamDeleted", "teamRestored")]
    public async Task Nothing_is_planned_for_a_team_that_is_archived_or_deleted_until_it_is_back(string gone, string back)
    {
        await using var host = await TeamsHost.StartAsync();
        var (alex, place) = Team(host);
        await alex.InstallAsync(place, "Web");

        await alex.TellAsync(place with { Id = General }, gone, _ => { });
        Assert.Empty(await NamesAsync(host, removed: false));
        await alex.TellAsync(place with { Id = General }, back, _ => { });
        Assert.Equal(3, (await NamesAsync(host, removed: false)).Count);
    }

    [Fact]
    public async Task In_whatever_order_Teams_tells_of_it_the_installers_language_and_the_first_writers_zone_become_the_tenants()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex", "he-IL");
        host.Connector.AddPersonal(alex.Id);
        var update = alex.Activity("conversationUpdate", alex.Personal);
        update["membersAdded"] = new JsonArray(new JsonObject { ["id"] = alex.Id }, new JsonObject { ["id"] = $"28:{FakeLogin.AppId}" });
        update.Remove("locale");
        update.Remove("entities");
        await alex.AcceptedAsync(update);
        var installation = alex.Activity("installationUpdate", alex.Personal);
        installation["action"] = "add";
        installation.Remove("entities");
        await alex.AcceptedAsync(installation);

        Assert.True(Assert.Single(host.Connector.Messages).Card!["rtl"]!.GetValue<bool>());
        await alex.SayAsync(alex.Personal, "help");
        Assert.Equal(
            ("he", "Asia/Jerusalem"),
            await host.Folder.QueryAsync(db => db.Workspaces.Where(w => w.ExternalId == FakeConnector.Tenant).Select(w => new ValueTuple<string, string>(w.Language, w.TimeZone)).SingleAsync()));
    }

    [Fact]
    public async Task A_team_of_which_only_the_members_change_is_told_is_known_with_all_its_channels_and_not_greeted()
    {
        await using var host = await TeamsHost.StartAsync();
        var (alex, place) = Team(host);
        host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(alex.Personal);

        await alex.TellAsync(place with { Id = General }, "teamMemberAdded", activity =>
        {
            activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = $"28:{FakeLogin.AppId}" });
            activity["channelData"]!["team"]!["name"] = "Web";
            activity.Remove("locale");
            activity.Remove("entities");
        });

        Assert.Equal(["Web / Fun", "Web / General", "Web / News"], (await NamesAsync(host, removed: false)).Where(name => name.StartsWith("Web", StringComparison.Ordinal)));
        Assert.Equal([alex.Personal.Id], host.Connector.Messages.Select(message => message.Conversation));
    }

    [Fact]
    public async Task A_renamed_team_renames_its_channels()
    {
        await using var host = await TeamsHost.StartAsync();
        var (alex, place) = Team(host);
        await alex.InstallAsync(place, "Web");

        await alex.TellAsync(place with { Id = General }, "teamRenamed", activity => activity["channelData"]!["team"]!["name"] = "Net");

        Assert.Equal(["Net / Fun", "Net / General", "Net / News"], await NamesAsync(host, removed: false));
    }

    [Fact]
    public async Task Who_joins_or_leaves_a_team_does_so_in_all_its_channels()
    {
        await using var host = await TeamsHost.StartAsync();
        var (alex, place) = Team(host);
        await alex.InstallAsync(place, "Web");
        await host.SeesAsync(async () => await StaysAsync(host, "29:bea") == 3, "bea in three channels");

        foreach (var channel in new[] { General, News, Fun })
        {
            host.Connector.Conversation(channel).Members.Remove("29:bea");
            host.Connector.Conversation(channel).Members.Add("29:carl");
        }

        await alex.TellAsync(place with { Id = General }, "teamMemberRemoved", activity => activity["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = "29:bea" }));
        await alex.TellAsync(place with { Id = General }, "teamMemberAdded", activity => activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "29:carl", ["aadObjectId"] = "aad-carl" }));

        await host.SeesAsync(async () => await StaysAsync(host, "29:bea") == 0 && await StaysAsync(host, "29:carl") == 3, "the change in three channels");
        Assert.Equal("Person carl", await host.Folder.QueryAsync(db => db.People.Where(p => p.ExternalId == "29:carl").Select(p => p.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_large_channel_is_read_page_by_page()
    {
        await using var host = await TeamsHost.StartAsync();
        host.Connector.MostMembersInPage = 300;
        var members = Enumerable.Range(1, 750).Select(i => $"29:m{i}").ToArray();
        host.Connector.AddGroup("19:large@thread.v2", members);

        await new TeamsUser(host, "m1").InstallAsync(new TeamsPlace("19:large@thread.v2", "groupChat"));

        await host.SeesAsync(
            async () => await host.Folder.QueryAsync(db => db.Memberships.CountAsync(m => db.Conversations.Any(c => c.Id == m.ConversationId && c.ExternalId == "19:large@thread.v2"))) == members.Length,
            "all members");
    }

    [Fact]
    public async Task The_personal_chat_is_greeted_and_unknown_events_are_taken_calmly()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex", "he-IL");
        host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(alex.Personal);
        Assert.True(alex.SeeOwn(alex.Personal).Rtl);

        foreach (var type in new[] { "messageUpdate", "messageDelete", "event", "typing", "handoff", "endOfConversation", "brandNew" })
        {
            await alex.AcceptedAsync(alex.Activity(type, alex.Personal));
        }

        await alex.TellAsync(alex.Personal, "brandNewEvent", _ => { });
        Assert.Single(host.Connector.Messages);
    }

    [Fact]
    public async Task Who_blocked_the_bot_gets_nothing_until_they_write_again()
    {
        await using var host = await TeamsHost.StartAsync();
        var alex = new TeamsUser(host, "alex");
        host.Connector.AddPersonal(alex.Id);
        await alex.InstallAsync(alex.Personal);
        host.Connector.Conversation(alex.Personal.Id).Block();
        await alex.SayAsync(alex.Personal, "help");
        Assert.Single(host.Connector.Messages);

        host.Connector.Conversation(alex.Personal.Id).Refusal = null;
        await alex.SayAsync(alex.Personal, "help");
        Assert.Equal(2, host.Connector.Messages.Count);
    }

    private static (TeamsUser Alex, TeamsPlace Place) Team(TeamsHost host)
    {
        host.Connector.AddChannel(General, "29:alex", "29:bea");
        host.Connector.AddChannel(News, "29:alex", "29:bea").Name = "News";
        host.Connector.AddChannel(Fun, "29:alex", "29:bea").Name = "Fun";
        return (new TeamsUser(host, "alex"), new TeamsPlace(News, "channel", General));
    }

    private static Action<JsonObject> Channel(string id, string name) => activity =>
    {
        activity["channelData"]!["channel"] = new JsonObject { ["id"] = id, ["name"] = name };
        activity["channelData"]!["team"]!["name"] = "Web";
    };

    private static Task<List<string>> NamesAsync(TeamsHost host, bool removed) => host.Folder.QueryAsync(db => db.Conversations
        .Where(c => db.Workspaces.Any(w => w.Id == c.WorkspaceId && w.ExternalId == FakeConnector.Tenant) && (c.RemovedAt != null) == removed)
        .Select(c => c.Name).OrderBy(name => name).ToListAsync());

    private static Task<int> StaysAsync(TeamsHost host, string person) => host.Folder.QueryAsync(db => db.Memberships
        .CountAsync(m => m.LeftAt == null && db.People.Any(p => p.Id == m.PersonId && p.ExternalId == person)));
}
